import { getBlockNumber } from "viem/actions";
import type { BlockRange } from "../../../sdk/chain/logs.ts";
import { type Day, type Platform, readDaysEndedBy, readEvents, readingsUnder } from "../../../sdk/index.ts";
import type { EventHub } from "./hub.ts";

const STATES = {
  ...{ TradeOpened: "opened", TradeSettled: "settled", TradeLapsed: "lapsed", TradeRuled: "ruled" },
  KwhClaimed: "claimed",
} as const;
const READINGS = {
  MeterDayReported: "reported",
  MeterDayFinalised: "final",
  MeterDayCorrected: "corrected",
  MeterDayLapsed: "lapsed",
} as const;
const namesOf = <Name extends string>(states: Record<Name, string>) => Object.keys(states) as Name[];

/** Reports what becomes of trades and readings, no matter who opened, settled or reported them. */
export class ChainWatch {
  readonly #platform: Platform;
  readonly #hub: EventHub;
  #seen: bigint | undefined;

  constructor(platform: Platform, hub: EventHub) {
    this.#platform = platform;
    this.#hub = hub;
  }

  /** Whether somebody listens or not: who comes back asks for what happened meanwhile. */
  async look(): Promise<void> {
    const to = await getBlockNumber(this.#platform.client, { cacheTime: 0 });
    this.#seen ??= to;
    // A node that lags behind the one asked before must not have things reported twice.
    if (to <= this.#seen) return;
    const range = { from: this.#seen + 1n, to };
    const [trades, readings] = await Promise.all([this.#trades(range), this.#readings(range)]);
    for (const event of [...trades, ...readings]) this.#hub.publish(event);
    this.#seen = to;
  }

  async #trades(range: BlockRange) {
    const logs = await readEvents(this.#platform, "TradeEscrow", namesOf(STATES), {}, range);
    return logs.map((log) => {
      const round = log.eventName === "TradeOpened" && log.args.round > 0n ? { round: Number(log.args.round) } : {};
      const data = { trade: String(log.args.id), state: STATES[log.eventName], transaction: log.transactionHash };
      return { topic: "trade" as const, data: { ...data, ...round } };
    });
  }

  async #readings(range: BlockRange) {
    const platform = this.#platform;
    const logs = await readEvents(platform, "MeterRegistry", namesOf(READINGS), {}, range);
    const ofDays = logs.map((log) => {
      const version = "version" in log.args ? { version: log.args.version } : {};
      return readingEvent(log.args, { state: READINGS[log.eventName], transaction: log.transactionHash, ...version });
    });
    const roots = await readEvents(platform, "MeterRegistry", ["RootReported", "RootFinalised"], {}, range);
    const ofRoots = await Promise.all(
      roots.map(async (log) => {
        const isReport = log.eventName === "RootReported";
        const readings = isReport ? readingsUnder(log) : await readDaysEndedBy(platform, log);
        const data = { state: isReport ? "reported" : "final", transaction: log.transactionHash, version: 1 };
        return readings.map((reading) => readingEvent(reading, data));
      }),
    );
    return [...ofDays, ...ofRoots.flat()];
  }
}

const readingEvent = ({ meter, day }: { meter: bigint; day: Day }, data: object) => ({
  topic: "reading" as const,
  day,
  data: { meter: String(meter), ...data },
});
