import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { buildSchema, isObjectType } from "graphql";
import * as schema from "../../indexer/ponder.schema.ts";
import { root } from "../../scripts/root.ts";

/** Words that no contract numbers: the index says by them what came of several events. */
const OWN = [
  "decision",
  "debtPaymentWay",
  "depositEntryKind",
  "encumbranceStatus",
  "marginMovementKind",
  "orderSide",
  "paymentPart",
  "replacementStatus",
];
/** Enums that Solidity, where the subject is clear, calls by one word. */
const IN_SOLIDITY: Record<string, string> = { energySource: "Source" };

const sources = globSync("contracts/**/*.sol", { cwd: root }).map((file) =>
  readFileSync(join(root, file), "utf8").replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, ""),
);

describe("words of the index", () => {
  it("are those of the Solidity enums, in their order", () => {
    const inSolidity = new Map(
      sources
        .flatMap((text) => [...text.matchAll(/\benum (\w+) \{([^}]*)\}/g)])
        .map(([, name, words]) => [name, words]),
    );
    const words = Object.entries(schema).flatMap(([name, value]) =>
      "enumValues" in value && !OWN.includes(name) ? [[name, [...value.enumValues]] as const] : [],
    );
    expect(words).to.have.length.greaterThan(10);
    for (const [name, inIndex] of words) {
      const enumeration = inSolidity.get(IN_SOLIDITY[name] ?? pascal(name));
      expect(
        enumeration?.split(",").map((word) => word.trim()),
        name,
      ).to.deep.equal(inIndex.map(pascal));
    }
  });
});

describe("days in the index", () => {
  const types = Object.values(buildSchema(readFileSync(join(root, "indexer/schema.graphql"), "utf8")).getTypeMap());
  const isTable = (name: string) => name in schema;

  it("are a number called day and a text called date, side by side", () => {
    const tables = types.filter((type) => isObjectType(type)).filter(({ name }) => isTable(name));
    const days = tables.flatMap((table) =>
      Object.values(table.getFields()).flatMap((field) => {
        const [, of, suffix] = /^(|.*[a-z])(day|Day|date|Date)$/.exec(field.name) ?? [];
        // A meter's day is a row of its own.
        return of === undefined || of.endsWith("eter") ? [] : [{ table, of, suffix, type: String(field.type) }];
      }),
    );
    expect(days).to.have.length.greaterThan(30);
    for (const { table, of, suffix, type } of days) {
      const fields = table.getFields();
      const [day, date] = of === "" ? ["day", "date"] : [`${of}Day`, `${of}Date`];
      const isSet = type.endsWith("!") ? "!" : "";
      const scalar = suffix?.toLowerCase() === "day" ? "Int" : "Date";
      expect(type, `${table.name}.${of}${suffix}`).to.equal(`${scalar}${isSet}`);
      expect(Object.keys(fields), table.name).to.include.members([day, date]);
      // What may be missing is missing in both.
      expect([String(fields[day!]?.type), String(fields[date!]?.type)]).to.deep.equal([`Int${isSet}`, `Date${isSet}`]);
    }
  });
});

function pascal(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
