import type { Hex } from "viem";
import { type PlannedLeg, planBatch } from "./plan.ts";

/** What waits to be sent and what is on its way: read once for a step, and kept true while the step sends. */
export class Queue {
  #waiting: readonly PlannedLeg[];
  readonly #busy = { orders: new Set<Hex>(), meters: new Set<bigint>() };

  /** @param waiting in the order of rounds and places. */
  constructor(waiting: readonly PlannedLeg[], onTheirWay: readonly PlannedLeg[]) {
    this.#waiting = waiting;
    this.#occupy(onTheirWay);
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** The legs of the next transaction; fewer of those that were undone before. */
  next(gasLimit: number): PlannedLeg[] {
    const chosen = planBatch(this.#waiting, this.#busy, gasLimit);
    const undone = Math.max(0, ...chosen.map(({ attempts }) => attempts));
    return chosen.slice(0, Math.max(1, chosen.length >> undone));
  }

  /** Legs that go on their way. */
  send(legs: readonly PlannedLeg[]): void {
    this.#occupy(legs);
    this.drop(legs);
  }

  /** Legs that do not wait any more. */
  drop(legs: readonly PlannedLeg[]): void {
    const dropped = new Set(legs);
    this.#waiting = this.#waiting.filter((leg) => !dropped.has(leg));
  }

  /** A round of which nothing is sent in this step. */
  dropRound(number: number): void {
    this.#waiting = this.#waiting.filter(({ round }) => round !== number);
  }

  #occupy(legs: readonly PlannedLeg[]): void {
    for (const { sellOrder, buyOrder, sellerMeter } of legs) {
      this.#busy.orders.add(sellOrder).add(buyOrder);
      this.#busy.meters.add(sellerMeter);
    }
  }
}
