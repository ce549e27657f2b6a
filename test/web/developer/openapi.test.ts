import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../../scripts/root.ts";
import { addressOf, exampleOf, type OpenApi, operationsOf, typeText } from "../../../web/developer/openapi.ts";

describe("The operator's API on the page", () => {
  const api = JSON.parse(readFileSync(join(root, "operator/openapi.json"), "utf8")) as OpenApi;
  const operations = operationsOf(api).flatMap((group) => group.operations);
  const named = (id: string) => operations.find((operation) => operation.id === id)!;

  it("shows every question of the committed document, in both languages", () => {
    const paths = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.map(({ method, path }) => `${method} ${path}`)).to.have.members(paths);
    for (const { id, summary } of operations) {
      expect(summary.en, id).to.match(/^[^\p{Script=Han}]+$/u);
      expect(summary.zh, id).to.match(/\p{Script=Han}/u);
    }
  });

  it("writes types as a programmer does, and names what has a name", () => {
    expect(named("handInOrder").body).to.equal("SignedOrder");
    expect(typeText({ type: "array", items: { type: ["integer", "null"] } })).to.equal("Array<number | null>");
    expect(
      typeText({ type: "object", required: ["a"], properties: { a: { enum: ["x", "y"] }, b: { $ref: "#/c/T" } } }),
    ).to.equal('{\n  a: "x" | "y";\n  b?: T;\n}');
    const schemas = Object.keys(api.components?.schemas ?? {});
    const types = operations.flatMap(({ body, answers }) => [body, ...answers.map(({ type }) => type)]);
    const names = types.flatMap((type) => type?.match(/\b[A-Z]\w+/g) ?? []).filter((name) => name !== "Array");
    expect(names).to.have.length.greaterThan(20);
    expect(names.filter((name) => !schemas.includes(name) && name !== "Record")).to.deep.equal([]);
  });

  it("asks what the examples of the document fill in, and nothing that is left empty", () => {
    const { path, parameters } = named("readBookOfDay");
    const examples = Object.fromEntries(parameters.map((parameter) => [parameter.name, exampleOf(parameter)]));
    expect(addressOf(path, parameters, examples)).to.equal("/book/4/2026-11-24");
    expect(addressOf(path, parameters, { ...examples, zone: "a/b", levels: "3" })).to.equal(
      "/book/a%2Fb/2026-11-24?levels=3",
    );
  });
});
