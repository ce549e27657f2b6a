import { type Band, type Curve, curvesToBands, DujiangError, slotLimitWh, sumCurve } from "../../sdk/index.ts";
import type { DayMeter } from "./readings.ts";

/** Thrown when readings leave nothing that could be contracted. */
export class ContractError extends DujiangError {}

/** Lowest and highest price of the delivery day's season. */
export interface PriceLimits {
  floor: number;
  cap: number;
}

/** 00:00–09:00 valley, 09:00–18:00 peak, 18:00–24:00 flat: what contracts are made of, with their price between the limits. */
const PARTS = [
  { from: 0, to: 36, pricePercent: 55 },
  { from: 36, to: 72, pricePercent: 85 },
  { from: 72, to: 96, pricePercent: 70 },
] as const;
/** Where a part is too uneven to be sold as one stretch, 90 minutes. */
const SHORT_SLOTS = 6;

/** A price this far up from the floor to the cap. */
export function priceBetween({ floor, cap }: PriceLimits, percent: number): number {
  return floor + Math.floor(((cap - floor) * percent) / 100);
}

/**
 * What a seller and a buyer agree on: at most these parts of what the one generates at least, and the other uses on
 * average, in each stretch of the day. Contracts here are drawn up from the day's readings, as forecasts would be.
 */
export function contractBands(
  seller: DayMeter,
  buyer: DayMeter,
  shares: { seller: number; buyer: number },
  limits: PriceLimits,
): Band[] {
  const sold = level(seller.curve, least, shares.seller);
  const used = level(buyer.curve, mean, shares.buyer);
  const energy = sold.map((wh, slot) => Math.min(wh, used[slot] ?? 0));
  const price = energy.map((_, slot) =>
    priceBetween(limits, PARTS.find(({ from, to }) => from <= slot && slot < to)?.pricePercent ?? 0),
  );
  return curvesToBands(energy, price);
}

/** Of some buyers, the first with whom a seller has a lot to trade at least. */
export function partnerOf(
  seller: DayMeter,
  buyers: readonly DayMeter[],
  shares: { seller: number; buyer: number },
  limits: PriceLimits,
  lotWh: number,
): DayMeter {
  const partner = buyers.find((buyer) => contractWh(contractBands(seller, buyer, shares, limits)) >= lotWh);
  if (partner !== undefined) return partner;
  const names = {
    en: buyers.map(({ name }) => `"${name}"`).join(" or "),
    zh: buyers.map(({ name }) => `“${name}”`).join("或"),
  };
  throw new ContractError({
    en: `Meter "${seller.name}" generates less than a lot of ${lotWh} Wh for a contract while ${names.en} uses something, so there is nothing to trade: choose another date for one of them.`,
    zh: `在${names.zh}用电的时段，计量点“${seller.name}”的发电不足一个最小交易单位 ${lotWh} Wh，无可交易：请为其中之一另选日期。`,
  });
}

const contractWh = (bands: readonly Band[]): number =>
  bands.reduce((sum, { fromSlot, toSlot, energyWh }) => sum + (toSlot - fromSlot) * energyWh, 0);

/** What a careful seller offers: part of what it generates at least. */
export function carefulOffer({ curve }: DayMeter, percent: number): Curve {
  return level(curve, least, percent);
}

/** What a seller offers who hopes for more than the day brings: above what it generates at most. */
export function boldOffer({ curve, capacityW, name }: DayMeter, percent: number): Curve {
  const limit = Number(slotLimitWh(BigInt(capacityW)));
  const offer = level(curve, most, percent).map((wh) => Math.min(wh, limit));
  if (sumCurve(offer) > sumCurve(curve)) return offer;
  throw new ContractError({
    en: `Meter "${name}" generates nothing that could be sold: choose another date for it.`,
    zh: `计量点“${name}”没有可出售的发电：请为其另选日期。`,
  });
}

/** What a buyer asks for: part of what it uses on average. */
export function demand({ curve }: DayMeter, percent: number): Curve {
  return level(curve, mean, percent);
}

/** The rows of an order for a day at one limit price. */
export function orderBands(energy: Curve, price: number): Band[] {
  return curvesToBands(
    energy,
    energy.map(() => price),
  );
}

/** A curve in level stretches, as people sign it: whole parts of the day where they are even enough. */
function level(curve: Curve, figure: (values: Curve) => number, percent: number): Curve {
  return PARTS.flatMap(({ from, to }) => {
    const values = curve.slice(from, to);
    const isEven = least(values) * 2 >= most(values);
    const length = isEven ? values.length : SHORT_SLOTS;
    return values.map((_, index) => {
      const start = index - (index % length);
      return Math.floor((figure(values.slice(start, start + length)) * percent) / 100);
    });
  });
}

const least = (values: Curve) => Math.min(...values);
const most = (values: Curve) => Math.max(...values);
const mean = (values: Curve) => Math.floor(values.reduce((sum, wh) => sum + wh, 0) / values.length);
