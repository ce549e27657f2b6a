import { type Curve, curve, sumCurve, valueAt } from "../types/curve.ts";
import { DujiangError } from "../types/errors.ts";
import { SLOTS, slotsLabel } from "../types/time.ts";
import { type Fen, LANE_LIMIT, type Wh } from "../types/units.ts";
import { amount } from "./amount.ts";

/** A stretch of slots of equal energy and price: the row of a trade that a person reads and signs. */
export interface Band {
  /** First slot of the stretch, 0 to 95. */
  fromSlot: number;
  /** Slot at which the stretch ends, 1 to 96; not part of it. */
  toSlot: number;
  /** Wh in each slot, above 0 and below 2^31. */
  energyWh: number;
  /** Fen per MWh, below 2^31. */
  price: number;
}

/** Thrown when bands do not describe a day. */
export class BandError extends DujiangError {}

/** Returns the bands if they are ascending, apart from each other and within the day; throws otherwise. */
export function checkBands(bands: readonly Band[]): readonly Band[] {
  let free = 0;
  bands.forEach(({ fromSlot, toSlot, energyWh, price }, index) => {
    const row = {
      en: `Band ${index + 1} (slots ${fromSlot} to ${toSlot})`,
      zh: `第 ${index + 1} 个分段（时段 ${fromSlot} 至 ${toSlot}）`,
    };
    if (![fromSlot, toSlot].every(Number.isInteger) || fromSlot < 0 || fromSlot >= toSlot || toSlot > SLOTS) {
      throw new BandError({
        en: `${row.en} is not a stretch of the day: it must begin at 0 or later, before its end, and end by 96.`,
        zh: `${row.zh}不是一天中的一段：起点须不小于 0 且小于终点，终点不大于 96。`,
      });
    }
    if (fromSlot < free) {
      throw new BandError({
        en: `${row.en} begins before slot ${free}, where the band above it ends: bands ascend and do not overlap.`,
        zh: `${row.zh}的起点早于上一分段的终点 ${free}：分段须按时间先后排列且不重叠。`,
      });
    }
    if (!Number.isInteger(energyWh) || energyWh <= 0 || energyWh >= LANE_LIMIT) {
      throw new BandError({
        en: `${row.en} holds ${energyWh} Wh a slot: it must be a whole number from 1 to 2147483647.`,
        zh: `${row.zh}每时段电量为 ${energyWh} Wh：须为 1 至 2147483647 的整数。`,
      });
    }
    if (!Number.isInteger(price) || price < 0 || price >= LANE_LIMIT) {
      throw new BandError({
        en: `${row.en} is priced at ${price} fen/MWh: it must be a whole number from 0 to 2147483647.`,
        zh: `${row.zh}的价格为 ${price} 分/MWh：须为 0 至 2147483647 的整数。`,
      });
    }
    free = toSlot;
  });
  return bands;
}

/** The day that bands describe; slots outside every band hold no energy at no price. */
export function bandsToCurves(bands: readonly Band[]): { energy: Curve; price: Curve } {
  const energy = new Array<number>(SLOTS).fill(0);
  const price = new Array<number>(SLOTS).fill(0);
  for (const band of checkBands(bands)) {
    energy.fill(band.energyWh, band.fromSlot, band.toSlot);
    price.fill(band.price, band.fromSlot, band.toSlot);
  }
  return { energy, price };
}

/** The fewest bands that describe a day; the price of a slot without energy does not matter and is dropped. */
export function curvesToBands(energy: Curve, price: Curve): Band[] {
  const bands: Band[] = [];
  curve(price);
  curve(energy).forEach((energyWh, slot) => {
    if (energyWh === 0) return;
    const last = bands.at(-1);
    if (last?.toSlot === slot && last.energyWh === energyWh && last.price === valueAt(price, slot))
      last.toSlot = slot + 1;
    else bands.push({ fromSlot: slot, toSlot: slot + 1, energyWh, price: valueAt(price, slot) });
  });
  return bands;
}

/** The totals that stand beside the bands in what a person signs. */
export function bandTotals(bands: readonly Band[]): { totalEnergyWh: Wh; totalAmountFen: Fen } {
  // All slots of a band cost the same, so that each band counts as one.
  const energy = checkBands(bands).map(({ fromSlot, toSlot, energyWh }) => (toSlot - fromSlot) * energyWh);
  const price = bands.map((band) => band.price);
  return { totalEnergyWh: sumCurve(energy), totalAmountFen: amount(energy, price) };
}

/** "09:00–18:00", the hours of a band. */
export function bandLabel({ fromSlot, toSlot }: Pick<Band, "fromSlot" | "toSlot">): string {
  return slotsLabel(fromSlot, toSlot);
}
