import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { root } from "../../scripts/root.ts";

/** A room imports only rooms that come before it. */
const ORDER = [
  ...["types", "chain", "signing", "access", "identity", "metering", "money", "energy", "market"],
  ...["settlement", "finance", "credit", "records", "wallets", "errors"],
];

/** What is computed without a chain; the whole room `types` is, too. */
const PURE = [
  ...["market/amount.ts", "market/band.ts", "market/settlementAmounts.ts", "market/terms.ts", "market/trade.ts"],
  ...["metering/meter.ts", "metering/standard.ts", "energy/kwhId.ts", "identity/kinds.ts"],
  ...["finance/discount.ts", "credit/record.ts"],
];

describe("The rooms of the sdk", () => {
  const sdk = join(root, "sdk");
  const files = globSync("*/**/*.ts", { cwd: sdk })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => !file.startsWith("dist/"));
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  const roomOf = (file: string) => file.split("/")[0] ?? "";

  function importsOf(file: string): string[] {
    return ts
      .preProcessFile(readFileSync(join(sdk, file), "utf8"))
      .importedFiles.map(({ fileName }) => fileName)
      .filter((name) => name.startsWith("."))
      .map((name) => posix.join(dirname(file), name))
      .filter((name) => !name.startsWith(".."));
  }

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
    expect(names).to.have.members(ORDER);
    const { exports } = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")) as { exports: object };
    expect(exports).to.include.all.keys(ORDER.map((room) => `./${room}`));
    for (const room of ORDER) {
      for (const file of ["index.ts", "README.md"])
        expect(existsSync(join(sdk, room, file)), `${room}/${file}`).to.equal(true);
    }
  });

  it("import only what lies below them", () => {
    const up = files.flatMap((file) =>
      (imports.get(file) ?? [])
        .filter((other) => ORDER.indexOf(roomOf(other)) > ORDER.indexOf(roomOf(file)))
        .map((other) => `${file} imports ${other}`),
    );
    expect(up).to.deep.equal([]);
    expect([...imports.values()].flat().length).to.be.greaterThan(100);
  });

  it("have no circle of imports among their files", () => {
    expect(files.filter((file) => closure(file).has(file))).to.deep.equal([]);
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
