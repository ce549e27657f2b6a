import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/tool.ts";

const MAPPING = {
  resolutionMinutes: 30,
  unit: "kW",
  layout: { rows: "intervals", time: { columns: ["time"], format: "yyyy-MM-dd HH:mm", marks: "start" } },
  meters: [{ meter: "roof", direction: "generation", column: "kW", capacityKw: "5" }],
};

describe("npm start with readings of one's own that cannot be taken", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "dujiang-start-"));
  after(() => rmSync(folder, { recursive: true }));
  before(() => {
    const rows = ["time,kW", "2026-07-01 00:00,1.2", "2026-07-01 00:30,-1", "2026-07-01 01:00,twelve"];
    writeFileSync(join(folder, "roof.csv"), rows.join("\n"));
    writeFileSync(join(folder, "roof.json"), JSON.stringify({ ...MAPPING, days: [{ source: "2026-07-01" }] }));
    writeFileSync(join(folder, "undated.json"), JSON.stringify(MAPPING));
  });

  /** As npm starts it when it is called in the folder of the readings. */
  function start(...args: string[]) {
    const env = { ...process.env, INIT_CWD: folder, LC_ALL: "en_US.UTF-8" };
    const program = ["--import", "tsx", join(root, "scripts/start.ts"), "--once", ...args];
    const { status, stderr } = spawnSync(process.execPath, program, { cwd: root, env, encoding: "utf8" });
    return { status, stderr };
  }

  it("names every line and reason", () => {
    const { status, stderr } = start("--readings", "roof.csv", "--mapping", "roof.json");
    expect(status).to.equal(1);
    expect(stderr).to.include('line 3: Meter "roof" has the negative value -1 for 2026-07-01 00:30–01:00');
    expect(stderr).to.include('line 4: Meter "roof" has "twelve", which is not a number');
    expect(stderr).not.to.include("    at ");
  });

  it("asks for the date of every meter", () => {
    const { status, stderr } = start("--readings", "roof.csv", "--mapping", "undated.json");
    expect(status).to.equal(1);
    expect(stderr).to.include('names no date for meter "roof": add one under "days"');
  });

  it("asks for readings and mapping together", () => {
    const { status, stderr } = start("--readings", "roof.csv");
    expect(status).to.equal(1);
    expect(stderr).to.include("--readings and --mapping go together");
  });
});
