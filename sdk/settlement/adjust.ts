import type { Hex } from "viem";
import { getBlock } from "viem/actions";
import { adjustmentDesk } from "../chain/abi/index.ts";
import type { Platform } from "../chain/client.ts";
import { eventsOf } from "../chain/logs.ts";
import { readDayTrades, readPrices, readTrades } from "../market/opened.ts";
import { type OutcomeProof, readFinished, readKeptOutcomes } from "../market/outcomes.ts";
import type { Outcome, TradeTerms } from "../market/terms.ts";
import { MeterDayError, readCorrections } from "../metering/metered.ts";
import { encodeCurve, encodeOptionalCurve } from "../types/curve.ts";
import { DujiangError } from "../types/errors.ts";
import { groupBy } from "../types/groupBy.ts";
import { type Day, formatDay } from "../types/time.ts";

/** Thrown when a trade is not one that a correction can change anything about. */
export class AdjustError extends DujiangError {}

/** A trade in the arguments of `adjust`. */
export interface TradeAdjustment {
  id: bigint;
  /** Index into the price curves. */
  price: number;
  terms: TradeTerms;
  energy: Hex;
  /** "0x" if nothing was sold before. */
  offset: Hex;
  previous: Outcome;
  /** Where the outcome at settlement is found; empty if it was adjusted before, which the desk keeps itself. */
  proof: OutcomeProof;
}

/** A meter day as `AdjustmentDesk.adjust` takes it: the curve it was corrected to, and the trades to adjust by it. */
export interface DayAdjustment {
  meter: bigint;
  day: Day;
  corrected: Hex;
  trades: TradeAdjustment[];
}

/** The arguments of `AdjustmentDesk.adjust`. */
export type AdjustArguments = [adjustments: DayAdjustment[], prices: Hex[]];

/** What a trade came to when it was settled or last adjusted; `version` is 0 if it never was adjusted. */
export interface VersionedOutcome {
  version: number;
  outcome: Outcome;
}

/** Of a trade that was adjusted before the desk keeps the outcome itself. */
const NO_PROOF: OutcomeProof = { settlement: 0n, siblings: [] };

/**
 * The arguments that adjust settled trades to the corrections of their meter days, out of a node's logs alone. Trades that
 * are adjusted to the version in force are left out; a day without a correction, or with one that is still open to objection,
 * is refused with the reason.
 */
export async function buildAdjust(platform: Platform, ids: readonly bigint[]): Promise<AdjustArguments> {
  const distinct = [...new Set(ids)];
  const [trades, outcomes] = await Promise.all([readTrades(platform, distinct), readOutcomes(platform, distinct)]);
  const first = distinct.filter((id) => outcomes.get(id)?.version === 0);
  const [curves, kept] = await Promise.all([readPrices(platform, trades), readKeptOutcomes(platform, first)]);
  const hashes = [...curves.keys()];
  const adjustments: DayAdjustment[] = [];
  for (const [day, ofDay] of groupBy(trades, ({ terms }) => terms.day)) {
    const sold = await readDayTrades(platform, day);
    for (const [meter, ofMeter] of groupBy(ofDay, ({ terms }) => terms.sellerMeter)) {
      const { version, curve } = await correctionInForce(platform, meter, day);
      const wanted = new Set(ofMeter.map(({ id }) => id));
      const placed = sold.get(meter)?.filter(({ id }) => wanted.has(id) && outcomes.get(id)?.version !== version) ?? [];
      if (placed.length === 0) continue;
      const items = placed.map(({ id, terms, energy, offset }) => ({
        ...{ id, terms, price: hashes.indexOf(terms.priceHash) },
        ...{ energy: encodeCurve(energy), offset: encodeOptionalCurve(offset) },
        previous: (outcomes.get(id) as VersionedOutcome).outcome,
        proof: kept.get(id)?.proof ?? NO_PROOF,
      }));
      adjustments.push({ meter, day, corrected: encodeCurve(curve), trades: items });
    }
  }
  return [adjustments, [...curves.values()].map(encodeCurve)];
}

/** What trades came to, by their ids: as they were last adjusted or, if they never were, settled. */
export async function readOutcomes(platform: Platform, ids: readonly bigint[]): Promise<Map<bigint, VersionedOutcome>> {
  if (ids.length === 0) return new Map();
  const [finished, adjusted] = await Promise.all([
    readFinished(platform, ids),
    eventsOf(platform, adjustmentDesk, ["TradeAdjusted"], { id: ids }),
  ]);
  const found = new Map<bigint, VersionedOutcome>();
  for (const id of ids) {
    const settled = finished.get(id);
    if (settled === undefined || settled.ruled) {
      throw new AdjustError({
        en: `Trade ${id} is not settled, so there is nothing to adjust: settle it first; what an arbiter ruled stays as it is.`,
        zh: `交易 ${id} 尚未结算，无从退补：请先结算；仲裁裁决的结果不再变动。`,
      });
    }
    found.set(id, { version: 0, outcome: settled.outcome });
  }
  // Oldest first: the last one stays.
  for (const { args } of adjusted) found.set(args.id, { version: args.version, outcome: args.outcome });
  return found;
}

async function correctionInForce(platform: Platform, meter: bigint, day: Day) {
  const { inForce } = await readCorrections(platform, meter, day);
  const where = { en: `Meter ${meter} on ${formatDay(day)}`, zh: `计量点 ${meter} 在 ${formatDay(day)} 的读数` };
  if (inForce === undefined)
    throw new MeterDayError({
      en: `${where.en} has no correction: its trades stay as they were settled.`,
      zh: `${where.zh}没有更正：其交易维持原结算结果。`,
    });
  const { timestamp } = await getBlock(platform.client);
  if (timestamp < BigInt(inForce.adjustableAt)) {
    throw new MeterDayError({
      en: `${where.en} was corrected, but version ${inForce.version} is open to objection until unix second ${inForce.adjustableAt}: adjust its trades then.`,
      zh: `${where.zh}已更正，但第 ${inForce.version} 版的异议期至 Unix 秒 ${inForce.adjustableAt} 才结束：届时再退补其交易。`,
    });
  }
  return inForce;
}
