import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { LocalProcess } from "../../demo/local/process.ts";
import { root } from "../../scripts/root.ts";

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function untilGone(pids: number[]): Promise<number[]> {
  for (let i = 0; i < 100 && pids.some(isAlive); i++) await sleep(50);
  return pids.filter(isAlive);
}

/** A program that starts another one and says both process ids, then lives on. */
const PARENT_OF_ONE = `
  const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  console.log(process.pid + " " + child.pid);
  setInterval(() => {}, 1000);
`;

const twoIds = (text: string) => /^(\d+) (\d+)$/m.exec(text)?.slice(1).map(Number);

describe("a process started beside this one", () => {
  it("is stopped together with what it started", async () => {
    const started = new LocalProcess("pair", ["-e", PARENT_OF_ONE]);
    const pids = await started.until("running", async () => twoIds(started.lastLines));
    expect(pids.every(isAlive)).to.equal(true);
    await started.stop();
    expect(await untilGone(pids)).to.deep.equal([]);
  });

  it("is stopped by force when it does not listen", async () => {
    const deaf = 'process.on("SIGTERM", () => {}); console.log("deaf"); setInterval(() => {}, 1000)';
    const started = new LocalProcess("deaf one", ["-e", deaf]);
    await started.until("running", async () => started.lastLines.includes("deaf") || undefined);
    await started.stop(200);
    expect((await started.ended).en).to.equal("ended by SIGKILL");
  });

  it("shows its last words when it ends before it is ready", async () => {
    const started = new LocalProcess("broken one", ["-e", 'console.error("no such table"); process.exit(3)']);
    const failure = await started.until("ready", async () => undefined).catch((error: Error) => error);
    expect(failure)
      .to.be.instanceOf(Error)
      .with.property("message")
      .matches(/broken one was to be ready but ended with exit code 3.*no such table/s);
  });

  it("shows what was waited for when it takes too long", async () => {
    const started = new LocalProcess("slow one", ["-e", "setInterval(() => {}, 1000)"]);
    const failure = await started.until("ready", async () => undefined, 200).catch((error: Error) => error);
    await started.stop();
    expect(failure)
      .to.be.instanceOf(Error)
      .with.property("message")
      .matches(/slow one was to be ready but did not finish within 0\.2 s/);
  });

  for (const [how, end] of [
    ["is killed with -9", (pid: number) => process.kill(pid, "SIGKILL")],
    ["gets SIGTERM", (pid: number) => process.kill(pid, "SIGTERM")],
    ["gets Ctrl-C", (pid: number) => process.kill(pid, "SIGINT")],
    ["crashes", (pid: number) => process.kill(pid, "SIGUSR2")],
  ] as const) {
    it(`ends when its starter ${how}`, async () => {
      const program = `
        import { LocalProcess } from "${root}/demo/local/process.ts";
        const started = new LocalProcess("pair", ["-e", ${JSON.stringify(PARENT_OF_ONE)}]);
        process.on("SIGUSR2", () => { throw new Error("crash"); });
        await started.until("running", async () => started.lastLines || undefined);
        console.log(started.lastLines);
      `;
      const starter = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
        cwd: root,
        stdio: ["ignore", "pipe", "ignore"],
      });
      const [output] = (await once(starter.stdout, "data")) as [Buffer];
      const pids = twoIds(output.toString()) ?? [];
      expect(pids).to.have.length(2);
      const ended = once(starter, "exit");
      end(starter.pid as number);
      await ended;
      expect(await untilGone(pids)).to.deep.equal([]);
    });
  }
});
