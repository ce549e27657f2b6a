/** `npm run deploy -- --network <name>`: deploys the platform, or continues an interrupted deployment. */
import { Command } from "commander";
import { buildShowing } from "./build.ts";
import { runCommand } from "./command.ts";
import { type DeployOptions, deployPlatform, reachReviewedChain } from "./deploy/deployPlatform.ts";

const command = new Command("deploy")
  .description("Deploys the platform to a network by its reviewed parameter file; can be run again at any time.")
  .requiredOption("--network <name>", "where to deploy")
  .option("--parameters <file>", "reviewed parameter file (default: deployments/parameters/<network>.json)")
  .option("--folder <folder>", "where <network>/deployment.json is written (default: deployments)")
  .option("--reset", "local only: forget an earlier deployment to the same chain")
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
    say: (sentence) => console.log(sentence),
  };
  await reachReviewedChain(options);
  await buildShowing();
  const { chainId, startBlock, network: name } = await deployPlatform(options);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`Dujiang is on chain ${chainId} from block ${startBlock} on (${name}, ${seconds} s).`);
});
