import { expect } from "chai";
import { circleIn, type Imports, importsThatRunUp, readImports } from "./utils/imports.ts";

/** Each floor's rooms from the lowest up: a room imports from lower tiers only, those of one tier nothing of each other. */
const FLOORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  // The floors themselves: what a network runs knows nothing of what shows, develops or tests it.
  ".": [
    ...[["contracts", "types"], ["sdk"], ["data", "intake", "indexer"], ["operator"], ["web"], ["scripts"]],
    // Benchmarks are set up as tests are.
    ...[["tools"], ["demo"], ["test"], ["bench"], ["hardhat.config"]],
  ],
  sdk: [
    ...[["types"], ["chain"], ["signing"], ["access"], ["identity"], ["metering"], ["money"], ["energy"], ["debts"]],
    ...[
      ["market"],
      ["clearing"],
      ["operator"],
      ["settlement"],
      ["finance"],
      ["credit"],
      ["records"],
      ["wallets"],
      ["documents"],
      ["errors"],
      ["graphql"],
      ["index"],
    ],
  ],
  contracts: [
    ...[["types"], ["access"], ["identity"], ["metering", "money", "records"], ["energy"], ["debts"], ["market"]],
    ...[["settlement"], ["finance"], ["credit"], ["capital"], ["governance"]],
  ],
  "indexer/src": [
    // Every room adds to the counters of the KPIs.
    ...[["types"], ["kpi"], ["access"], ["identity"], ["metering"], ["money"], ["energy"], ["debts"], ["market"]],
    ...[["settlement"], ["finance"], ["credit"], ["records"], ["capital"], ["governance"]],
    // What serves them all.
    ["api"],
  ],
  operator: [
    // Shared by the trades, and knowing none of them.
    ...[["common"], ["db"], ["chain"], ["sending"], ["gateway"], ["tasks"], ["trade"]],
    ["exchange", "keeper", "metering", "statements", "documents"],
    // What starts them.
    ...[["config", "trades"], ["service"], ["main"]],
  ],
  web: [
    ...[["words"], ["design"], ["chain", "indexed"], ["operator"], ["freshness"], ["wallets"], ["records"], ["access"]],
    ...[["identity"], ["money", "statements"], ["debts", "metering"], ["market"]],
    ...[["documents"], ["finance", "desks"], ["cases"], ["todos"], ["kpi", "developer", "help"], ["routes"], ["app"]],
    // What builds the page, and what serves it.
    ...[["vite.config"], ["server"]],
  ],
};

describe("rooms", () => {
  for (const [floor, tiers] of Object.entries(FLOORS)) {
    const imports = readImports(floor);

    it(`of ${floor}/ hold no files that import each other in a circle`, () => {
      expect(imports.size).to.be.greaterThan(0);
      expect(circleIn(imports)).to.equal(undefined);
    });

    it(`of ${floor}/ import downwards only`, () => {
      expect([...imports.values()].flat()).not.to.deep.equal([]);
      expect(importsThatRunUp(imports, tiers)).to.deep.equal([]);
    });
  }

  it("find a circle and an import that runs up", () => {
    const imports: Imports = new Map([
      ["low/a.ts", ["low/b.ts"]],
      ["low/b.ts", ["beside/c.ts"]],
      ["beside/c.ts", ["low/a.ts"]],
      ["high.ts", ["low/a.ts"]],
      ["new/d.ts", []],
    ]);
    expect(circleIn(imports)).to.deep.equal(["low/a.ts", "low/b.ts", "beside/c.ts", "low/a.ts"]);
    expect(importsThatRunUp(imports, [["low", "beside"], ["high"]])).to.deep.equal([
      "low/b.ts imports beside/c.ts",
      "beside/c.ts imports low/a.ts",
      "new/d.ts lies in a room that has no place yet",
    ]);
  });
});
