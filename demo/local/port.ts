import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { PortError, portFrom } from "../../scripts/port.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";

/** Where a service of this machine listens unless a variable says otherwise. */
export interface UsualPort {
  service: Sentence;
  variable: string;
  usual: number;
}

/** The port of a service, which nobody listens on. */
export async function takePort({ service, variable, usual }: UsualPort): Promise<number> {
  const port = portFrom(variable, usual);
  await requireFreePort(port, service, variable);
  return port;
}

/** Throws a sentence that says who has the port and which variable moves us, when it is taken. */
export async function requireFreePort(port: number, service: Sentence, variable: string): Promise<void> {
  const code = await tryToListen(port);
  if (code === undefined) return;
  const reason =
    code === "EADDRINUSE"
      ? { en: `is taken by ${portOwner(port) ?? "another program"}`, zh: `已被${portOwner(port) ?? "其他程序"}占用` }
      : { en: `cannot be used (${code})`, zh: `无法使用（${code}）` };
  throw new PortError({
    en: `Port ${port}, where the ${service.en} is to listen, ${reason.en}: end it or set ${variable} to another port.`,
    zh: `${service.zh}的端口 ${port} ${reason.zh}：请结束该程序，或将 ${variable} 设为其他端口。`,
  });
}

/** A port nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? done(address.port) : fail()));
    });
  });
}

function tryToListen(port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen(port, "127.0.0.1", () => server.close(() => done(undefined)));
  });
}

/** The program that listens on a port, as "name (process 123)"; undefined where the system does not say. */
export function portOwner(port: number): string | undefined {
  return process.platform === "linux" ? ownerFromProc(port) : ownerFromLsof(port);
}

function ownerFromProc(port: number): string | undefined {
  const inodes = new Set<string>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of read(table).split("\n").slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      const isListening = state === "0A";
      if (isListening && inode !== undefined && Number.parseInt(local?.split(":")[1] ?? "", 16) === port) {
        inodes.add(`socket:[${inode}]`);
      }
    }
  }
  if (inodes.size === 0) return undefined;
  for (const pid of list("/proc").filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of list(`/proc/${pid}/fd`)) {
      if (inodes.has(link(`/proc/${pid}/fd/${descriptor}`)))
        return `${read(`/proc/${pid}/comm`).trim()} (process ${pid})`;
    }
  }
  return undefined;
}

function ownerFromLsof(port: number): string | undefined {
  const { stdout } = spawnSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], { encoding: "utf8" });
  const pid = /^p(\d+)$/m.exec(stdout ?? "")?.[1];
  const name = /^c(.+)$/m.exec(stdout ?? "")?.[1];
  return pid === undefined ? undefined : `${name ?? "a program"} (process ${pid})`;
}

// Processes come and go, and those of other users do not open: what cannot be read is empty.
function attempt<Value>(action: () => Value, otherwise: Value): Value {
  try {
    return action();
  } catch {
    return otherwise;
  }
}
const read = (path: string) => attempt(() => readFileSync(path, "utf8"), "");
const list = (path: string) => attempt(() => readdirSync(path), []);
const link = (path: string) => attempt(() => readlinkSync(path), "");
