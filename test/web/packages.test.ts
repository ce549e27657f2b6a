import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

/** Where people build the page. */
const PLATFORMS = ["linux-x64-gnu", "linux-arm64-gnu", "darwin-arm64", "win32-x64-msvc"];

describe("package-lock.json", () => {
  // npm leaves out those of other platforms where it finds packages installed already.
  it("has the native part of the page's bundler for each platform", () => {
    const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { version?: string; optional?: boolean }>;
    };
    const bundler = packages["node_modules/rolldown"];
    expect(bundler?.version).to.be.a("string");
    for (const platform of PLATFORMS)
      expect(packages[`node_modules/@rolldown/binding-${platform}`], platform).to.include({
        version: bundler?.version,
        optional: true,
      });
  });
});
