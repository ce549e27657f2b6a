import { setImmediate, setTimeout } from "node:timers/promises";

/** Keeps a statement and its answer small. */
const MOST = 200;
/** How long a busy service waits for more: those whom it just answered ask again within it. */
const GATHER_MS = 2;

interface Waiting<Item, Result> {
  item: Item;
  done: (result: Result) => void;
  fail: (error: unknown) => void;
}

/**
 * Work that costs about as much for many as for one: what is asked for while some of it is under way is done together
 * afterwards, so that a quiet service answers at once and a busy one does not fall behind. What fails fails for all that
 * go together.
 */
export class Gathered<Item, Result> {
  readonly #work: (items: readonly Item[]) => Promise<readonly Result[]>;
  #waiting: Waiting<Item, Result>[] = [];
  #isWorking = false;
  /** Whether several went together last. */
  #isBusy = false;

  /** @param work answers in the order of the items. */
  constructor(work: (items: readonly Item[]) => Promise<readonly Result[]>) {
    this.#work = work;
  }

  do(item: Item): Promise<Result> {
    return new Promise((done, fail) => {
      this.#waiting.push({ item, done, fail });
      if (!this.#isWorking) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isWorking = true;
    while (this.#waiting.length > 0) {
      // Whatever arrived in the same turn goes along.
      await (this.#isBusy ? setTimeout(GATHER_MS) : setImmediate());
      const some = this.#waiting.splice(0, MOST);
      this.#isBusy = some.length > 1;
      try {
        const results = await this.#work(some.map(({ item }) => item));
        for (const [index, { done }] of some.entries()) done(results[index] as Result);
      } catch (error) {
        for (const { fail } of some) fail(error);
      }
    }
    this.#isWorking = false;
  }
}
