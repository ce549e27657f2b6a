import { type Day, formatYuan, PAYABLE_KINDS, readEvents } from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import type { DayMarket } from "./market.ts";
import { reportAndFinalise } from "./metering.ts";
import type { MeterIds } from "./meters.ts";
import type { DayMeter } from "./readings.ts";
import { awaitSettlement } from "./settle.ts";

/** No reading comes in time: the keeper releases what is held; what is owed stays owed. */
export async function awaitLapse(market: DayMarket, meter: DayMeter, day: Day, trade: bigint): Promise<void> {
  await market.goTo(Number(await market.read("MeterRegistry", "lapsesAt", [day])) + 60);
  await market.until({ zh: "逾期失效", en: "letting the day lapse" }, async () => {
    const [lapsed] = await readEvents(market.platform, "TradeEscrow", ["TradeLapsed"], { id: trade });
    return lapsed;
  });
  market.say({
    zh: `${meter.name} 逾期未上报，当日失效：交易 ${trade} 的冻结款项释放，付款义务保留。`,
    en: `No reading of ${meter.name} came by the deadline: its day lapsed, the holds of trade ${trade} were released; what is owed stays owed.`,
  });
}

/** The reading comes late and is settled as an invoice due at once, which the debtors pay. */
export async function settleLate(market: DayMarket, ids: MeterIds, meter: DayMeter, day: Day, trade: bigint) {
  await reportAndFinalise(market, ids, [meter], day);
  await awaitSettlement(market, [trade]);
  for (const [kind, name] of PAYABLE_KINDS.entries()) {
    const owed = await market.read("TradeEscrow", "payableOf", [trade, kind]);
    if (owed.amountFen === 0n) continue;
    const [debtor] = [...market.participants].find(([, id]) => id === owed.debtor) ?? [];
    await market.send(debtor as LocalActor, "TradeEscrow", "payPayable", [trade, kind]);
    market.say({
      zh: `${market.nameOf(owed.debtor)}向${market.nameOf(owed.creditor)}支付账单 ${formatYuan(owed.amountFen)}（${KIND_NAMES[name].zh}）。`,
      en: `${market.nameOf(owed.debtor)} paid the invoice of ${formatYuan(owed.amountFen)} to ${market.nameOf(owed.creditor)} (${KIND_NAMES[name].en}).`,
    });
  }
}

const KIND_NAMES = {
  Energy: { zh: "电费", en: "energy" },
  NetworkCharge: { zh: "输配电费", en: "network charge" },
  DeviationCharge: { zh: "偏差费用", en: "deviation charge" },
} as const;
