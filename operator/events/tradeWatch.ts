import { getBlockNumber } from "viem/actions";
import { type Platform, readEvents } from "../../sdk/index.ts";
import type { EventHub } from "./hub.ts";

const STATES = { TradeOpened: "opened", TradeSettled: "settled", TradeLapsed: "lapsed", TradeRuled: "ruled" } as const;
const EVENTS = ["TradeOpened", "TradeSettled", "TradeLapsed", "TradeRuled"] as const;

/** Tells what becomes of trades, whoever opened or settled them. */
export class TradeWatch {
  readonly #platform: Platform;
  readonly #hub: EventHub;
  #seen: bigint | undefined;

  constructor(platform: Platform, hub: EventHub) {
    this.#platform = platform;
    this.#hub = hub;
  }

  async look(): Promise<void> {
    const to = await getBlockNumber(this.#platform.client, { cacheTime: 0 });
    const from = this.#seen === undefined ? to + 1n : this.#seen + 1n;
    if (from > to || this.#hub.listeners === 0) {
      this.#seen = to;
      return;
    }
    for (const { eventName, args, transactionHash } of await readEvents(
      this.#platform,
      "TradeEscrow",
      EVENTS,
      {},
      { from, to },
    )) {
      const data = { trade: String(args.id), state: STATES[eventName], transaction: transactionHash };
      this.#hub.tell({ topic: "trade", data });
    }
    this.#seen = to;
  }
}
