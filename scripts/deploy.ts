/** `npm run deploy -- --network local|consortium`: deploys the platform, or continues an interrupted deployment. */
import { Option } from "commander";
import hre from "hardhat";
import { commandOf, runCommand, words } from "./command.ts";
import { NETWORKS } from "./deploy/chain.ts";
import { type DeployOptions, deployPlatform, reachReviewedChain } from "./deploy/deployPlatform.ts";

const command = commandOf("deploy", {
  en: "Deploys the platform to a network by its reviewed parameter file; can be run again at any time.",
  zh: "按经审阅的参数文件将平台部署到网络；可随时重新运行。",
})
  .addOption(
    new Option("--network <name>", words({ en: "where to deploy", zh: "部署到哪个网络" }))
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
      en: "where <network>/deployment.json is written (default: deployments)",
      zh: "写入 <network>/deployment.json 的目录（默认 deployments）",
    }),
  )
  .option(
    "--reset",
    words({
      en: "local only: forget an earlier deployment to the same chain",
      zh: "仅限 local：不再使用同一链上此前的部署",
    }),
  )
  .parse();
const { network, parameters, folder, reset } = command.opts<{
  network: DeployOptions["network"];
  parameters?: string;
  folder?: string;
  reset?: boolean;
}>();

const begun = performance.now();
await runCommand(async () => {
  const options: DeployOptions = {
    network,
    ...(parameters === undefined ? {} : { parametersFile: parameters }),
    ...(folder === undefined ? {} : { folder }),
    ...(reset === undefined ? {} : { reset }),
    say: (sentence) => console.log(words(sentence)),
  };
  await reachReviewedChain(options);
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const { chainId, startBlock, network: name } = await deployPlatform(options);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(
    words({
      en: `Dujiang is on chain ${chainId} from block ${startBlock} on (${name}, ${seconds} s).`,
      zh: `都江已部署在链 ${chainId}，自区块 ${startBlock} 起（${name}，${seconds} 秒）。`,
    }),
  );
});
