import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";
import { readImports, roomOf } from "../utils/imports.ts";

const ROOMS = [
  ...["types", "chain", "signing", "access", "identity", "metering", "money", "energy", "debts", "market", "clearing"],
  ...["operator", "settlement", "finance", "credit", "records", "documents", "wallets", "errors", "graphql"],
];

/** What is computed without a chain; the whole room `types` is, too. */
const PURE = [
  ...["market/amount.ts", "market/band.ts", "market/settlementAmounts.ts", "market/terms.ts", "market/trade.ts"],
  ...["metering/meter.ts", "metering/standard.ts", "energy/kwhId.ts", "debts/lateFee.ts", "identity/kinds.ts"],
  ...["finance/discount.ts", "credit/record.ts"],
];

describe("the rooms of the sdk", () => {
  const sdk = join(root, "sdk");
  const imports = readImports("sdk");
  const files = [...imports.keys()].filter((file) => file !== "index.ts");

  /** All that a file brings along. */
  function closure(file: string, seen = new Set<string>()): Set<string> {
    for (const next of imports.get(file) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      closure(next, seen);
    }
    return seen;
  }

  it("are known here, each with an index, a README and a way in for strangers", () => {
    const folders = readdirSync(sdk, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const names = folders.map(({ name }) => name).filter((name) => !["dist", "erc7730", "node_modules"].includes(name));
    expect(names).to.have.members(ROOMS);
    const { exports } = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")) as { exports: object };
    expect(exports).to.include.all.keys(ROOMS.map((room) => `./${room}`));
    for (const room of ROOMS) {
      for (const file of ["index.ts", "README.md"])
        expect(existsSync(join(sdk, room, file)), `${room}/${file}`).to.equal(true);
    }
  });

  it("import files of each other, not indexes, so that a bundle takes no more than it needs", () => {
    const indexes = files.flatMap((file) =>
      (imports.get(file) ?? []).filter((other) => other.endsWith("/index.ts") && other !== "chain/abi/index.ts"),
    );
    expect(indexes).to.deep.equal([]);
  });

  it("compute without a chain what needs none", () => {
    for (const file of [...PURE, ...files.filter((name) => roomOf(name) === "types")]) {
      expect(imports.has(file), file).to.equal(true);
      expect(
        [...closure(file)].filter((other) => ["chain", "signing"].includes(roomOf(other))),
        file,
      ).to.deep.equal([]);
    }
  });
});
