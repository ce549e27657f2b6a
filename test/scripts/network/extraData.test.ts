import { expect } from "chai";
import type { Hex } from "viem";
import { extraData, parseValidators, sortValidators } from "../../../scripts/network/extraData.ts";
import { addressOf, generateNodeKey, nodeKeyOf, parsePublicKey } from "../../../scripts/network/nodeKey.ts";
import { QUICKSTART } from "./vectors.ts";

describe("extraData of a genesis block", () => {
  it("is what Besu's own test of its encoder expects", () => {
    const validators = parseValidators([
      "be068f726a13c8d46c44be6ce9d275600e1735a4",
      "5ff6f4b66a46a2b2310a6f3a93aaddc0d9a1c193",
    ]);
    expect(extraData(validators)).to.equal(
      "0xf84fa00000000000000000000000000000000000000000000000000000000000000000ea94be068f726a13c8d46c44be6ce9d275600e1735a4945ff6f4b66a46a2b2310a6f3a93aaddc0d9a1c193c080c0",
    );
  });

  it("is what Besu's documentation shows for four validators", () => {
    const validators = parseValidators([
      "0x4592c8e45706cc08b8f44b11e43cba0cfc5892cb",
      "0x06e23768a0f59cf365e18c2e0c89e151bcdedc70",
      "0xc5327f96ee02d7bcbc1bf1236b8c15148971e1de",
      "0xab5e7f4061c605820d3744227eed91ff8e2c8908",
    ]);
    expect(extraData(validators)).to.equal(
      "0xf87aa00000000000000000000000000000000000000000000000000000000000000000f854944592c8e45706cc08b8f44b11e43cba0cfc5892cb9406e23768a0f59cf365e18c2e0c89e151bcdedc7094c5327f96ee02d7bcbc1bf1236b8c15148971e1de94ab5e7f4061c605820d3744227eed91ff8e2c8908c080c0",
    );
  });

  it("follows from published keys as in the network they come from", () => {
    expect(extraData(QUICKSTART.validators.map(({ key }) => addressOf(nodeKeyOf(key).publicKey)))).to.equal(
      QUICKSTART.extraData,
    );
  });

  it("is longer where lengths need a byte of their own, and as short as can be for nobody", () => {
    const many = Array.from({ length: 13 }, (_, at): Hex => `0x${String(at).padStart(40, "0")}`);
    expect(extraData(many).slice(0, 8)).to.equal("0xf90138");
    expect(extraData([])).to.equal(`0xe5a0${"00".repeat(32)}c0c080c0`);
  });

  it("has its validators in ascending order, in any case of letters", () => {
    expect(
      sortValidators(["0xB000000000000000000000000000000000000000", "0xa000000000000000000000000000000000000000"]),
    ).to.deep.equal(["0xa000000000000000000000000000000000000000", "0xb000000000000000000000000000000000000000"]);
  });

  it("is refused for what is no address, or is named twice", () => {
    const one = "0x4592c8e45706cc08b8f44b11e43cba0cfc5892cb";
    expect(() => parseValidators([`${one}00`])).to.throw(/is not an address/);
    expect(() => parseValidators(["0x4592C8e45706cc08b8f44b11e43cba0cfc5892cb"])).to.throw(/checksum/);
    expect(() => parseValidators([one, one.slice(2)])).to.throw(/named twice/);
  });
});

describe("a node's key", () => {
  it("comes to the published address and enode", () => {
    for (const { key, address } of QUICKSTART.validators) {
      expect(addressOf(nodeKeyOf(key).publicKey)).to.equal(address);
    }
    expect(nodeKeyOf(QUICKSTART.validators[0]!.key).publicKey).to.equal(`0x${QUICKSTART.firstEnodeId}`);
  });

  it("is another one each time", () => {
    const keys = Array.from({ length: 20 }, () => generateNodeKey().privateKey);
    expect(new Set(keys).size).to.equal(20);
    for (const key of keys) expect(key).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("is read in every form that people write its public half, and never shown when it is the private one", () => {
    const { privateKey, publicKey } = generateNodeKey();
    for (const text of [publicKey, publicKey.slice(2), `0x04${publicKey.slice(2)}`, publicKey.toUpperCase()]) {
      expect(parsePublicKey(text)).to.equal(publicKey);
    }
    expect(() => parsePublicKey("0x1234")).to.throw(/128 hexadecimal digits.*"0x1234"/);
    const refusal = (() => {
      try {
        return parsePublicKey(privateKey);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(refusal)
      .to.match(/a private key/)
      .and.not.include(privateKey.slice(2));
  });
});
