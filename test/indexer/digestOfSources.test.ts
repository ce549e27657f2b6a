import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { digestOfSources } from "../../indexer/digestOfSources.ts";

describe("digestOfSources", () => {
  let folder: string;
  const digest = () => digestOfSources(pathToFileURL(`${folder}/`));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dujiang-sources-"));
    mkdirSync(join(folder, "market"));
    writeFileSync(join(folder, "index.ts"), "export {};\n");
    writeFileSync(join(folder, "market/order.ts"), "export const A = 1;\n");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("changes with the text of a file, and with where it lies", () => {
    const before = digest();
    expect(before).to.match(/^[0-9a-f]{64}$/);
    writeFileSync(join(folder, "market/order.ts"), "export const A = 2;\n");
    const changed = digest();
    expect(changed).to.not.equal(before);
    renameSync(join(folder, "market/order.ts"), join(folder, "order.ts"));
    expect([before, changed]).to.not.include(digest());
  });

  it("does not change with anything that is no source", () => {
    const before = digest();
    writeFileSync(join(folder, "README.md"), "# Notes\n");
    mkdirSync(join(folder, "dist"));
    writeFileSync(join(folder, "dist/index.d.ts"), "export {};\n");
    expect(digest()).to.equal(before);
  });
});
