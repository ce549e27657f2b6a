import { type Curve, curve, formatDay, SLOTS } from "../../sdk/index.ts";

const CAPACITY_W = 5_000_000;
const GRAVITY = 9.81;
const WATER = 1000;
const HEAD_M = 30;
const EFFICIENCY = 0.85;

/** m³/s through the turbines: Sichuan's seasons of the year, wet June to October, level May and November, dry otherwise. */
const FLOW = { wet: 19, level: 12, dry: 7 };
/** The river carries this much more at its daily crest, at 20:00 when meltwater arrives, and this much less 12 hours later. */
const SWING = 0.03;
const CREST_HOUR = 20;

/** A run-of-river station's day: power = efficiency x density x gravity x flow x head, never above its capacity. */
export function runOfRiverCurve(day: number): Curve {
  const month = Number(formatDay(day).slice(5, 7));
  const season = month >= 6 && month <= 10 ? "wet" : month === 5 || month === 11 ? "level" : "dry";
  const slots = Array.from({ length: SLOTS }, (_, slot) => {
    const hour = (slot + 0.5) / 4;
    const flow = FLOW[season] * (1 + SWING * Math.cos((2 * Math.PI * (hour - CREST_HOUR)) / 24));
    return Math.round(Math.min(EFFICIENCY * WATER * GRAVITY * flow * HEAD_M, CAPACITY_W) / 4);
  });
  return curve(slots);
}
