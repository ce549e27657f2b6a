/** `npm run verify -- --network <name>`: compares what is deployed with sources and reviewed parameters. */
import { Command } from "commander";
import { jsonHash } from "../sdk/chain/deployment.ts";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { buildShowing } from "./build.ts";
import { runCommand } from "./command.ts";
import { connectToRead } from "./deploy/chain.ts";
import { deploymentName, networkNamed, parametersFileOf, shownPath } from "./deploy/networks.ts";
import { readParameters } from "./deploy/parameters.ts";
import { describe } from "./verify/report.ts";
import { verifyDeployment } from "./verify/verifyDeployment.ts";

const command = new Command("verify")
  .description("Compares code, roles and parameters on chain with the sources and the reviewed file; changes nothing.")
  .requiredOption("--network <name>", "what to look at")
  .option("--parameters <file>", "reviewed parameter file (default: deployments/parameters/<network>.json)")
  .option("--folder <folder>", "where <network>/deployment.json is (default: deployments)")
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
  for (const line of describe(report)) console.log(line);
  if (jsonHash(reviewed) !== deployment.parametersHash) {
    console.log(`note       ${where} is not the file that was deployed with, which deployment.json keeps`);
  }
  const { findings, differences } = report;
  console.log(
    differences.length === 0
      ? `All ${findings.length} points are as reviewed.`
      : `${differences.length} of ${findings.length} points are not as reviewed.`,
  );
  process.exitCode = differences.length === 0 ? 0 : 1;
});
