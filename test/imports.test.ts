import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect } from "chai";
import { root } from "../scripts/root.ts";

/** What a network runs, and what shows it, develops it or tests it. */
const PRODUCT = ["sdk", "operator", "indexer", "scripts", "intake"];
const OTHERS = ["demo", "tools", "test", "bench"];

describe("what a network runs", () => {
  it("imports nothing from what shows, develops or tests it", () => {
    const imports = globSync(`{${PRODUCT.join(",")}}/**/*.ts`, {
      cwd: root,
      exclude: (name) => name === "node_modules",
    }).flatMap((found) => {
      const file = found.split("\\").join("/");
      const text = readFileSync(join(root, file), "utf8");
      return [...text.matchAll(/(?:from|import\() ?"(\.[^"]+)"/g)].map(([, path = ""]) => ({
        file,
        to: posix.join(posix.dirname(file), path),
      }));
    });
    expect(imports.length).to.be.greaterThan(500);
    expect(imports.filter(({ to }) => OTHERS.includes(to.split("/")[0] ?? ""))).to.deep.equal([]);
  });
});
