import { concat, type Hex, keccak256 } from "viem";
import { WholeError } from "../types/whole.ts";

/**
 * Root of the tree over the outcomes of a call, in the order of their events: a complete binary tree as in OpenZeppelin's
 * library, its leaves at the end and the first one last. `OutcomeTree.sol` has the same.
 */
export function outcomeRoot(leaves: readonly Hex[]): Hex {
  return nodeAt(outcomeTree(leaves), 0);
}

/** What the leaf at `index` is hashed with, one after the other, up to the root. */
export function outcomeSiblings(leaves: readonly Hex[], index: number): Hex[] {
  const tree = outcomeTree(leaves);
  if (!(index in leaves))
    throw new WholeError({
      en: `There is no outcome ${index} among ${leaves.length}: they count from 0.`,
      zh: `${leaves.length} 个结果中没有第 ${index} 个：自 0 起编号。`,
    });
  const siblings: Hex[] = [];
  for (let node = tree.length - 1 - index; node > 0; node = (node - 1) >> 1) {
    // Children of one node follow each other, the left one at an odd place.
    siblings.push(nodeAt(tree, node % 2 === 1 ? node + 1 : node - 1));
  }
  return siblings;
}

/** All nodes, the root first; the children of node i are 2 i + 1 and 2 i + 2. */
function outcomeTree(leaves: readonly Hex[]): Hex[] {
  if (leaves.length === 0)
    throw new WholeError({
      en: "No outcomes have no root: a call that settles nothing keeps none.",
      zh: "没有结果便没有根：未结算任何交易的调用不保存根。",
    });
  const tree: Hex[] = [...new Array<Hex>(leaves.length - 1).fill("0x"), ...leaves.toReversed()];
  for (let node = leaves.length - 2; node >= 0; node -= 1) {
    const [left, right] = [nodeAt(tree, 2 * node + 1), nodeAt(tree, 2 * node + 2)];
    tree[node] = keccak256(concat(BigInt(left) < BigInt(right) ? [left, right] : [right, left]));
  }
  return tree;
}

const nodeAt = (tree: readonly Hex[], node: number): Hex => tree[node] as Hex;
