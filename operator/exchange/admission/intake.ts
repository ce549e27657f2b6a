import type { Sentence } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { intakePauses, type PauseRow } from "../tables.ts";

/** The switch by which the exchange's people stop taking orders for a while. What is in the books stays, and can be taken back. */
export class Intake {
  readonly #db: Database;
  /** What the table says: one process at a time takes orders. */
  #pause: PauseRow | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Goes on as it was left. */
  async prepare(): Promise<void> {
    [this.#pause] = await this.#db.select().from(intakePauses);
  }

  get pause(): PauseRow | undefined {
    return this.#pause;
  }

  /** What everybody is shown meanwhile. */
  get notices(): Sentence[] {
    return this.#pause === undefined ? [] : [wordsOf(this.#pause)];
  }

  async stop(reason: Sentence, pausedBy: string): Promise<void> {
    const row = { reasonEn: reason.en, reasonZh: reason.zh, pausedBy, pausedAt: new Date() };
    await this.#db.delete(intakePauses);
    await this.#db.insert(intakePauses).values(row);
    this.#pause = row;
  }

  async resume(): Promise<void> {
    await this.#db.delete(intakePauses);
    this.#pause = undefined;
  }

  /** Refuses a new order while none are taken. */
  requireOpen(): void {
    if (this.#pause === undefined) return;
    throw new Refusal(503, "IntakePaused", wordsOf(this.#pause), { since: this.#pause.pausedAt.toISOString() });
  }
}

function wordsOf({ reasonEn, reasonZh }: PauseRow): Sentence {
  const reason = { en: reasonEn, zh: reasonZh };
  return {
    en: `No orders are taken at the moment: ${reason.en} Orders in the book stay, and can be taken back until the cut-off.`,
    zh: `目前暂停接收报单：${reason.zh}订单簿中的报单仍然有效，截止前可以撤回。`,
  };
}
