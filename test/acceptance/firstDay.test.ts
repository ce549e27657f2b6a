import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Wallet } from "ethers";
import { LocalChain } from "../../demo/local/chain.ts";
import { freePort } from "../../demo/local/port.ts";
import { root } from "../../scripts/root.ts";
import { readDeployment } from "../../sdk/chain/readDeployment.ts";
import { connect, type Platform, readEvents } from "../../sdk/index.ts";
import { tool } from "../../tools/tool.ts";
import { BesuNode } from "../besu/besuNode.ts";

const PAGE = readFileSync(join(root, "docs", "first-day.md"), "utf8");
/** What the page has in order: a file with its name before it, commands, a question with its answer, and notes for this test. */
const PARTS = [
  ...PAGE.matchAll(/(?:`([\w./-]+)`[^\n`]*:\n\n)?```(\w+)( \w+)?\n(.*?)```|<!-- (\w+)(?:: (.*?))? -->/gs),
].map(([, file, language, word, text = "", note, value]) => ({
  file,
  language,
  word: word?.trim(),
  text,
  note,
  value,
}));
const CHAIN_ID = Number(/--chain-id (\d+)/.exec(PAGE)?.[1]);
const secondOf = (clock: string) => Date.parse(`${clock.replace(" ", "T")}:00+08:00`) / 1000;
const [BEGINNING, ...CLOCKS] = PARTS.filter(({ note }) => note === "clock").map(({ value = "" }) => secondOf(value));
const PASSWORD = "a password for a trial";
/** What is typed, where a command asks. */
const TYPED: [RegExp, string[]][] = [
  [/run keystore/, [PASSWORD, PASSWORD, Wallet.createRandom().privateKey]],
  [/run deploy/, [PASSWORD]],
];

describe("the page on the first day", function () {
  this.timeout(600_000);
  const scratch = mkdtempSync(join(tmpdir(), "dujiang-first-"));
  const running: ChildProcess[] = [];
  let [chain, node]: [LocalChain?, BesuNode?] = [];
  let [operatorPort, graphqlPort] = [0, 0];
  let platform: Platform;
  let question = "";
  /** What the last command said. */
  let said = "";

  before(async function () {
    // The page is written for a shell.
    if (process.platform === "win32") this.skip();
    for (const folder of ["deployments/networks", "deployments/parameters", "networks"]) {
      mkdirSync(join(scratch, folder), { recursive: true });
    }
    copyFileSync(join(root, "deployments/parameters/local.json"), join(scratch, "deployments/parameters/local.json"));
    for (const part of ["sdk", "types", "node_modules", "package.json", "README.md"]) {
      symlinkSync(join(root, part), join(scratch, part));
    }
    chain = await LocalChain.start({ startsAt: BEGINNING ?? 0, port: "any", chainId: CHAIN_ID });
    node = await BesuNode.start(chain.url);
    [operatorPort, graphqlPort] = [await freePort(), await freePort()];
  });

  after(async () => {
    for (const child of running) {
      if (child.exitCode !== null || child.pid === undefined) continue;
      const ended = once(child, "exit");
      // The shell leads a group of its own, with what it started.
      process.kill(-child.pid, "SIGTERM");
      await ended;
    }
    await node?.stop();
    await chain?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  for (const part of PARTS) {
    const { file, language, word, text, note, value } = part;
    if (note === "clock") {
      it(`at ${value}`, async () => {
        if (CLOCKS.includes(secondOf(value ?? ""))) await chain?.moveTo(secondOf(value ?? ""));
      });
    } else if (note !== undefined) {
      it(`what is ${note}`, () => eventually(note));
    } else if (file !== undefined) {
      it(`${file} as it stands there`, () => {
        const place = join(scratch, file);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, placed(text));
      });
    } else if (language === "sh" && word !== undefined) {
      it(`the ${word} in a terminal of its own`, () => keepRunning(word, text));
    } else if (language === "sh") {
      for (const command of text.trim().split("\n")) {
        it(command.length > 100 ? `${command.slice(0, 97)}...` : command, () => run(command));
      }
    } else if (language === "graphql") {
      question = text;
    } else if (word === "answer") {
      const asked = question;
      it("what GraphQL answers", async () => {
        expect(await answer(asked, ({ trades }) => trades?.items[0]?.status === "settled")).to.deep.equal(
          JSON.parse(text),
        );
      });
    }
  }

  it("leaves the plant with its money", () => {
    expect(said).to.match(/5 {2}with bank 3: 1,115\.20 元/);
  });

  /** With the ports and folders of this test in place of those of the page. */
  function placed(text: string): string {
    return text
      .replaceAll("http://127.0.0.1:8545", node!.url)
      .replaceAll("http://127.0.0.1:8600", `http://127.0.0.1:${operatorPort}`);
  }

  /** A line of the page, with node in place of npm's launcher, and nothing in place of Docker. */
  function shell(line: string): string {
    const command = placed(line).replaceAll(/(?<![\w/.])(networks|deployments)\//g, `${scratch}/$1/`);
    return `
      set -eu
      docker() { :; }
      npm() {
        test "$1" = run; script="$2"; shift 2
        if test "\${1-}" = --; then shift; fi
        case "$script" in
          indexer) exec "${process.execPath}" "${tool("ponder")}" start --root indexer --schema dujiang --hostname 127.0.0.1 --port ${graphqlPort} ;;
          operator) exec "${process.execPath}" --import tsx operator/main.ts "$@" ;;
          *) "${process.execPath}" --import tsx "scripts/$script.ts" "$@" ;;
        esac
      }
      ${command}`;
  }

  function environment(): NodeJS.ProcessEnv {
    const { PATH, TMPDIR } = process.env;
    return {
      ...{ PATH, TMPDIR, LANG: "C.UTF-8", HOME: scratch, DUJIANG_DEPLOYMENTS: join(scratch, "deployments") },
      ...{ OPERATOR_FOLDER: join(scratch, "operator"), OPERATOR_PORT: String(operatorPort) },
      ...{ DUJIANG_PGLITE_DIR: join(scratch, "indexer"), PONDER_TELEMETRY_DISABLED: "true" },
      HARDHAT_DISABLE_TELEMETRY: "true",
    };
  }

  async function run(line: string): Promise<void> {
    const child = spawn("bash", ["-c", shell(line)], { cwd: root, env: environment() });
    const typed = TYPED.find(([command]) => command.test(line))?.[1] ?? [];
    child.stdin.end(typed.map((text) => `${text}\n`).join(""));
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    const [code] = await once(child, "close");
    expect(code, output).to.equal(0);
    said = output;
  }

  async function keepRunning(what: string, lines: string): Promise<void> {
    const child = spawn("bash", ["-c", shell(lines)], { cwd: root, env: environment(), detached: true });
    running.push(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    const url = `http://127.0.0.1:${what === "operator" ? `${operatorPort}/ready` : `${graphqlPort}/health`}`;
    await until(async () => {
      expect(child.exitCode, output).to.equal(null);
      return (await fetch(url).catch(() => undefined))?.ok;
    });
  }

  /** Waits for what the operator does by itself; blocks go on coming, as on a chain that makes them by the clock. */
  async function eventually(what: string): Promise<void> {
    platform ??= await connect(readDeployment("first", join(scratch, "deployments")), node!.url);
    const seen = {
      cleared: () => readEvents(platform, "TradeEscrow", ["TradeOpened"]),
      reported: () => readEvents(platform, "MeterRegistry", ["MeterDayReported"]),
    }[what];
    if (seen === undefined) throw new Error(`This test does not know when something is ${what}.`);
    const wanted = what === "reported" ? 2 : 1;
    await until(async () => (await seen()).length === wanted);
  }

  async function answer(query: string, isIt: (data: Record<string, any>) => boolean): Promise<unknown> {
    let last: Record<string, any> = {};
    await until(async () => {
      // The server closes a connection that was idle for long, at the very moment when it is used again, too.
      const response = await fetch(`http://127.0.0.1:${graphqlPort}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      }).catch(() => undefined);
      ({ data: last = {} } = ((await response?.json()) ?? {}) as { data?: typeof last });
      return isIt(last);
    });
    return last;
  }

  async function until(look: () => Promise<boolean | undefined>): Promise<void> {
    const deadline = Date.now() + 300_000;
    while (!(await look())) {
      expect(Date.now(), "it did not happen").to.be.lessThan(deadline);
      await chain?.seal();
      await sleep(250);
    }
  }
});

describe("the page on the first day, as a page", () => {
  it("is listed, and names no script that there is not", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = [...PAGE.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    expect(scripts).to.include.keys([...new Set(named)]);
    for (const name of ["network", "keystore", "deploy", "verify", "admin"]) {
      expect(scripts[name]).to.equal(`node tools/launch.mjs scripts/${name}.ts`);
    }
    expect(readFileSync(join(root, "docs", "README.md"), "utf8")).to.include("(first-day.md)");
    expect(existsSync(join(root, "docs/first-day.md"))).to.equal(true);
  });
});
