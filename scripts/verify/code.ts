import { AbiCoder, getAddress, Interface } from "ethers";
import hre from "hardhat";
import { CONTRACTS, type ContractName } from "../../sdk/chain/contracts.ts";
import { constructorArguments } from "../deploy/constructorArguments.ts";
import { type NetworkParameters, parseParameters } from "../deploy/parameters.ts";
import type { OnChain } from "./onChain.ts";
import type { Report } from "./report.ts";

/** Places in code that are filled in when it is deployed. */
type Gaps = Record<string, readonly { start: number; length: number }[]>;

interface Compiled {
  name: string;
  bytecode: string;
  runtime: string;
  immutables: Gaps;
}

/**
 * Compares the code on chain with what the sources here compile to, and the constructors' arguments with the parameters
 * of the deployment, which governance may have changed since: immutables are masked in the code and follow from those
 * arguments. Answers who deployed.
 */
export async function checkCode(report: Report, chain: OnChain): Promise<string[]> {
  const { network, parameters: kept } = chain.deployment;
  const { parameters } = parseParameters(JSON.stringify(kept), `deployments/${network}/deployment.json: parameters`);
  const compiled = await Promise.all(CONTRACTS.map(compile));
  const same = "what the sources compile to";
  const check = async (name: string, address: string) => {
    const ours = compiled.find((each) => each.name === name)!;
    const code = await chain.code(address);
    report.compare(`the code of ${name} at ${address}`, equal(code, ours) ? same : other(code, ours, compiled), same);
  };
  for (const name of CONTRACTS) await check(name, chain.addresses[name]);

  const deployers = new Set<string>();
  for (const name of CONTRACTS) {
    const ours = compiled.find((each) => each.name === name)!;
    deployers.add(await checkCreation(report, chain, name, ours, parameters));
  }
  return [...deployers].filter((deployer) => deployer !== "");
}

/** Compares the transaction that created a contract with what was to be sent; answers who sent it. */
async function checkCreation(
  report: Report,
  chain: OnChain,
  name: ContractName,
  { bytecode }: Compiled,
  parameters: NetworkParameters,
): Promise<string> {
  const { transactionHash } = chain.deployment.contracts[name];
  const ask = (method: string) => chain.chain.provider.request({ method, params: [transactionHash] });
  const transaction = (await ask("eth_getTransactionByHash")) as { from: string; input: string } | null;
  const receipt = (await ask("eth_getTransactionReceipt")) as { contractAddress: string | null } | null;
  const what = `what created ${name}`;
  const wanted = "its creation code with the arguments of the deployment";
  if (transaction === null || receipt?.contractAddress?.toLowerCase() !== chain.addresses[name].toLowerCase()) {
    report.compare(what, `not the transaction ${transactionHash}`, wanted);
    return "";
  }
  const deployer = getAddress(transaction.from);
  if (!transaction.input.startsWith(bytecode)) {
    report.compare(what, "other code", wanted);
    return deployer;
  }
  const { inputs } = new Interface(chain.abis[name]).deploy;
  const given = constructorArguments(name, parameters, deployer, (other) => chain.addresses[other]);
  const sent = `0x${transaction.input.slice(bytecode.length)}`;
  if (sent === AbiCoder.defaultAbiCoder().encode(inputs, given)) {
    report.compare(what, wanted, wanted);
    return deployer;
  }
  const found = AbiCoder.defaultAbiCoder().decode(inputs, sent);
  const table = (values: readonly unknown[]) =>
    new Map(
      inputs.map((input, at) => {
        const text = AbiCoder.defaultAbiCoder().encode([input], [values[at]]);
        return [input.name, input.isTuple() ? text : String(values[at])];
      }),
    );
  report.compareTables(`the arguments with which ${name} was created`, table(found), table(given));
  return deployer;
}

async function compile(name: string): Promise<Compiled> {
  const artifact = await hre.artifacts.readArtifact(name);
  const { immutableReferences = {} } = artifact as { immutableReferences?: Gaps };
  return { name, bytecode: artifact.bytecode, runtime: artifact.deployedBytecode, immutables: immutableReferences };
}

function equal(code: string, { runtime, immutables }: Compiled): boolean {
  return code.length === runtime.length && masked(code, immutables) === masked(runtime, immutables);
}

/** What code is that is not ours. */
function other(code: string, ours: Compiled, compiled: readonly Compiled[]): string {
  if (code === "0x") return "none";
  const twin = compiled.find((each) => equal(code, each));
  if (twin !== undefined) return `that of ${twin.name}`;
  const [body, wanted] = [code, ours.runtime].map((each) => withoutMetadata(masked(each, ours.immutables)));
  if (body === wanted) return "the same but for its metadata, so comments or names in its sources differ";
  return `other code of ${code.length / 2 - 1} bytes`;
}

/** Code with zeros where immutables are. */
function masked(code: string, immutables: Gaps): string {
  let text = code;
  for (const { start, length } of Object.values(immutables).flat()) {
    const [from, to] = [2 + 2 * start, 2 + 2 * (start + length)];
    text = text.slice(0, from) + "0".repeat(to - from) + text.slice(to);
  }
  return text;
}

/** Code without what the compiler appends about the sources; its length is in the last two bytes. */
function withoutMetadata(code: string): string {
  return code.slice(0, -2 * (2 + Number.parseInt(code.slice(-4), 16)));
}
