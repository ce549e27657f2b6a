/** `npm run verify -- --network <name>`: compares what is deployed with sources and reviewed parameters. */
import { jsonHash } from "../sdk/chain/deployment.ts";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { buildShowing } from "./build.ts";
import { commandOf, FOLDER, PARAMETERS, runCommand } from "./command.ts";
import { connectToRead } from "./deploy/chain.ts";
import { deploymentName, networkNamed, parametersFileOf, shownPath } from "./deploy/networks.ts";
import { readParameters } from "./deploy/parameters.ts";
import { inWords } from "./language.ts";
import { describe } from "./verify/report.ts";
import { verifyDeployment } from "./verify/verifyDeployment.ts";

const command = commandOf("verify", {
  en: "Compares code, roles and parameters on chain with the sources and the reviewed file; changes nothing.",
  zh: "将链上的代码、角色与参数同源码及经审阅的文件核对；不作任何改动。",
})
  .requiredOption("--network <name>", inWords({ en: "what to look at", zh: "核对哪个网络" }))
  .option(...PARAMETERS)
  .option(...FOLDER)
  .parse();
const options = command.opts<{ network: string; parameters?: string; folder?: string }>();

await runCommand(async () => {
  const { network } = options;
  networkNamed(network);
  const file = options.parameters ?? parametersFileOf(network);
  const where = shownPath(file);
  const name = options.folder === undefined ? deploymentName(network) : network;
  const deployment = readDeployment(name, options.folder);
  const { parameters, reviewed } = readParameters(file, where);
  await buildShowing();
  const report = await verifyDeployment(await connectToRead(network), deployment, parameters);
  for (const line of describe(report)) console.log(inWords(line));
  if (jsonHash(reviewed) !== deployment.parametersHash) {
    console.log(
      inWords({
        en: `note       ${where} is not the file that was deployed with, which deployment.json keeps`,
        zh: `注意       ${where} 不是部署时所用的文件，后者保存在 deployment.json 中`,
      }),
    );
  }
  const { findings, differences } = report;
  console.log(
    inWords(
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
