import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";
import { CONTRACTS, REGISTER } from "../../sdk/chain/contracts.ts";

/** Rooms in which a contract of `contracts/` that can be deployed is declared, by its name. */
const written = new Map(
  globSync("contracts/**/*.sol", { cwd: root }).flatMap((file) => {
    const [, room = ""] = file.split(/[\\/]/);
    const text = readFileSync(join(root, file), "utf8");
    return [...text.matchAll(/^contract (\w+)/gm)].map(([, name = ""]): [string, string] => [name, room]);
  }),
);
/** Of OpenZeppelin, not of `contracts/`. */
const FOREIGN = ["AccessManager"];
/** A rule set that MarketRules keeps as code: there is nothing in it to call. */
const DATA = ["RuleSetRecord"];

describe("the register of contracts", () => {
  it("has every contract that can be deployed, in its room", () => {
    const registered = CONTRACTS.map((name): [string, string] => [name, REGISTER[name].room]);
    const ours = registered.filter(([name]) => !FOREIGN.includes(name));
    const deployable = [...written].filter(([name]) => !DATA.includes(name));
    expect(Object.fromEntries(ours)).to.deep.equal(Object.fromEntries(deployable));
  });

  it("names each contract after those that its constructor is given", () => {
    CONTRACTS.forEach((name, index) => {
      const later = CONTRACTS.slice(index);
      expect(
        REGISTER[name].args.filter((argument) => later.some((other) => other === argument)),
        name,
      ).to.deep.equal([]);
    });
  });
});
