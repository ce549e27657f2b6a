import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

const text = (file: string) => readFileSync(join(root, file), "utf8");

describe("settings of the indexer", () => {
  it("keep it on this machine unless a later --hostname says otherwise", () => {
    const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
    expect(scripts.indexer).to.match(/^node tools\/launch\.mjs ponder start .*--hostname 127\.0\.0\.1$/);
    expect(text("indexer/Dockerfile")).to.match(/^ENTRYPOINT .*ponder\.js", "start".*"--hostname", "127\.0\.0\.1"\]$/m);
  });

  it("call the node's address by the one name that everything else does: RPC_URL", () => {
    const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);
    const others = files
      .filter((file) => /\.(ts|mjs|md|json|ya?ml|toml|sh)$|Dockerfile$/.test(file) && file !== "package-lock.json")
      .flatMap((file) =>
        [...text(file).matchAll(/\b[A-Z]+_(RPC_URL|WS_URL)\b|\bNODE_URL\b/g)].map(([name]) => [file, name]),
      )
      .filter(([, name]) => name !== "RPC_WS_URL");
    expect(others).to.deep.equal([]);
  });
});
