import { type Curve, type Day, type Fen, formatYuan, readDebt, readEvents } from "../../sdk/index.ts";
import type { DayMarket } from "./market.ts";
import { assetNumber, type MeterIds } from "./meters.ts";
import type { DayMeter } from "./readings.ts";
import { DayRefused } from "./refused.ts";

/** A reading is corrected after settlement and, because the correction was wrong, corrected back: nothing is left owed. */
export async function correctThereAndBack(
  market: DayMarket,
  ids: MeterIds,
  [meter, beside]: [DayMeter, DayMeter],
  day: Day,
  trade: bigint,
): Promise<void> {
  const half = meter.curve.map((wh) => Math.floor(wh / 2));
  await correct(market, ids, [{ meter, curve: half }], { day, version: 2, trade });
  const [first] = await readOwed(market, trade);
  if (first === undefined)
    throw new DayRefused({
      en: `The correction changed nothing about trade ${trade}.`,
      zh: `更正未改变交易 ${trade}。`,
    });
  market.say({
    zh: `${meter.name} 的读数更正为一半：交易 ${trade} 退补，${market.nameOf(first.debtor)}应退${market.nameOf(first.creditor)} ${formatYuan(first.unpaidFen)}。`,
    en: `The reading of ${meter.name} was corrected to half: by the adjustment of trade ${trade}, ${market.nameOf(first.debtor)} owes ${market.nameOf(first.creditor)} ${formatYuan(first.unpaidFen)}.`,
  });
  // A batch that was taken before is not taken again: the reading comes back beside another meter's.
  const again = [meter, beside].map((each) => ({ meter: each, curve: each.curve }));
  await correct(market, ids, again, { day, version: 3, trade });
  const left = (await readOwed(market, trade)).reduce((sum: Fen, { unpaidFen }) => sum + unpaidFen, 0n);
  if (left !== 0n)
    throw new DayRefused({
      en: `Trade ${trade} was corrected there and back, and ${left} fen are owed.`,
      zh: `交易 ${trade} 更正后又改回，却仍欠 ${left} 分。`,
    });
  market.say({
    zh: `更正本身有误，再更正回原读数：差额全部冲减，交易 ${trade} 不再有应付差额。`,
    en: `The correction was wrong and was corrected back: the differences were taken back, and trade ${trade} leaves nothing owed.`,
  });
}

/** The metering centre hands in a reading of a final day; the operator's service passes it on and adjusts by it. */
async function correct(
  market: DayMarket,
  ids: MeterIds,
  readings: readonly { meter: DayMeter; curve: Curve }[],
  { day, version, trade }: { day: Day; version: number; trade: bigint },
): Promise<void> {
  const { exchange, platform } = market;
  const numbered = readings.map(({ meter, curve }) => ({ number: ids.get(meter) ?? 0n, curve }));
  const [corrected] = numbered;
  await exchange.readings(numbered.map(({ number, curve }) => ({ assetNumber: assetNumber(number), day, curve })));
  const { args } = await market.until({ zh: "更正读数", en: "correcting the reading" }, async () => {
    const found = await readEvents(platform, "MeterRegistry", ["MeterDayCorrected"], { meter: corrected?.number, day });
    return found.find((event) => event.args.version === version);
  });
  await market.goTo(args.adjustableAt + 60);
  await market.until({ zh: "按更正退补", en: "adjusting by the correction" }, async () => {
    const adjusted = await readEvents(platform, "AdjustmentDesk", ["TradeAdjusted"], { id: trade });
    return adjusted.find((event) => event.args.version === version);
  });
}

async function readOwed(market: DayMarket, trade: bigint) {
  const posted = await readEvents(market.platform, "AdjustmentDesk", ["DifferencePosted"], { id: trade });
  return Promise.all(posted.map(({ args }) => readDebt(market.platform, args.debt)));
}
