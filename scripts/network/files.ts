import { composeYaml } from "./compose.ts";
import { configToml } from "./config.ts";
import type { KitFile } from "./folder.ts";
import { permissionsToml, staticNodes } from "./lists.ts";
import { FILE, type Network, type Node } from "./network.ts";
import { addressOf, type NodeKey } from "./nodeKey.ts";

export const nodeFolder = ({ name }: Pick<Node, "name">) => `nodes/${name}/`;

/**
 * What follows from network.json and is rewritten whenever that changes; network.json itself comes first.
 *
 * @param nodes those whose folders are there: on a machine of several, its own alone
 */
export function derivedFiles(network: Network, folder: string, nodes = network.nodes): KitFile[] {
  return [
    { path: FILE, text: `${JSON.stringify(network, null, 2)}\n` },
    { path: "compose.yaml", text: composeYaml(network, folder) },
    ...nodes.flatMap((node) => derivedNodeFiles(network, node)),
  ];
}

export function derivedNodeFiles(network: Network, node: Node): KitFile[] {
  const folder = nodeFolder(node);
  return [
    { path: `${folder}config.toml`, text: configToml(network, node) },
    { path: `${folder}static-nodes.json`, text: staticNodes(network, node) },
    { path: `${folder}permissions_config.toml`, text: permissionsToml(network) },
  ];
}

/** What a node is born with, and keeps. `key` is missing where its member keeps it. */
export function lastingNodeFiles(folder: string, publicKey: NodeKey["publicKey"], key?: NodeKey): KitFile[] {
  return [
    ...(key === undefined ? [] : [{ path: `${folder}key`, text: key.privateKey, isSecret: true }]),
    { path: `${folder}key.pub`, text: publicKey },
    { path: `${folder}address`, text: addressOf(publicKey) },
    { path: `${folder}data/`, text: "" },
  ];
}
