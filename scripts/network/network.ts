import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { join } from "node:path";
import type { Hex } from "viem";
import { z } from "zod";
import { firstIssue, parseJson } from "../../sdk/chain/deployment.ts";
import { addressOf } from "./nodeKey.ts";
import { NetworkError } from "./problem.ts";

export const FORKS = ["cancun", "osaka"] as const;
export type Fork = (typeof FORKS)[number];

/** Validators make blocks; rpc nodes answer programs and wallets. */
export const KINDS = ["validator", "rpc"] as const;
export type Kind = (typeof KINDS)[number];

/** Wallets refuse larger numbers. */
const LARGEST_CHAIN_ID = 4_503_599_627_370_476;

const hex = (bytes: number) =>
  z.custom<Hex>(
    (value) => typeof value === "string" && new RegExp(`^0x[0-9a-f]{${2 * bytes}}$`).test(value),
    `must be 0x and ${2 * bytes} hexadecimal digits in small letters`,
  );
// A host name in an enode needs Besu's experimental support, and permission lists compare addresses.
const ip = z.string().refine(isIPv4, "must be an IPv4 address such as 10.0.0.11, and no host name");

const node = z.strictObject({
  name: z.string().regex(/^(validator|rpc)-[1-9]\d{0,2}$/, "must be a name such as validator-1 or rpc-1"),
  publicKey: hex(64),
  ip,
});
export type Node = z.infer<typeof node>;

const network = z
  .strictObject({
    chainId: z.int().min(1).max(LARGEST_CHAIN_ID),
    fork: z.enum(FORKS),
    blockPeriodSeconds: z.int().min(1).max(60),
    /** "one": all nodes side by side in a Docker network of their own; "several": each node on a machine with its IP. */
    machines: z.enum(["one", "several"]),
    nodes: z.array(node),
    /** Accounts that may send transactions; "everybody" who reaches a node, if they are not listed. */
    accounts: z.literal("everybody").or(z.array(hex(20)).min(1, "lists nobody: then nobody could send anything")),
    /** Names, besides the usual ones, by which programs reach rpc nodes. */
    rpcNames: z.array(z.string().regex(/^[A-Za-z0-9.-]+$/, "must be a host name without port")),
    /** Web pages that may ask rpc nodes. */
    rpcOrigins: z.array(z.string().regex(/^https?:\/\/[^/\s]+$/, "must be an origin such as https://market.example")),
  })
  .superRefine(({ nodes }, context) => {
    for (const field of ["name", "publicKey", "ip"] as const) {
      const values = nodes.map((each) => each[field]);
      const at = values.findIndex((value, index) => values.indexOf(value) !== index);
      if (at !== -1)
        context.addIssue({ code: "custom", path: ["nodes", at, field], message: "is another node's, too" });
    }
  });

/** What a network is made of, without anything secret: network.json. All but genesis and keys is generated from it. */
export type Network = z.infer<typeof network>;

export const FILE = "network.json";

export function kindOf({ name }: Pick<Node, "name">): Kind {
  return name.startsWith("validator-") ? "validator" : "rpc";
}

export function numberOf({ name }: Pick<Node, "name">): number {
  return Number(name.slice(name.indexOf("-") + 1));
}

export function validatorsOf({ nodes }: Pick<Network, "nodes">): Hex[] {
  return nodes.filter((each) => kindOf(each) === "validator").map(({ publicKey }) => addressOf(publicKey));
}

/** The address by which other nodes find it. */
export function enodeOf({ publicKey, ip: host }: Pick<Node, "publicKey" | "ip">): string {
  return `enode://${publicKey.slice(2)}@${host}:30303`;
}

/** Checks a network; `where` is named in errors. */
export function checkNetwork(value: unknown, where: string): Network {
  const result = network.safeParse(value);
  if (result.success) return result.data;
  throw new NetworkError(`${where}: ${firstIssue(result.error).replace(/\.$/, "")}.`);
}

export function readNetwork(folder: string): Network {
  const file = join(folder, FILE);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new NetworkError(`${file} cannot be read: name the folder of a network that "create" made.`);
  }
  return checkNetwork(parseJson(text, file), file);
}
