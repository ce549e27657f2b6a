import { DujiangError } from "../types/errors.ts";
import { LANE_LIMIT, type Price } from "../types/units.ts";
import type { PriceRule } from "./priceRule.ts";

/** One side of a book; an order is its index, and indices ascend with the time of arrival. */
export interface BookSide {
  /** Fen per MWh, below 2^31: a sale asks at least, a purchase gives at most. */
  readonly limit: Uint32Array;
  /** Wh that can still trade, below 2^31; an order of nothing takes no part. */
  readonly energy: Float64Array;
  /** Small numbers, the same for all orders of one participant, on both sides: those never trade with each other. */
  readonly owner: Uint32Array;
}

/** The orders of one zone, day, slot and payment term. */
export interface Book {
  readonly sells: BookSide;
  readonly buys: BookSide;
}

/** By what a book is cleared. */
export interface ClearingTerms {
  rule: PriceRule;
  /** The season's limits: no price outside them is possible, whatever the orders ask. */
  floor: Price;
  cap: Price;
}

/** What a book clears to; where nobody meets, `price` is nothing and every fill 0. */
export interface Clearing {
  price: Price | undefined;
  volumeWh: number;
  /** Prices at which exactly this volume clears. */
  interval: readonly [low: Price, high: Price] | undefined;
  /** Wh by order. */
  sells: Float64Array;
  buys: Float64Array;
}

/** Thrown when a book cannot be cleared exactly, or the season's limits are reversed. */
export class ClearingError extends DujiangError {}

/** A side out of plain values; a typed array would take 1.7 as 1 and NaN as 0. */
export function bookSide(orders: readonly { limit: Price; energyWh: number; owner: number }[]): BookSide {
  return {
    limit: Uint32Array.from(orders, ({ limit }) => lane(limit, "limit")),
    energy: Float64Array.from(orders, ({ energyWh }) => lane(energyWh, "energy")),
    owner: Uint32Array.from(orders, ({ owner }) => lane(owner, "owner")),
  };
}

const LANES = {
  limit: { en: "limit in fen/MWh", zh: "限价（分/MWh）" },
  energy: { en: "energy in Wh", zh: "电量（Wh）" },
  owner: { en: "number of an owner", zh: "所属方编号" },
};

/** The value itself, if a book can hold it. */
export function lane(value: number, what: keyof typeof LANES): number {
  if (Number.isInteger(value) && value >= 0 && value < LANE_LIMIT) return value;
  throw new ClearingError({
    en: `The ${LANES[what].en} of an order is ${value}: it must be a whole number from 0 to 2147483647.`,
    zh: `报单的${LANES[what].zh}为 ${value}：须为 0 至 2147483647 的整数。`,
  });
}

export function checkTerms({ floor, cap }: ClearingTerms): void {
  if (Number.isInteger(floor) && Number.isInteger(cap) && floor >= 0 && floor <= cap && cap < LANE_LIMIT) return;
  throw new ClearingError({
    en: `Prices from ${floor} to ${cap} fen/MWh are not a season's limits: both are whole, from 0 to 2147483647, the lower first.`,
    zh: `${floor} 至 ${cap} 分/MWh 不是有效的季节限价：二者均须为 0 至 2147483647 的整数，且下限在前。`,
  });
}

/** A book that was put together by hand holds doubles, and those need not be whole. */
export function checkEnergy(wh: number): void {
  if (!Number.isInteger(wh) || wh < 0) lane(wh, "energy");
}

/** Sums of Wh stay whole numbers that a double holds exactly: 2^53 Wh are 9,007 TWh, Sichuan's use of twenty years. */
export function checkTotal(totalWh: number): void {
  if (totalWh <= Number.MAX_SAFE_INTEGER) return;
  throw new ClearingError({
    en: `The book holds ${totalWh} Wh, more than the 2^53 that are counted exactly: split it.`,
    zh: `订单簿合计 ${totalWh} Wh，超过可精确计算的 2^53：请拆分。`,
  });
}
