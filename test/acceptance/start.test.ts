import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

const MAPPING = {
  resolutionMinutes: 30,
  unit: "kW",
  layout: { rows: "intervals", time: { columns: ["time"], format: "yyyy-MM-dd HH:mm", marks: "start" } },
  meters: [{ meter: "roof", direction: "generation", column: "kW", capacityKw: "5" }],
};

/** As npm starts it when it is called in a folder. */
function start(folder: string, args: string[] = [], variables: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, INIT_CWD: folder, LC_ALL: "en_US.UTF-8", ...variables };
  const program = ["--import", "tsx", join(root, "demo/start.ts"), "--once", ...args];
  const { status, stderr } = spawnSync(process.execPath, program, {
    cwd: root,
    env,
    encoding: "utf8",
    timeout: 100_000,
  });
  return { status, stderr };
}

describe("npm start on a machine where it cannot listen or is given nonsense", function () {
  this.timeout(120_000);

  it("says who has the port of one of its services before anything is compiled", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { status, stderr } = start(root, [], { OPERATOR_PORT: String(port) });
    server.close();
    expect(status).to.equal(1);
    expect(stderr).to.match(
      new RegExp(`^\\nPort ${port}, where the market operator's service is to listen, [^\\n]+\\.\\n$`),
    );
    expect(stderr).to.include(`(process ${process.pid})`).and.to.include("set OPERATOR_PORT to another port");
  });

  it("says which setting is wrong", () => {
    const { status, stderr } = start(root, [], { OPERATOR_PRICE_RULE: "highest" });
    expect(status).to.equal(1);
    expect(stderr).to.equal("\nOPERATOR_PRICE_RULE must be middle, marginalSell, marginalBuy, lastPair.\n");
  });
});

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

  it("names every line and reason", () => {
    const { status, stderr } = start(folder, ["--readings", "roof.csv", "--mapping", "roof.json"]);
    expect(status).to.equal(1);
    expect(stderr).to.include('line 3: Meter "roof" has the negative value -1 for 2026-07-01 00:30–01:00');
    expect(stderr).to.include('line 4: Meter "roof" has "twelve", which is not a number');
    expect(stderr).not.to.include("    at ");
  });

  it("asks for the date of every meter", () => {
    const { status, stderr } = start(folder, ["--readings", "roof.csv", "--mapping", "undated.json"]);
    expect(status).to.equal(1);
    expect(stderr).to.include('names no date for meter "roof": add one under "days"');
  });

  it("asks for readings and mapping together", () => {
    const { status, stderr } = start(folder, ["--readings", "roof.csv"]);
    expect(status).to.equal(1);
    expect(stderr).to.include("--readings and --mapping go together");
  });
});
