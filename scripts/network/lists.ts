import { stringify } from "smol-toml";
import { HEADER } from "./config.ts";
import { enodeOf, type Network, type Node } from "./network.ts";

/** Whom a node connects to by itself: everybody else. */
export function staticNodes({ nodes }: Network, node: Node): string {
  const others = nodes.filter(({ name }) => name !== node.name).map(enodeOf);
  return `${JSON.stringify(others, null, 2)}\n`;
}

/** Whom a node speaks with, and whose transactions it takes. */
export function permissionsToml({ nodes, accounts }: Network): string {
  const lists = {
    "nodes-allowlist": nodes.map(enodeOf),
    ...(accounts === "everybody" ? {} : { "accounts-allowlist": accounts }),
  };
  return `${HEADER}\n${stringify(lists)}\n`;
}
