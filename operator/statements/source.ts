import { getBlockNumber, readContract } from "viem/actions";
import { contractOf, type Day, type DebtState, type Platform, readDebt } from "../../sdk/index.ts";
import { Cached } from "../chain/cached.ts";
import { Refusal } from "../gateway/refusal.ts";
import type { DayTrade } from "./dayTrade.ts";
import { readTradingDays } from "./readTradingDays.ts";

/** Trading days are large: so many stretches of them are kept. */
const MOST_STRETCHES = 8;
/** Logs up to a block do not change any more: how long nobody has to ask for a stretch until it is forgotten. */
const STRETCH_MS = 600_000;

/** What statements are drawn up from, asked of the node once for everybody who asks at the same block. */
export class StatementSource {
  readonly #head: Cached<undefined, bigint>;
  readonly #stretches: Cached<string, Map<Day, DayTrade[]>>;
  readonly #debts: Cached<bigint, DebtState>;
  readonly #count: Cached<undefined, number>;
  readonly #isMeter: Cached<bigint, boolean>;

  /** @param ttlMs how long an answer of the chain is good for */
  constructor(platform: Platform, ttlMs: number) {
    this.#head = new Cached(ttlMs, () => getBlockNumber(platform.client, { cacheTime: 0 }));
    this.#stretches = new Cached(
      STRETCH_MS,
      (key) => {
        const [from = 0, to = 0] = key.split(" ").map(Number);
        return readTradingDays(platform, { from, to });
      },
      MOST_STRETCHES,
    );
    this.#debts = new Cached(ttlMs, (id) => readDebt(platform, id));
    const registry = contractOf(platform, "ParticipantRegistry");
    this.#count = new Cached(ttlMs, () =>
      readContract(platform.client, { ...registry, functionName: "participantCount" }),
    );
    const meters = contractOf(platform, "MeterRegistry");
    this.#isMeter = new Cached(ttlMs, async (meter) => {
      const { direction } = await readContract(platform.client, { ...meters, functionName: "meterOf", args: [meter] });
      return direction !== 0;
    });
  }

  /** The trades of the days from one to another, both included, by day. */
  async trades({ from, to }: { from: Day; to: Day }): Promise<Map<Day, DayTrade[]>> {
    return this.#stretches.get(`${from} ${to} ${await this.#head.get(undefined)}`);
  }

  /** Debts as they stand: what is unpaid changes with every payment, and the late fee by the day. */
  debts(ids: readonly bigint[]): Promise<DebtState[]> {
    return Promise.all(ids.map((id) => this.#debts.get(id)));
  }

  async requireParticipant(participant: number): Promise<void> {
    const count = await this.#count.get(undefined);
    if (participant >= 1 && participant <= count) return;
    const words = {
      en: `There is no participant ${participant}: participants are numbered from 1 to ${count}.`,
      zh: `参与方 ${participant} 不存在：参与方编号为 1 至 ${count}。`,
    };
    throw new Refusal(404, "UnknownParticipant", words, { participant, count });
  }

  async requireMeters(meters: readonly bigint[]): Promise<void> {
    for (const meter of meters) {
      if (await this.#isMeter.get(meter)) continue;
      const words = {
        en: `Meter ${meter} is not registered: leave it out.`,
        zh: `计量点 ${meter} 未登记：请删除。`,
      };
      throw new Refusal(404, "UnknownMeter", words, { meter });
    }
  }
}
