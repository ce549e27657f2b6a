interface LoopOptions {
  everyMs: number;
  failed: (error: unknown) => void;
}

/** Rest while something is under way that a node may answer for at any moment. */
const BUSY_MS = 100;
/** Longest wait after failures in a row, each of which doubles it. */
const LONGEST_MS = 30_000;

/**
 * Takes a step again and again, never two at a time: soon after one that answers true, because it is not at its end, later
 * after one that failed.
 */
export class Loop {
  readonly #step: () => Promise<unknown>;
  readonly #options: LoopOptions;
  #running: Promise<void> | undefined;
  #isEnding = false;
  #wake = () => {};

  constructor(step: () => Promise<unknown>, options: LoopOptions) {
    this.#step = step;
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Takes the next step at once. */
  hurry(): void {
    this.#wake();
  }

  /** Lets the step under way finish. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isEnding) {
      let isBusy = false;
      try {
        isBusy = (await this.#step()) === true;
        failures = 0;
      } catch (error) {
        failures += 1;
        this.#options.failed(error);
      }
      if (this.#isEnding) return;
      const { everyMs } = this.#options;
      const pause = isBusy ? Math.min(BUSY_MS, everyMs) : everyMs;
      await this.#rest(failures === 0 ? pause : this.#backoff(failures));
    }
  }

  #backoff(failures: number): number {
    return Math.min(LONGEST_MS, Math.max(100, this.#options.everyMs) * 2 ** Math.min(failures, 10));
  }

  async #rest(milliseconds: number): Promise<void> {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
