import { expect } from "chai";
import fc from "fast-check";
import { concat, type Hex, keccak256, numberToHex } from "viem";
import { merkleMultiProof, merkleRoot, merkleSiblings, WholeError } from "../../sdk/index.ts";

const hash = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map((value) => numberToHex(value, { size: 32 }));

/** As `MerkleProof` of OpenZeppelin folds a proof. */
const fold = (leaf: Hex, siblings: readonly Hex[]) =>
  siblings.reduce((node, sibling) => keccak256(concat(node < sibling ? [node, sibling] : [sibling, node])), leaf);

/** As `processMultiProof` of OpenZeppelin does. */
function foldMany(leaves: readonly Hex[], siblings: readonly Hex[], flags: readonly boolean[]): Hex {
  const [known, given] = [[...leaves], [...siblings]];
  for (const flag of flags) {
    const [one, other] = [known.shift() as Hex, (flag ? known.shift() : given.shift()) as Hex];
    known.push(fold(one, [other]));
  }
  expect([known.length, given.length]).to.deep.equal([1, 0]);
  return known[0] as Hex;
}

describe("a Merkle tree", () => {
  it("proves each of any number of leaves, with no more siblings than it is deep", () => {
    fc.assert(
      fc.property(fc.array(hash, { minLength: 1, maxLength: 70 }), (leaves) => {
        const root = merkleRoot(leaves);
        const depth = Math.ceil(Math.log2(leaves.length));
        for (const [index, leaf] of leaves.entries()) {
          const siblings = merkleSiblings(leaves, index);
          expect(siblings.length).to.be.within(Math.max(0, depth - 1), depth);
          expect(fold(leaf, siblings)).to.equal(root);
        }
      }),
    );
  });

  it("proves any of its leaves together, with what one proof after the other would take at most", () => {
    const some = fc
      .array(hash, { minLength: 1, maxLength: 70 })
      .chain((leaves) => fc.tuple(fc.constant(leaves), fc.subarray([...leaves.keys()], { minLength: 1 })));
    fc.assert(
      fc.property(some, ([leaves, indices]) => {
        const { siblings, flags } = merkleMultiProof(leaves, indices);
        expect(
          foldMany(
            indices.map((index) => leaves[index] as Hex),
            siblings,
            flags,
          ),
        ).to.equal(merkleRoot(leaves));
        const alone = indices.reduce((sum, index) => sum + merkleSiblings(leaves, index).length, 0);
        expect(siblings.length).to.be.at.most(alone);
        if (indices.length === 1) expect(siblings).to.deep.equal(merkleSiblings(leaves, indices[0] as number));
        if (indices.length === leaves.length) expect(siblings).to.deep.equal([]);
      }),
    );
  });

  it("has another root for every other list", () => {
    fc.assert(
      fc.property(fc.uniqueArray(hash, { minLength: 2, maxLength: 20 }), hash, fc.nat(), (leaves, other, at) => {
        fc.pre(!leaves.includes(other));
        const changed = leaves.with(at % leaves.length, other);
        expect(merkleRoot(changed)).not.to.equal(merkleRoot(leaves));
        expect(merkleRoot([...leaves, other])).not.to.equal(merkleRoot(leaves));
      }),
    );
  });

  it("is the leaf itself for one, and refuses none and what is not there", () => {
    const one = keccak256("0x01");
    expect(merkleRoot([one])).to.equal(one);
    expect(merkleSiblings([one], 0)).to.deep.equal([]);
    expect(() => merkleRoot([])).to.throw(WholeError, "No leaves");
    expect(() => merkleSiblings([one], 1)).to.throw(WholeError, "There is no leaf 1");
  });
});
