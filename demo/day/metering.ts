import { type Day, type DayState, isDayFinal, isDayOpen, readMeterDays } from "../../sdk/index.ts";
import type { DayMarket } from "./market.ts";
import { assetNumber, type MeterIds } from "./meters.ts";
import type { DayMeter } from "./readings.ts";

const HOUR = 3600;

/**
 * The metering centre hands in the day of some meters; the operator's service reports it and, once nobody can object any
 * more, finalises it.
 * @param whileOpen what happens while the readings are open to objection
 */
export async function reportAndFinalise(
  market: DayMarket,
  ids: MeterIds,
  meters: readonly DayMeter[],
  day: Day,
  whileOpen = async () => {},
): Promise<void> {
  const { exchange, platform } = market;
  const numbers = meters.map((meter) => ids.get(meter) ?? 0n);
  await exchange.readings(
    meters.map(({ curve }, index) => ({ assetNumber: assetNumber(numbers[index] ?? 0n), day, curve })),
  );
  const every = async (isThere: (state: DayState) => boolean) =>
    (await readMeterDays(platform, numbers, day)).every(({ state }) => isThere(state)) || undefined;
  await market.until({ zh: "上报读数", en: "reporting the readings" }, () =>
    every((state) => isDayOpen(state) || isDayFinal(state)),
  );
  await whileOpen();
  const { objectionHours } = await market.read("MeterRegistry", "windowsOf", [day]);
  await market.goTo((await market.chain.now()) + objectionHours * HOUR + 60);
  await market.until({ zh: "读数定稿", en: "the readings to become final" }, () => every(isDayFinal));
  const names = meters.map(({ name }) => name);
  market.say({
    zh: `${names.join("、")}：计量中心提交读数，运营服务上报，${objectionHours} 小时无异议后定稿。`,
    en: `Handed in by the metering centre, reported by the operator, and finalised after ${objectionHours} hours without objection: ${names.join(", ")}.`,
  });
}
