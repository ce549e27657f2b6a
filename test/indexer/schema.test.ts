import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { buildSchema, getNamedType, isLeafType, isObjectType } from "graphql";
import { root } from "../../scripts/root.ts";
import { commentsFile } from "../../tools/codegen/comments.ts";
import { graphqlSchema } from "../../tools/codegen/graphqlSchema.ts";

describe("indexer/schema.graphql", () => {
  it("is what the indexer's tables make of it: `npm run codegen` otherwise", () => {
    const [file, comments] = commentsFile();
    expect(readFileSync(join(root, file), "utf8")).to.equal(comments);
    expect(readFileSync(join(root, "indexer/schema.graphql"), "utf8")).to.equal(graphqlSchema());
  });

  const types = Object.values(buildSchema(graphqlSchema()).getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  const fields = types
    .filter((type) => isObjectType(type))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ ...field, name: `${type.name}.${field.name}` })),
    );

  it("says of every table and of every field what it is", () => {
    const silent = [...types.filter((type) => isObjectType(type)), ...fields].filter(({ description }) => !description);
    expect(silent.map(({ name }) => name)).to.deep.equal([]);
    expect(fields.length).to.be.greaterThan(1_000);
  });

  it("gives the unit of every amount, energy, rate, price, time and curve", () => {
    const units: [RegExp, RegExp][] = [
      [/Fen$/, /\bfen\b/i],
      [/(?<!M)Wh$/, /\bWh\b/],
      [/Bp$/, /basis points/i],
      [/[a-z]W$/, /\bW\b|watt/i],
      [/(At|(?<!wet)Until|since)$/, /unix second/i],
      [/Seconds$/, /second/i],
      [/([a-z]|^)(D|d)ays?$/, /\bday/i],
      [/Hours$/, /hour/i],
      [/([a-z]P|^p|\.p)rice$/, /fen per MWh/i],
      [/[tT]ariffs?$/, /fen per MWh/],
      [/[uU]nits$/, /\bfen\b|units/i],
    ];
    const columns = fields.filter(({ type }) => isLeafType(getNamedType(type)));
    const silent = columns.flatMap(({ name, description }) =>
      units
        .filter(([called, said]) => called.test(name) && !said.test(description ?? ""))
        .map(() => `${name}: ${description}`),
    );
    expect(silent).to.deep.equal([]);
    const curves = columns.filter(({ type }) => String(type).startsWith("[Int!]"));
    for (const { name, description } of curves) expect(description, name).to.match(/96 values/);
  });

  it("has no field of any kind, whose values only its reader could tell", () => {
    expect(types.map(({ name }) => name))
      .to.include.members(["BigInt", "Date"])
      .and.not.include("JSON");
  });
});
