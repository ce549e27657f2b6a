import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

/** What a network runs. */
const PRODUCT = ["sdk", "operator", "indexer", "scripts", "intake"];
/** What shows it, develops it or tests it. */
const OTHERS = ["demo", "tools", "test", "bench"];

describe("what a network runs", () => {
  const files = globSync(`{${PRODUCT.join(",")}}/**/*.ts`, { cwd: root, exclude: (name) => name === "node_modules" });
  const imports = files.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return [...text.matchAll(/(?:from|import\() ?"(\.[^"]+)"/g)].map(([, to = ""]) => ({
      file,
      to: posix.normalize(posix.join(dirname(file).split("\\").join("/"), to)),
    }));
  });

  it("imports nothing from what shows, develops or tests it", () => {
    expect(imports.length).to.be.greaterThan(500);
    const folder = (path: string) => path.split("/", 1)[0] ?? "";
    expect(imports.filter(({ to }) => OTHERS.includes(folder(to)))).to.deep.equal([]);
  });
});
