import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { join } from "node:path";
import type { Hex } from "viem";
import { z } from "zod";
import { parseJson } from "../../sdk/chain/deployment.ts";
import { firstIssue, says } from "../../sdk/types/issue.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
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
    says({
      en: `must be 0x and ${2 * bytes} hexadecimal digits in small letters`,
      zh: `须为 0x 加 ${2 * bytes} 位小写十六进制数字`,
    }),
  );
// A host name in an enode needs Besu's experimental support, and permission lists compare addresses.
const ip = z.string().refine(
  isIPv4,
  says({
    en: "must be an IPv4 address such as 10.0.0.11, and no host name",
    zh: "须为 IPv4 地址，例如 10.0.0.11，不能是主机名",
  }),
);

const node = z.strictObject({
  name: z
    .string()
    .regex(
      /^(validator|rpc)-[1-9]\d{0,2}$/,
      says({ en: "must be a name such as validator-1 or rpc-1", zh: "须为 validator-1、rpc-1 之类的名称" }),
    ),
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
    accounts: z
      .literal("everybody")
      .or(
        z
          .array(hex(20))
          .min(
            1,
            says({ en: "lists nobody: then nobody could send anything", zh: "未列出任何账户：将无人可以发送交易" }),
          ),
      ),
    /** Names, besides the usual ones, by which programs reach rpc nodes. */
    rpcNames: z.array(
      z
        .string()
        .regex(/^[A-Za-z0-9.-]+$/, says({ en: "must be a host name without port", zh: "须为不带端口的主机名" })),
    ),
    /** Web pages that may ask rpc nodes. */
    rpcOrigins: z.array(
      z.string().regex(
        /^https?:\/\/[^/\s]+$/,
        says({
          en: "must be an origin such as https://market.example",
          zh: "须为来源地址，例如 https://market.example",
        }),
      ),
    ),
  })
  .superRefine(({ nodes }, context) => {
    for (const field of ["name", "publicKey", "ip"] as const) {
      const values = nodes.map((each) => each[field]);
      const at = values.findIndex((value, index) => values.indexOf(value) !== index);
      if (at !== -1)
        context.addIssue({
          code: "custom",
          path: ["nodes", at, field],
          message: says({ en: "is another node's, too", zh: "与另一节点相同" }),
        });
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

/** What errors name when a network is not read from a file. */
export const THE_NETWORK: Sentence = { en: "The network", zh: "网络" };

/** Checks a network; `where` is named in errors. */
export function checkNetwork(value: unknown, where: Sentence): Network {
  const result = network.safeParse(value);
  if (result.success) return result.data;
  const { en, zh } = firstIssue(result.error);
  throw new NetworkError({ en: `${where.en}: ${en}.`, zh: `${where.zh}：${zh}。` });
}

export function readNetwork(folder: string): Network {
  const file = join(folder, FILE);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new NetworkError({
      en: `${file} cannot be read: name the folder of a network that "create" made.`,
      zh: `无法读取 ${file}：请指定由 "create" 建立的网络目录。`,
    });
  }
  return checkNetwork(parseJson(text, file), { en: file, zh: file });
}
