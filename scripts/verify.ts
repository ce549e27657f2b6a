/** `npm run verify -- --network local|consortium`: compares what is deployed with sources and reviewed parameters. */
import { join, relative } from "node:path";
import { Option } from "commander";
import hre from "hardhat";
import { jsonHash } from "../sdk/chain/deployment.ts";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { commandOf, runCommand, words } from "./command.ts";
import { connectToRead, deploymentName, NETWORKS, type Network } from "./deploy/chain.ts";
import { readParameters } from "./deploy/parameters.ts";
import { root } from "./root.ts";
import { describe } from "./verify/report.ts";
import { verifyDeployment } from "./verify/verifyDeployment.ts";

const command = commandOf("verify", {
  en: "Compares code, roles and parameters on chain with the sources and the reviewed file; changes nothing.",
  zh: "将链上的代码、角色与参数同源码及经审阅的文件核对；不作任何改动。",
})
  .addOption(
    new Option("--network <name>", words({ en: "what to look at", zh: "核对哪个网络" }))
      .choices([...NETWORKS])
      .makeOptionMandatory(),
  )
  .option(
    "--parameters <file>",
    words({
      en: "reviewed parameter file (default: deployments/parameters/<network>.json)",
      zh: "经审阅的参数文件（默认 deployments/parameters/<network>.json）",
    }),
  )
  .option(
    "--folder <folder>",
    words({
      en: "where <network>/deployment.json is (default: deployments)",
      zh: "<network>/deployment.json 所在目录（默认 deployments）",
    }),
  )
  .parse();
const options = command.opts<{ network: Network; parameters?: string; folder?: string }>();

await runCommand(async () => {
  const { network } = options;
  const file = options.parameters ?? join(root, "deployments", "parameters", `${network}.json`);
  const where = relative(root, file).startsWith("..") ? file : relative(root, file);
  const name = options.folder === undefined ? deploymentName(network) : network;
  const deployment = readDeployment(name, options.folder);
  const { parameters, reviewed } = readParameters(file, where);
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const report = await verifyDeployment(await connectToRead(network), deployment, parameters);
  for (const line of describe(report)) console.log(words(line));
  if (jsonHash(reviewed) !== deployment.parametersHash) {
    console.log(
      words({
        en: `note       ${where} is not the file that was deployed with, which deployment.json keeps`,
        zh: `注意       ${where} 不是部署时所用的文件，后者保存在 deployment.json 中`,
      }),
    );
  }
  const { findings, differences } = report;
  console.log(
    words(
      differences.length === 0
        ? { en: `All ${findings.length} points are as reviewed.`, zh: `全部 ${findings.length} 项均与审阅一致。` }
        : {
            en: `${differences.length} of ${findings.length} points are not as reviewed.`,
            zh: `${findings.length} 项中有 ${differences.length} 项与审阅不一致。`,
          },
    ),
  );
  process.exitCode = differences.length === 0 ? 0 : 1;
});
