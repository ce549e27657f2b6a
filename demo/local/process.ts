import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { root } from "../../scripts/root.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";

const LEASH = fileURLToPath(new URL("./leash.mjs", import.meta.url));
const KEPT_LINES = 40;

/** Thrown when a program does not get where it was to be. */
export class ProcessError extends DujiangError {}

const running = new Set<LocalProcess>();
let endsWithUs = false;

/**
 * A Node program running beside this one: chain, indexer, operator.
 *
 * It leads a process group of its own, so that a Ctrl-C reaches it only through us, in order. It ends when `stop` is
 * called, when this process exits, crashes or is asked to end, and, by the leash, also when this process is killed.
 */
export class LocalProcess {
  readonly name: string;
  /** How it ended, in words for a person; pending while it runs. */
  readonly ended: Promise<Sentence>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #outcome: Sentence | undefined;
  #exitCode: number | null | undefined;

  /** @param args what Node is to run, such as `["--import", "tsx", "file.ts"]` */
  constructor(name: string, args: string[], env: NodeJS.ProcessEnv = {}, cwd = root) {
    endWithThisProcess();
    this.name = name;
    this.#child = spawn(process.execPath, ["--import", LEASH, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      detached: true,
    });
    running.add(this);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    }
    this.ended = new Promise((done) => {
      const finish = (outcome: Sentence) => {
        this.signal("SIGKILL"); // What it started and left behind.
        running.delete(this);
        this.#outcome = outcome;
        done(outcome);
      };
      this.#child.once("error", (error) =>
        finish({ en: `could not be started: ${error.message}`, zh: `无法启动：${error.message}` }),
      );
      this.#child.once("exit", (code, signal) => {
        this.#exitCode = code;
        const outcome =
          signal === null
            ? { en: `ended with exit code ${code}`, zh: `已结束，退出码 ${code}` }
            : { en: `ended by ${signal}`, zh: `被 ${signal} 结束` };
        // Its last words may still be in the pipe; something it started may hold that pipe open for ever.
        const closed = new Promise((closing) => this.#child.once("close", closing));
        void Promise.race([closed, sleep(300)]).then(() => finish(outcome));
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#outcome === undefined;
  }

  /** What it printed last. */
  get lastLines(): string {
    return this.#lines.join("\n");
  }

  /** Asks `check` until it answers with anything but undefined; a check that throws is asked again. */
  async until<Answer>(what: string, check: () => Promise<Answer | undefined>, timeoutMs = 60_000): Promise<Answer> {
    const deadline = Date.now() + timeoutMs;
    let lastError = "";
    while (this.isRunning && Date.now() < deadline) {
      try {
        const answer = await check();
        if (answer !== undefined) return answer;
      } catch (error) {
        lastError = error instanceof Error ? error.message : String(error);
      }
      await Promise.race([sleep(50), this.ended]);
    }
    const seconds = timeoutMs / 1000;
    const late = {
      en: `did not finish within ${seconds} s${lastError && ` (${lastError})`}`,
      zh: `未能在 ${seconds} 秒内完成${lastError && `（${lastError}）`}`,
    };
    throw this.#failure(what, this.#outcome ?? late);
  }

  /** What it printed last, once it has ended by itself as it should. */
  async result(): Promise<string> {
    const outcome = await this.ended;
    if (this.#exitCode !== 0) throw this.#failure("done", outcome);
    return this.lastLines;
  }

  /** Ends it and everything it started; by force after `patienceMs`. */
  async stop(patienceMs = 5_000): Promise<void> {
    if (!this.isRunning) return;
    this.signal("SIGTERM");
    const patience = new AbortController();
    await Promise.race([this.ended, sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
    if (this.isRunning) this.kill();
    await this.ended;
  }

  /** Ends it at once, as `kill -9` would. */
  kill(): void {
    this.signal("SIGKILL");
  }

  signal(signal: NodeJS.Signals): void {
    if (this.pid === undefined || !this.isRunning) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      this.#child.kill(signal); // No process groups on this system, or the group is gone already.
    }
  }

  #failure(what: string, outcome: Sentence): ProcessError {
    const lines = this.lastLines;
    return new ProcessError({
      en: `The ${this.name} was to be ${what} but ${outcome.en}. Its last lines:\n${lines || "(none)"}`,
      zh: `程序“${this.name}”应达到“${what}”，但${outcome.zh}。其最后的输出：\n${lines || "（无）"}`,
    });
  }

  #keep(text: string): void {
    const [first = "", ...rest] = text.split("\n");
    this.#lines.push((this.#lines.pop() ?? "") + first, ...rest);
    this.#lines.splice(0, Math.max(0, this.#lines.length - KEPT_LINES));
  }
}

/** Ends everything that was started here, last started first. */
export async function stopAll(): Promise<void> {
  for (const started of [...running].reverse()) await started.stop();
}

function endWithThisProcess(): void {
  if (endsWithUs) return;
  endsWithUs = true;
  process.on("exit", () => {
    for (const started of running) started.kill();
  });
  let ending = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // npm, the launcher and the terminal may each pass on the same Ctrl-C.
      if (ending) return;
      ending = true;
      void stopAll().finally(() => process.exit(128 + constants.signals[signal]));
    });
  }
}
