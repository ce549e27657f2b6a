/** `npm run verify -- --network local|consortium`: compares what is deployed with sources and reviewed parameters. */
import { join, relative } from "node:path";
import { Command, Option } from "commander";
import hre from "hardhat";
import { jsonHash } from "../sdk/chain/deployment.ts";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { runCommand } from "./command.ts";
import { connectToRead, deploymentName, NETWORKS, type Network } from "./deploy/chain.ts";
import { readParameters } from "./deploy/parameters.ts";
import { root } from "./root.ts";
import { describe } from "./verify/report.ts";
import { verifyDeployment } from "./verify/verifyDeployment.ts";

const command = new Command("verify")
  .description("Compares code, roles and parameters on chain with the sources and the reviewed file; changes nothing.")
  .addOption(new Option("--network <name>", "what to look at").choices([...NETWORKS]).makeOptionMandatory())
  .option("--parameters <file>", "reviewed parameter file (default: deployments/parameters/<network>.json)")
  .option("--folder <folder>", "where <network>/deployment.json is (default: deployments)")
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
