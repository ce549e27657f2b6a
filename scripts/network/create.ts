import { randomBytes } from "node:crypto";
import type { Hex } from "viem";
import { addressInSubnet, MOST, POSTGRES_SQL, TRADE_KEYS, WEB_VARIABLES } from "./compose.ts";
import { parseAddress } from "./extraData.ts";
import { derivedFiles, lastingNodeFiles, nodeFolder } from "./files.ts";
import { createFolder, type KitFile } from "./folder.ts";
import { genesis } from "./genesis.ts";
import { checkNetwork, type Fork, KINDS, type Kind, type Network, THE_NETWORK } from "./network.ts";
import { generateNodeKey, type NodeKey, parsePublicKey } from "./nodeKey.ts";
import { giveToNodes, nodeOwner } from "./owner.ts";
import { NetworkError } from "./problem.ts";
import { refuseKnownChain } from "./publicChains.ts";

export const IMAGES = { besu: "hyperledger/besu:26.8.0", postgres: "postgres:18.4" } as const;

export interface CreateOptions {
  chainId: number;
  validators: number;
  rpcNodes: number;
  fork: Fork;
  blockPeriodSeconds: number;
  /** The nodes' addresses, validators first, if each is on a machine of its own. */
  ips?: readonly string[];
  /** The nodes' public keys, validators first, if their members made the keys. */
  publicKeys?: readonly string[];
  /** Accounts that alone may send transactions. */
  accounts?: readonly string[];
  rpcNames?: readonly string[];
  rpcOrigins?: readonly string[];
}

/** Makes a network: its genesis, and for each node keys, settings and lists. All of it or nothing. */
export function createNetwork(folder: string, options: CreateOptions): Network {
  const { validators, rpcNodes, ips, publicKeys } = options;
  refuseKnownChain(options.chainId);
  const counts = { validator: validators, rpc: rpcNodes };
  for (const kind of KINDS) requireCount(kind, counts[kind]);
  requireOneEach("--ip", ips, validators + rpcNodes);
  requireOneEach("--public-key", publicKeys, validators + rpcNodes);

  const names = KINDS.flatMap((kind) => Array.from({ length: counts[kind] }, (_, at) => `${kind}-${at + 1}`));
  const born = names.map((name, at) => {
    const given = publicKeys?.[at];
    const key: { publicKey: Hex; own?: NodeKey } =
      given === undefined ? own(generateNodeKey()) : { publicKey: parsePublicKey(given) };
    return { node: { name, publicKey: key.publicKey, ip: ips?.[at] ?? addressInSubnet({ name }) }, key };
  });
  const network = checkNetwork(
    {
      chainId: options.chainId,
      fork: options.fork,
      blockPeriodSeconds: options.blockPeriodSeconds,
      machines: ips === undefined ? "one" : "several",
      nodes: born.map(({ node }) => node),
      accounts: options.accounts?.length ? options.accounts.map(parseAddress) : "everybody",
      rpcNames: [...(options.rpcNames ?? [])],
      rpcOrigins: [...(options.rpcOrigins ?? [])],
    } satisfies Network,
    THE_NETWORK,
  );
  const files: KitFile[] = [
    ...derivedFiles(network, folder),
    { path: "genesis.json", text: `${JSON.stringify(genesis(network), null, 2)}\n` },
    { path: ".env", text: environment(), isSecret: true },
    { path: "postgres.sql", text: POSTGRES_SQL },
    ...born.flatMap(({ node, key }) => lastingNodeFiles(nodeFolder(node), key.publicKey, key.own)),
  ];
  createFolder(folder, files, (unfinished) => giveToNodes(`${unfinished}/nodes`));
  return network;
}

const own = (key: NodeKey) => ({ publicKey: key.publicKey, own: key });

function requireCount(kind: Kind, count: number): void {
  const least = kind === "validator" ? 1 : 0;
  if (Number.isInteger(count) && count >= least && count <= MOST[kind]) return;
  throw new NetworkError({
    en: `A network has ${least} to ${MOST[kind]} ${kind} nodes, but asked for were ${count}.`,
    zh: `一个网络的 ${kind} 节点为 ${least} 至 ${MOST[kind]} 个，而要求的是 ${count} 个。`,
  });
}

function requireOneEach(option: string, values: readonly string[] | undefined, nodes: number): void {
  if (values === undefined || values.length === nodes) return;
  throw new NetworkError({
    en: `${option} was given ${values.length} times, but there are ${nodes} nodes: give one for each, validators first.`,
    zh: `${option} 给出了 ${values.length} 个，而节点有 ${nodes} 个：请每个节点给一个，验证节点在前。`,
  });
}

/** What compose.yaml leaves open, in the file that Docker reads by itself. */
function environment(): string {
  const { uid, gid } = nodeOwner();
  return [
    `BESU_IMAGE=${IMAGES.besu}`,
    `BESU_USER=${uid}:${gid}`,
    `POSTGRES_IMAGE=${IMAGES.postgres}`,
    `POSTGRES_PASSWORD=${randomBytes(24).toString("hex")}`,
    ...[...TRADE_KEYS, ...WEB_VARIABLES].map((name) => `${name}=`),
    "",
  ].join("\n");
}
