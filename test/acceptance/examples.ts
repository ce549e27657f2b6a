import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { freePort } from "../../demo/local/port.ts";
import { LocalProcess } from "../../demo/local/process.ts";
import { root } from "../../scripts/root.ts";
import { tool } from "../../tools/tool.ts";
import { findChromium, launchChromium, NO_CHROMIUM } from "../utils/chromium.ts";

/** Where an example finds what runs. */
export interface Stack {
  rpcUrl: string;
  graphqlUrl: string;
  operatorUrl: string;
  /** The file with the addresses of the contracts. */
  deployment: string;
  /** Trades that were opened. */
  trades: number;
}

const run = promisify(execFile);

const hasPython = () => spawnSync("python3", ["--version"]).status === 0;

/** Runs each folder of `examples/` where somebody copied it, beside the sdk's sources as the package that it asks for. */
export function itRunsTheExamples(stack: () => Stack): void {
  const folder = mkdtempSync(join(tmpdir(), "dujiang-examples-"));
  let env: NodeJS.ProcessEnv;

  before(() => {
    cpSync(join(root, "examples"), folder, { recursive: true });
    const packages = join(folder, "node_modules");
    mkdirSync(join(packages, "dujiang-sdk"), { recursive: true });
    for (const name of ["viem", "vite"])
      symlinkSync(join(root, "node_modules", name), join(packages, name), "junction");
    const sdk = { name: "dujiang-sdk", type: "module", exports: "./index.ts" };
    writeFileSync(join(packages, "dujiang-sdk", "package.json"), JSON.stringify(sdk));
    const source = pathToFileURL(join(root, "sdk", "index.ts")).pathname;
    writeFileSync(join(packages, "dujiang-sdk", "index.ts"), `export * from ${JSON.stringify(source)};\n`);
    const { rpcUrl, graphqlUrl, operatorUrl, deployment } = stack();
    const places = { RPC_URL: rpcUrl, GRAPHQL_URL: graphqlUrl, OPERATOR_URL: operatorUrl, DEPLOYMENT: deployment };
    env = { ...process.env, ...places };
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("runs the example for Python", async function () {
    if (!hasPython()) {
      console.log("      There is no python3 on the PATH: install it (apt-get install python3).");
      this.skip();
    }
    const { stdout } = await run("python3", ["market.py"], { cwd: join(folder, "python"), env });
    expect(stdout).to.match(new RegExp(`^Block \\d+ of chain \\d+, ${stack().trades} trades\\.\\n`));
    expect(stdout.match(/^Trade \d+: \d+ Wh for \d+ fen, as computed\.$/gm)).to.have.length(stack().trades);
    expect(stdout).to.match(/^Round \d+ of zone \d+ on 20\d\d-\d\d-\d\d: [1-9]\d* Wh, trades \[\d+/m);
  });

  it("builds the page of the example for browsers, which proves a trade there", async function () {
    const cwd = join(folder, "vite");
    const vite = tool("vite");
    await run(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd, env });
    const program = findChromium();
    if (program === undefined) {
      console.log(`      ${NO_CHROMIUM}`);
      this.skip();
    }
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const server = new LocalProcess(
      "page",
      [vite, "preview", cwd, "--config", join(cwd, "vite.config.js"), "--port", String(port), "--strictPort"],
      env,
    );
    const browser = await launchChromium(program);
    try {
      await server.until("ready", async () => ((await fetch(url)).ok ? true : undefined));
      const page = await browser.newPage();
      const hosts = new Set<string>();
      page.on("request", (request) => hosts.add(new URL(request.url()).host));
      await page.goto(url);
      await page.waitForSelector("#proof[data-state]");
      expect(await page.textContent("#proof")).to.match(/^Trade \d+: \d+ checks, all of them hold\.$/);
      expect(await page.locator("#trades tr").count()).to.equal(Math.min(10, stack().trades));
      expect([...hosts]).to.deep.equal([new URL(url).host]);
    } finally {
      await browser.close();
      await server.stop();
    }
  });

  it("runs the example for Node", async () => {
    const args = ["--import", pathToFileURL(join(root, "node_modules/tsx/dist/loader.mjs")).href, "order.mjs"];
    const { stdout } = await run(process.execPath, args, { cwd: join(folder, "node"), env });
    expect(stdout).to.match(
      /^Participant \d+ has locked [\d,.]+ 元\.\nOrder 0x[0-9a-f]{64} for 20\d\d-\d\d-\d\d is open\.\n/,
    );
    expect(stdout).to.match(/\n {2}0x[0-9a-f]{64} buy 1200000 Wh, open\n[\s\S]*Order 0x[0-9a-f]{64} is cancelled\.\n$/);
  });
}
