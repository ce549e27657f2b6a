import type { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import type { EIP1193RequestFn } from "viem";
import type { Database } from "../../../operator/db/database.ts";

/** Thrown where a process would have been killed, and at everything that it would have done afterwards. */
export class Killed extends Error {}

/** A life that ends at its n-th question to database or node, before or after the question is answered. */
export class Life {
  readonly #endsAt: number;
  readonly #afterAnswer: boolean;
  #questions = 0;
  #isOver = false;

  constructor(endsAt = Number.POSITIVE_INFINITY, afterAnswer = false) {
    this.#endsAt = endsAt;
    this.#afterAnswer = afterAnswer;
  }

  /** How many questions were asked. */
  get questions(): number {
    return this.#questions;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  end(): never {
    this.#isOver = true;
    throw new Killed("killed");
  }

  /** The database as this life sees it. */
  over(db: Database): Database {
    const { $client } = db as unknown as { $client: PGlite };
    const logQuery = () => {
      this.#ask();
    };
    return drizzle($client, { casing: "snake_case", logger: { logQuery } }) as unknown as Database;
  }

  /** A node as this life sees it. */
  readonly through = (request: EIP1193RequestFn): EIP1193RequestFn =>
    (async (call: never) => {
      const isLast = this.#ask(this.#afterAnswer);
      const answer = await request(call);
      if (isLast || this.#isOver) this.end();
      return answer;
    }) as EIP1193RequestFn;

  #ask(mayAnswer = false): boolean {
    if (this.#isOver) throw new Killed("killed");
    this.#questions += 1;
    if (this.#questions < this.#endsAt) return false;
    if (!mayAnswer) this.end();
    return true;
  }
}
