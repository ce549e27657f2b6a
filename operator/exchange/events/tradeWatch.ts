import { getBlockNumber } from "viem/actions";
import { type Platform, readEvents } from "../../../sdk/index.ts";
import type { EventHub } from "./hub.ts";

const STATES = {
  ...{ TradeOpened: "opened", TradeSettled: "settled", TradeLapsed: "lapsed", TradeRuled: "ruled" },
  KwhClaimed: "claimed",
} as const;
const EVENTS = ["TradeOpened", "TradeSettled", "TradeLapsed", "TradeRuled", "KwhClaimed"] as const;

/** Reports what becomes of trades, no matter who opened or settled them. */
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
    this.#seen ??= to;
    // A node that lags behind the one asked before must not have things reported twice.
    if (to <= this.#seen) return;
    if (this.#hub.listeners > 0) await this.#publish({ from: this.#seen + 1n, to });
    this.#seen = to;
  }

  async #publish(range: { from: bigint; to: bigint }): Promise<void> {
    for (const log of await readEvents(this.#platform, "TradeEscrow", EVENTS, {}, range)) {
      const round = log.eventName === "TradeOpened" && log.args.round > 0n ? { round: Number(log.args.round) } : {};
      const data = { trade: String(log.args.id), state: STATES[log.eventName], transaction: log.transactionHash };
      this.#hub.publish({ topic: "trade", data: { ...data, ...round } });
    }
  }
}
