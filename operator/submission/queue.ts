import type { Hex } from "viem";
import { type PlannedLeg, planBatch } from "./plan.ts";

/** What waits to be sent and what is on its way: read once for a step, and kept true while the step sends. */
export class Queue<Leg extends PlannedLeg> {
  #waiting: readonly Leg[];
  readonly #orders: Set<Hex>;
  readonly #meters: Set<bigint>;

  /** @param waiting in the order of rounds and places. */
  constructor(waiting: readonly Leg[], onTheirWay: readonly Pick<Leg, "sellOrder" | "buyOrder" | "sellerMeter">[]) {
    this.#waiting = waiting;
    this.#orders = new Set(onTheirWay.flatMap(({ sellOrder, buyOrder }) => [sellOrder, buyOrder]));
    this.#meters = new Set(onTheirWay.map(({ sellerMeter }) => sellerMeter));
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** The legs of the next transaction; fewer of those that were undone before. */
  next(gasLimit: number): Leg[] {
    const chosen = planBatch(this.#waiting, { orders: this.#orders, meters: this.#meters }, gasLimit);
    const undone = Math.max(0, ...chosen.map(({ attempts }) => attempts));
    return chosen.slice(0, Math.max(1, chosen.length >> undone));
  }

  /** Legs that go on their way. */
  send(legs: readonly Leg[]): void {
    for (const { sellOrder, buyOrder, sellerMeter } of legs) {
      this.#orders.add(sellOrder).add(buyOrder);
      this.#meters.add(sellerMeter);
    }
    this.drop(legs);
  }

  /** Legs that do not wait any more. */
  drop(legs: readonly Leg[]): void {
    const dropped = new Set(legs);
    this.#waiting = this.#waiting.filter((leg) => !dropped.has(leg));
  }

  /** A round of which nothing is sent in this step. */
  dropRound(number: number): void {
    this.#waiting = this.#waiting.filter(({ round }) => round !== number);
  }
}
