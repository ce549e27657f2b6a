import { expect } from "chai";
import fc from "fast-check";
import { concat, type Hex, keccak256, numberToHex } from "viem";
import { outcomeRoot, outcomeSiblings, WholeError } from "../../sdk/index.ts";

const hash = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map((value) => numberToHex(value, { size: 32 }));

/** As `MerkleProof` of OpenZeppelin folds a proof. */
const fold = (leaf: Hex, siblings: readonly Hex[]) =>
  siblings.reduce((node, sibling) => keccak256(concat(node < sibling ? [node, sibling] : [sibling, node])), leaf);

describe("the tree over the outcomes of a call", () => {
  it("proves each of any number of outcomes, with no more siblings than it is deep", () => {
    fc.assert(
      fc.property(fc.array(hash, { minLength: 1, maxLength: 70 }), (leaves) => {
        const root = outcomeRoot(leaves);
        const depth = Math.ceil(Math.log2(leaves.length));
        for (const [index, leaf] of leaves.entries()) {
          const siblings = outcomeSiblings(leaves, index);
          expect(siblings.length).to.be.within(Math.max(0, depth - 1), depth);
          expect(fold(leaf, siblings)).to.equal(root);
        }
      }),
    );
  });

  it("has another root for every other list", () => {
    fc.assert(
      fc.property(fc.uniqueArray(hash, { minLength: 2, maxLength: 20 }), hash, fc.nat(), (leaves, other, at) => {
        fc.pre(!leaves.includes(other));
        const changed = leaves.with(at % leaves.length, other);
        expect(outcomeRoot(changed)).not.to.equal(outcomeRoot(leaves));
        expect(outcomeRoot([...leaves, other])).not.to.equal(outcomeRoot(leaves));
      }),
    );
  });

  it("is the leaf itself for one, and refuses none and what is not there", () => {
    const one = keccak256("0x01");
    expect(outcomeRoot([one])).to.equal(one);
    expect(outcomeSiblings([one], 0)).to.deep.equal([]);
    expect(() => outcomeRoot([])).to.throw(WholeError, "No outcomes");
    expect(() => outcomeSiblings([one], 1)).to.throw(WholeError, "There is no outcome 1");
  });
});
