import clearSky from "../../../data/clear-sky.json" with { type: "json" };
import { lowValleyCurve, threePartCurve } from "../../../sdk/metering/standard.ts";
import { type Curve, curve } from "../../../sdk/types/curve.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import { apportion } from "../../../sdk/types/rounding.ts";
import type { Sentence } from "../../../sdk/types/sentence.ts";
import { type Day, formatDay, SLOTS } from "../../../sdk/types/time.ts";
import { formatKwh, LANE_LIMIT, type Wh } from "../../../sdk/types/units.ts";

/** A shape for a day's energy. */
export interface Template {
  id: "threePart" | "lowValley" | "solar" | "flat";
  name: Sentence;
  hint: Sentence;
  /** Shares a whole out over the day. */
  share(total: bigint, day: Day): Curve;
}

/** Thrown when a day's energy cannot be shared out. */
export class TemplateError extends DujiangError {}

export const TEMPLATES: readonly Template[] = [
  {
    id: "threePart",
    name: { en: "Three-part", zh: "三段式" },
    hint: { en: "20 % 00:00–09:00, 50 % 09:00–18:00, 30 % 18:00–24:00", zh: "0–9 时 20%，9–18 时 50%，18–24 时 30%" },
    share: threePartCurve,
  },
  {
    id: "lowValley",
    name: { en: "Low valley", zh: "低谷" },
    hint: { en: "level over 23:00–07:00", zh: "23:00–7:00 均匀" },
    share: lowValleyCurve,
  },
  {
    id: "solar",
    name: { en: "Solar", zh: "光伏" },
    hint: { en: "a clear day of this month, computed and not measured", zh: "本月典型晴天（计算值，非实测）" },
    share: (total, day) => curve(apportion(total, clearSkyOf(day))),
  },
  {
    id: "flat",
    name: { en: "Flat", zh: "平均" },
    hint: { en: "the same in all 96 slots", zh: "96 个时段均分" },
    share: (total) => curve(apportion(total, new Array<bigint>(SLOTS).fill(1n))),
  },
];

/**
 * A day's energy in the shape of a template, every slot in whole lots, the least that is traded.
 * @throws TemplateError if the energy is none, or no whole number of lots
 */
export function curveOf(template: Template, totalWh: Wh, { day, lotWh }: { day: Day; lotWh: number }): Curve {
  const lot = BigInt(lotWh);
  if (totalWh <= 0n)
    throw new TemplateError({
      en: "The day's energy is 0: write how much it is, such as 36000 kWh.",
      zh: "当日电量为 0：请填写电量，例如 36000 kWh。",
    });
  if (totalWh % lot !== 0n) {
    const [below, above] = [totalWh - (totalWh % lot), totalWh - (totalWh % lot) + lot].map(formatKwh);
    throw new TemplateError({
      en: `${formatKwh(totalWh)} is no multiple of the lot of ${formatKwh(lot)}: write ${below} or ${above}.`,
      zh: `${formatKwh(totalWh)} 不是最小交易单位 ${formatKwh(lot)} 的整数倍：请填写 ${below} 或 ${above}。`,
    });
  }
  if (totalWh >= BigInt(LANE_LIMIT) * BigInt(SLOTS))
    throw new TemplateError({
      en: `${formatKwh(totalWh)} is more than a day can hold: check the unit.`,
      zh: `${formatKwh(totalWh)} 超过一天的上限：请检查单位。`,
    });
  return curve(template.share(totalWh / lot, day).map((lots) => BigInt(lots) * lot));
}

/** The weights of a clear day in the month of a day. */
function clearSkyOf(day: Day): bigint[] {
  const month = Number(formatDay(day).slice(5, 7));
  return clearSky.months[month - 1]!.map(BigInt);
}
