import { rmSync } from "node:fs";
import { join } from "node:path";
import { addressInSubnet, MOST } from "./compose.ts";
import { parseAddress } from "./extraData.ts";
import { derivedFiles, derivedNodeFiles, lastingNodeFiles, nodeFolder } from "./files.ts";
import { createFolder, exists, type KitFile, replaceFiles } from "./folder.ts";
import {
  checkNetwork,
  FILE,
  type Kind,
  kindOf,
  type Network,
  type Node,
  numberOf,
  readNetwork,
  THE_NETWORK,
} from "./network.ts";
import { generateNodeKey, parsePublicKey } from "./nodeKey.ts";
import { giveToNodes } from "./owner.ts";
import { NetworkError } from "./problem.ts";

export interface NewNode {
  kind: Kind;
  ip?: string;
  publicKey?: string;
}

/** Gives a network one more node and adds it to the lists of all others. A validator makes blocks only when it is voted in. */
export function addNode(folder: string, { kind, ip, publicKey }: NewNode): Node {
  const network = readNetwork(folder);
  if ((ip === undefined) !== (network.machines === "one")) {
    throw new NetworkError(
      network.machines === "one"
        ? {
            en: "All nodes of this network are on one machine, which gives them their addresses: leave out --ip.",
            zh: "此网络的所有节点在同一台机器上，地址由其分配：请去掉 --ip。",
          }
        : {
            en: "Each node of this network is on a machine of its own: give the new one's address with --ip.",
            zh: "此网络的每个节点各在一台机器上：请用 --ip 指定新节点的地址。",
          },
    );
  }
  const name = freeName(folder, network, kind);
  const key = publicKey === undefined ? generateNodeKey() : undefined;
  const node: Node = {
    name,
    publicKey: key?.publicKey ?? parsePublicKey(publicKey ?? ""),
    ip: ip ?? addressInSubnet({ name }),
  };
  const next = checkNetwork(
    { ...network, nodes: [...network.nodes, node] },
    { en: "The network with the new node", zh: "加入新节点后的网络" },
  );

  const place = join(folder, nodeFolder(node));
  const born = [...lastingNodeFiles("", node.publicKey, key), ...within(node, derivedNodeFiles(next, node))];
  createFolder(place, born, giveToNodes);
  try {
    rewrite(folder, next);
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    throw error;
  }
  return node;
}

/** Takes a node out of the lists. Its folder with its key and data stays, for its owner to delete. */
export function removeNode(folder: string, name: string): Node {
  const network = readNetwork(folder);
  const node = network.nodes.find((each) => each.name === name);
  if (node === undefined) {
    const names = network.nodes.map((each) => each.name).join(", ");
    throw new NetworkError({
      en: `There is no node ${name} in ${join(folder, FILE)}: there are ${names}.`,
      zh: `${join(folder, FILE)} 中没有节点 ${name}：已有 ${names}。`,
    });
  }
  const nodes = network.nodes.filter((each) => each !== node);
  if (!nodes.some((each) => kindOf(each) === "validator")) {
    throw new NetworkError({
      en: `${name} is the only validator: without one, no block is made.`,
      zh: `${name} 是唯一的验证节点：没有验证节点便无法出块。`,
    });
  }
  rewrite(folder, { ...network, nodes });
  return node;
}

export interface AccountChange {
  add?: readonly string[];
  remove?: readonly string[];
  /** Forgets the list: everyone who reaches a node may send transactions. */
  everybody?: boolean;
}

/** Changes which accounts may send transactions. */
export function changeAccounts(folder: string, { add = [], remove = [], everybody = false }: AccountChange): Network {
  const network = readNetwork(folder);
  if (everybody) return rewrite(folder, { ...network, accounts: "everybody" });
  const listed = new Set(network.accounts === "everybody" ? [] : network.accounts);
  for (const address of remove.map(parseAddress)) {
    if (!listed.delete(address))
      throw new NetworkError({
        en: `${address} is not listed: there is nothing to remove.`,
        zh: `${address} 不在名单中：无可移除。`,
      });
  }
  for (const address of add.map(parseAddress)) listed.add(address);
  return rewrite(folder, { ...network, accounts: [...listed].sort() });
}

/** Rewrites what follows from network.json, as after it was edited. */
export function refresh(folder: string): Network {
  return rewrite(folder, readNetwork(folder));
}

function rewrite(folder: string, network: Network): Network {
  const next = checkNetwork(network, THE_NETWORK);
  const present = next.nodes.filter((node) => exists(join(folder, nodeFolder(node))));
  const missing = next.nodes.find((node) => !present.includes(node));
  if (missing !== undefined && (next.machines === "one" || present.length === 0)) {
    throw new NetworkError({
      en: `${join(folder, nodeFolder(missing))} is missing: put it back, or use "remove-node".`,
      zh: `缺少 ${join(folder, nodeFolder(missing))}：请放回，或使用 "remove-node"。`,
    });
  }
  replaceFiles(folder, derivedFiles(next, folder, present));
  return next;
}

/** A number that no node has or had: its folder may still be there. */
function freeName(folder: string, network: Network, kind: Kind): string {
  const taken = network.nodes.filter((node) => kindOf(node) === kind).map(numberOf);
  for (let number = Math.max(0, ...taken) + 1; number <= MOST[kind]; number++) {
    const name = `${kind}-${number}`;
    if (!exists(join(folder, nodeFolder({ name })))) return name;
  }
  throw new NetworkError({
    en: `A network has at most ${MOST[kind]} ${kind} nodes, counting those that were removed.`,
    zh: `一个网络最多有 ${MOST[kind]} 个 ${kind} 节点，含已移除的。`,
  });
}

/** Files of a node as seen from its own folder. */
function within(node: Node, files: readonly KitFile[]): KitFile[] {
  return files.map((file) => ({ ...file, path: file.path.slice(nodeFolder(node).length) }));
}
