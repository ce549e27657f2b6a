import { type Day, encodeCurve } from "../../sdk/index.ts";
import type { DayMarket } from "./market.ts";
import type { MeterIds } from "./meters.ts";
import type { DayMeter } from "./readings.ts";

const MEASURED = 0;
const HOUR = 3600;

/** The metering centre reports the day of some meters, and once nobody can object any more it is frozen. */
export async function reportAndFreeze(
  market: DayMarket,
  ids: MeterIds,
  meters: readonly DayMeter[],
  day: Day,
): Promise<void> {
  const readings = meters.map((meter) => ({
    meter: ids.get(meter) ?? 0n,
    day,
    quality: MEASURED,
    curve: encodeCurve(meter.curve),
  }));
  await market.send("meterOperator", "MeterRegistry", "report", [readings]);
  const { objectionHours } = await market.read("MeterRegistry", "windowsOf", [day]);
  await market.goTo((await market.chain.now()) + objectionHours * HOUR + 60);
  await market.send("meterOperator", "MeterRegistry", "freeze", [readings.map(({ meter }) => ({ meter, day }))]);
  const names = meters.map(({ name }) => name);
  market.say({
    zh: `${names.join("、")}：已上报，${objectionHours} 小时无异议后定稿。`,
    en: `Reported, and frozen after ${objectionHours} hours without objection: ${names.join(", ")}.`,
  });
}
