import { concat, type Hex, keccak256 } from "viem";
import { WholeError } from "./whole.ts";

/** What proves some leaves of a tree at once, as OpenZeppelin's `MerkleProof` checks it. */
export interface MultiProof {
  siblings: Hex[];
  /** For each node on the way up: whether it is made of two that are known, or of one and the next sibling. */
  flags: boolean[];
}

/**
 * Root of the tree over leaves in their order: a complete binary tree as in OpenZeppelin's library, its leaves at the end
 * and the first one last. `MerkleTree.sol` has the same.
 */
export function merkleRoot(leaves: readonly Hex[]): Hex {
  return nodeAt(merkleTree(leaves), 0);
}

/** What the leaf at `index` is hashed with, one after the other, up to the root. */
export function merkleSiblings(leaves: readonly Hex[], index: number): Hex[] {
  const tree = merkleTree(leaves);
  const siblings: Hex[] = [];
  for (let node = placeOf(leaves, index); node > 0; node = parentOf(node)) siblings.push(nodeAt(tree, siblingOf(node)));
  return siblings;
}

/** What proves the leaves at some indices, which ascend. */
export function merkleMultiProof(leaves: readonly Hex[], indices: readonly number[]): MultiProof {
  const tree = merkleTree(leaves);
  // Ascending leaves are descending nodes, and each level is gone through before the one above it.
  const known = indices.map((index) => placeOf(leaves, index));
  const [siblings, flags]: [Hex[], boolean[]] = [[], []];
  for (let node = known.shift(); node !== undefined && node > 0; node = known.shift()) {
    const sibling = siblingOf(node);
    const isKnown = known[0] === sibling;
    if (isKnown) known.shift();
    else siblings.push(nodeAt(tree, sibling));
    flags.push(isKnown);
    known.push(parentOf(node));
  }
  return { siblings, flags };
}

const parentOf = (node: number): number => (node - 1) >> 1;
/** Children of one node follow each other, the left one at an odd place. */
const siblingOf = (node: number): number => (node % 2 === 1 ? node + 1 : node - 1);

function placeOf(leaves: readonly Hex[], index: number): number {
  if (!(index in leaves)) {
    throw new WholeError({
      en: `There is no leaf ${index} among ${leaves.length}: they count from 0.`,
      zh: `${leaves.length} 个叶子中没有第 ${index} 个：自 0 起编号。`,
    });
  }
  return 2 * leaves.length - 2 - index;
}

/** All nodes, the root first; the children of node i are 2 i + 1 and 2 i + 2. */
function merkleTree(leaves: readonly Hex[]): Hex[] {
  if (leaves.length === 0) {
    throw new WholeError({
      en: "No leaves have no root: there is nothing to prove of nothing.",
      zh: "没有叶子便没有根：没有内容可供证明。",
    });
  }
  const tree: Hex[] = [...new Array<Hex>(leaves.length - 1).fill("0x"), ...leaves.toReversed()];
  for (let node = leaves.length - 2; node >= 0; node -= 1) {
    const [left, right] = [nodeAt(tree, 2 * node + 1), nodeAt(tree, 2 * node + 2)];
    tree[node] = keccak256(concat(BigInt(left) < BigInt(right) ? [left, right] : [right, left]));
  }
  return tree;
}

const nodeAt = (tree: readonly Hex[], node: number): Hex => tree[node] as Hex;
