import { type Day, readDebt, readDebtsOfTrade, readEvents, startOfDay } from "../../sdk/index.ts";
import { pay, setOff } from "./debts.ts";
import type { DayMarket } from "./market.ts";
import { reportAndFinalise } from "./metering.ts";
import type { MeterIds } from "./meters.ts";
import type { DayMeter } from "./readings.ts";
import { DayRefused } from "./refused.ts";
import { awaitSettlement } from "./settle.ts";

/** After the last day of payment, and before default. */
const DAYS_LATE = 3;

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

/**
 * The reading comes late and is settled as invoices due at once. The charge that the seller owes the buyer is set off against
 * the energy, the network charge is paid in time, and what is left of the energy late.
 */
export async function settleLate(market: DayMarket, ids: MeterIds, meter: DayMeter, day: Day, trade: bigint) {
  await reportAndFinalise(market, ids, [meter], day);
  await awaitSettlement(market, [trade]);
  const posted = await readDebtsOfTrade(market.platform, trade);
  const [energy, ...charges] = await Promise.all(posted.map(({ id }) => readDebt(market.platform, id)));
  if (energy === undefined)
    throw new DayRefused({ en: `Trade ${trade} left nothing owed.`, zh: `交易 ${trade} 没有留下欠款。` });
  for (const { id, debtor, creditor } of charges) {
    const isMutual = debtor === energy.creditor && creditor === energy.debtor;
    await (isMutual ? setOff(market, energy.id, id) : pay(market, id));
  }
  const lastDay = await market.read("DebtLedger", "lastPaymentDay", [energy.id]);
  await market.goTo(startOfDay(lastDay + DAYS_LATE) + 9 * 3600);
  await pay(market, energy.id);
}
