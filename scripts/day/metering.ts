import { type Day, encodeCurve, readEvents } from "../../sdk/index.ts";
import type { DayMarket } from "./market.ts";
import type { MeterIds } from "./meters.ts";
import type { DayMeter } from "./readings.ts";

const MEASURED = 0;
const HOUR = 3600;

/** The metering centre reports the day of some meters, and once nobody can object any more the operator's keeper freezes it. */
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
  const reported = readings.map(({ meter }) => meter);
  await market.until({ zh: "读数定稿", en: "freezing the readings" }, async () => {
    const frozen = await readEvents(market.platform, "MeterRegistry", ["MeterDayFrozen"], { meter: reported, day });
    return frozen.length === reported.length ? true : undefined;
  });
  const names = meters.map(({ name }) => name);
  market.say({
    zh: `${names.join("、")}：已上报，${objectionHours} 小时无异议后由运营服务定稿。`,
    en: `Reported, and frozen by the operator after ${objectionHours} hours without objection: ${names.join(", ")}.`,
  });
}
