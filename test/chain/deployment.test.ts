import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { CONTRACTS } from "../../sdk/chain/contracts.ts";
import { abiHash, type Deployment, jsonHash, parseDeployment } from "../../sdk/chain/deployment.ts";
import { readDeployment } from "../../sdk/chain/readDeployment.ts";

const hash = (digit: string) => `0x${digit.repeat(64)}` as const;
const parameters = { finance: true, zones: [{ id: 1 }] };
const sample: Deployment = {
  network: "local",
  chainId: 7,
  genesisHash: hash("a"),
  startBlock: 1,
  contracts: Object.fromEntries(
    CONTRACTS.map((name) => [
      name,
      { address: `0x${"1".repeat(40)}`, transactionHash: hash("b"), blockNumber: 1, abiHash: hash("c") },
    ]),
  ) as Deployment["contracts"],
  setup: { transactionHash: hash("d"), blockNumber: 2 },
  parameters,
  parametersHash: jsonHash(parameters),
};

/** The sentence with which a changed file is refused. */
function refusal(change: (file: Deployment) => void): string {
  const file = structuredClone(sample);
  change(file);
  try {
    parseDeployment(JSON.stringify(file), "d.json");
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("deployment.json", () => {
  it("is read as it was written", () => {
    expect(parseDeployment(JSON.stringify(sample))).to.deep.equal(sample);
  });

  it("is refused with a sentence that names what is wrong", () => {
    expect(refusal((file) => (file.contracts.KwhToken.address = "0x12"))).to.match(
      /^d\.json: contracts\.KwhToken\.address must be 0x and 40 hexadecimal digits/,
    );
    expect(refusal((file) => delete (file.contracts as Partial<Deployment["contracts"]>).TradeEscrow)).to.match(
      /^d\.json: contracts\.TradeEscrow/,
    );
    expect(refusal((file) => (file.chainId = 7.5))).to.match(/^d\.json: chainId must be a whole number; /);
    expect(refusal((file) => (file.startBlock = -1))).to.match(/^d\.json: startBlock must be 0 at least; /);
    expect(refusal((file) => Object.assign(file.setup, { by: 1 }))).to.match(
      /^d\.json: setup has "by", which nothing reads: /,
    );
    expect(refusal((file) => (file.parameters.finance = false))).to.match(/do not belong together/);
    expect(() => parseDeployment("{", "d.json")).to.throw(/d\.json is not JSON/);
  });

  it("is asked for by name where there is none", () => {
    const folder = mkdtempSync(join(tmpdir(), "dujiang-none-"));
    expect(() => readDeployment("mars", folder)).to.throw(/nothing is deployed to "mars"; run "npm run deploy/);
    rmSync(folder, { recursive: true });
  });
});

describe("hashes of JSON", () => {
  it("do not depend on the order of keys, but on that of lists", () => {
    expect(jsonHash({ a: 1, b: { c: 2, d: 3 } })).to.equal(jsonHash({ b: { d: 3, c: 2 }, a: 1 }));
    expect(jsonHash([1, 2])).not.to.equal(jsonHash([2, 1]));
  });

  it("of an ABI do not depend on the order of its entries", () => {
    const [first, second] = [
      { type: "function", name: "a" },
      { name: "b", type: "event" },
    ];
    expect(abiHash([first, second])).to.equal(abiHash([second, first]));
    expect(abiHash([first])).not.to.equal(abiHash([second]));
  });
});
