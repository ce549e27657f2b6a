import { keccak256, stringToBytes } from "viem";
import { z } from "zod";
import { DujiangError } from "../types/errors.ts";
import { CONTRACTS } from "./contracts.ts";

/** Thrown when a deployment's file is missing, is not one, or belongs to something else. */
export class DeploymentError extends DujiangError {}

type Hex = `0x${string}`;
const hex = (bytes: number) =>
  z.custom<Hex>(
    (value) => typeof value === "string" && new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`).test(value),
    `must be 0x and ${bytes * 2} hexadecimal digits`,
  );
const count = z.int().nonnegative();

const deployedContract = z.strictObject({
  address: hex(20),
  transactionHash: hex(32),
  blockNumber: count,
  /** See `abiHash`. */
  abiHash: hex(32),
});
export type DeployedContract = z.infer<typeof deployedContract>;

const deployment = z.strictObject({
  network: z.string().min(1),
  chainId: z.int().positive(),
  /** Hash of block 0: two chains may have the same id. */
  genesisHash: hex(32),
  /** No event of the platform is older than this block. */
  startBlock: count,
  contracts: z.record(z.enum(CONTRACTS), deployedContract),
  /** The one transaction that set parameters and roles and took the deployer's power away. */
  setup: z.strictObject({ transactionHash: hex(32), blockNumber: count }),
  /** The reviewed parameter file, as it was. */
  parameters: z.record(z.string(), z.json()),
  /** See `jsonHash`. */
  parametersHash: hex(32),
});

/** What deployments/<network>/deployment.json says: the only place where addresses come from. */
export type Deployment = z.infer<typeof deployment>;

/** Reads the text of a deployment.json; `where` is named in errors. */
export function parseDeployment(text: string, where = "deployment.json"): Deployment {
  const result = deployment.safeParse(parseJson(text, where));
  if (!result.success) throw new DeploymentError(`${where}: ${firstIssue(result.error)}; deploy again to rewrite it.`);
  if (jsonHash(result.data.parameters) !== result.data.parametersHash) {
    throw new DeploymentError(
      `${where}: parameters and parametersHash do not belong together; nobody edits this file.`,
    );
  }
  return result.data;
}

/** keccak256 of a value's JSON with sorted keys and no spaces, so that formatting does not matter. */
export function jsonHash(value: unknown): Hex {
  return keccak256(stringToBytes(JSON.stringify(sorted(value))));
}

/** keccak256 of a contract's ABI, whatever the order of its entries. */
export function abiHash(abi: readonly unknown[]): Hex {
  return jsonHash(abi.map((entry) => JSON.stringify(sorted(entry))).sort());
}

/** The first thing wrong, with its path: `contracts.KwhToken.address must be ...`. */
export function firstIssue(error: z.ZodError): string {
  return issuesOf(error)[0] ?? "the file is not valid";
}

/** Everything wrong, each with its path and without a full stop. */
export function issuesOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => {
    const place = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
    // Our own messages go on with the sentence that the path begins; zod's stand alone.
    return `${place.replace(/^\./, "") || "the file"}${/^[a-z]/.test(message) ? "" : ":"} ${message}`;
  });
}

export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DeploymentError(`${where} is not JSON: ${(error as Error).message}.`);
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
