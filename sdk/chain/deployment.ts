import { keccak256, stringToBytes } from "viem";
import * as z from "zod/mini";
import { DujiangError } from "../types/errors.ts";
import { firstIssue, says } from "../types/issue.ts";
import { CONTRACTS } from "./contracts.ts";

/** Thrown when a deployment's file is missing, is not one, or belongs to something else. */
export class DeploymentError extends DujiangError {}

type Hex = `0x${string}`;
const hex = (bytes: number) =>
  z.custom<Hex>(
    (value) => typeof value === "string" && new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`).test(value),
    says({ en: `must be 0x and ${bytes * 2} hexadecimal digits`, zh: `须为 0x 加 ${bytes * 2} 位十六进制数字` }),
  );
const count = z.int().check(z.nonnegative());

const deployedContract = z.strictObject({
  address: hex(20),
  transactionHash: hex(32),
  blockNumber: count,
  /** See `abiHash`. */
  abiHash: hex(32),
});
export type DeployedContract = z.infer<typeof deployedContract>;

const deployment = z.strictObject({
  network: z.string().check(z.minLength(1)),
  chainId: z.int().check(z.positive()),
  /** Hash of block 0: two chains may have the same id. */
  genesisHash: hex(32),
  /** No event of the platform is older than this block. */
  startBlock: count,
  contracts: z.record(z.enum(CONTRACTS), deployedContract),
  /** The one transaction that set parameters and roles and took the deployer's power away. */
  setup: z.strictObject({ transactionHash: hex(32), blockNumber: count }),
  /** The reviewed parameter file, as it was. */
  parameters: z.record(z.string(), z.unknown()),
  /** See `jsonHash`. */
  parametersHash: hex(32),
});

/** What deployments/<network>/deployment.json says: the only place where addresses come from. */
export type Deployment = z.infer<typeof deployment>;

/** Reads the text of a deployment.json; `where` is named in errors. */
export function parseDeployment(text: string, where = "deployment.json"): Deployment {
  const result = deployment.safeParse(parseJson(text, where));
  if (!result.success) {
    const { en, zh } = firstIssue(result.error);
    throw new DeploymentError({
      en: `${where}: ${en}; deploy again to rewrite it.`,
      zh: `${where}：${zh}；请重新部署以生成该文件。`,
    });
  }
  if (jsonHash(result.data.parameters) !== result.data.parametersHash) {
    throw new DeploymentError({
      en: `${where}: parameters and parametersHash do not belong together; nobody edits this file.`,
      zh: `${where}：parameters 与 parametersHash 不一致；此文件不应手工修改。`,
    });
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

export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DeploymentError({
      en: `${where} is not JSON: ${(error as Error).message}.`,
      zh: `${where} 不是有效的 JSON：${(error as Error).message}。`,
    });
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
