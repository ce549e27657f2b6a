import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

describe("npm run keystore", function () {
  this.timeout(120_000);
  const home = mkdtempSync(join(tmpdir(), "dujiang-keystore-"));
  after(() => rmSync(home, { recursive: true, force: true }));

  /** As npm starts it, with what is typed, on a machine that has nothing else: no npx, and no Hardhat of its own. */
  function keystore(typed: string[], ...args: string[]) {
    const places = { HOME: home, XDG_CONFIG_HOME: join(home, "config"), APPDATA: home, LOCALAPPDATA: home, PATH: "" };
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "scripts/keystore.ts", ...args],
      {
        ...{ cwd: root, encoding: "utf8", timeout: 60_000, input: typed.map((line) => `${line}\n`).join("") },
        env: { ...process.env, ...places },
      },
    );
    return { status, output: stdout + stderr };
  }

  it("keeps a key under a password, and gives it to nobody without", () => {
    expect(keystore([], "list").output).to.include("npm run keystore -- set").and.not.include("npx");
    const key = `0x${"ab".repeat(32)}`;
    const set = keystore(["a long password", "a long password", key], "set", "DEPLOYER_KEY");
    expect(set.output)
      .to.match(/Key "DEPLOYER_KEY" set/)
      .and.not.include(key);
    const [file = ""] = globSync("**/keystore.json", { cwd: home });
    expect(readFileSync(join(home, file), "utf8")).not.to.include(key.slice(2));
    expect(keystore(["a long password"], "get", "DEPLOYER_KEY").output).to.include(key);
    const wrong = keystore(["another password"], "get", "DEPLOYER_KEY");
    expect(wrong.output).not.to.include(key);
    expect(wrong.status).not.to.equal(0);
  });
});
