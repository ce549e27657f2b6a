/** `npm run deploy -- --network <name>`: deploys the platform, or continues an interrupted deployment. */
import { buildShowing } from "./build.ts";
import { commandOf, PARAMETERS, runCommand } from "./command.ts";
import { type DeployOptions, deployPlatform, reachReviewedChain } from "./deploy/deployPlatform.ts";
import { inWords } from "./language.ts";

const command = commandOf("deploy", {
  en: "Deploys the platform to a network by its reviewed parameter file; can be run again at any time.",
  zh: "按经审阅的参数文件将平台部署到网络；可随时重新运行。",
})
  .requiredOption("--network <name>", inWords({ en: "where to deploy", zh: "部署到哪个网络" }))
  .option(...PARAMETERS)
  .option(
    "--folder <folder>",
    inWords({
      en: "where <network>/deployment.json is written (default: deployments)",
      zh: "写入 <network>/deployment.json 的目录（默认 deployments）",
    }),
  )
  .option(
    "--reset",
    inWords({
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
    say: (sentence) => console.log(inWords(sentence)),
  };
  await reachReviewedChain(options);
  await buildShowing();
  const { chainId, startBlock, network: name } = await deployPlatform(options);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(
    inWords({
      en: `Dujiang is on chain ${chainId} from block ${startBlock} on (${name}, ${seconds} s).`,
      zh: `都江已部署在链 ${chainId}，自区块 ${startBlock} 起（${name}，${seconds} 秒）。`,
    }),
  );
});
