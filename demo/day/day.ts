import {
  DAY_SECONDS,
  type Day,
  type Deployment,
  dayOf,
  platformOf,
  priceLimits,
  readRules,
  startOfDay,
} from "../../sdk/index.ts";
import { settleBanks } from "./banks.ts";
import { correctThereAndBack } from "./correct.ts";
import { enrolReaders, sealContract, sealInvoice } from "./documents.ts";
import { enrol, nameParticipants } from "./enrol.ts";
import { Exchange, type ExchangePlace } from "./exchange.ts";
import { finance, repay } from "./finance.ts";
import { fund } from "./fund.ts";
import type { Language, Words } from "./language.ts";
import { awaitLapse, settleLate } from "./lapse.ts";
import { releaseMargins } from "./margin.ts";
import { type DayChain, DayMarket } from "./market.ts";
import { reportAndFinalise } from "./metering.ts";
import { type MeterIds, registerMeters } from "./meters.ts";
import { object } from "./object.ts";
import type { DayReadings } from "./readings.ts";
import { awaitSettlement, awaitSurplus, claimKwh, retire } from "./settle.ts";
import { drawUp, type Statement } from "./statement.ts";
import { type DayTrades, PAYMENT_DAYS, trade } from "./trade.ts";

const HOUR = 3600;

/** What is due on a holiday is due after it; no holidays are longer. */
const LONGEST_HOLIDAYS = 15;

/** The day that is traded: early enough for what is owed on terms to fall due before now. */
export function deliveryDay(nowSeconds: number): Day {
  return dayOf(nowSeconds) - PAYMENT_DAYS - LONGEST_HOLIDAYS - 2;
}

/** Second at which the chain begins, two days before delivery. */
export function firstSecond(day: Day): number {
  return startOfDay(day) - 2 * DAY_SECONDS + 10 * HOUR;
}

export interface TradingDay {
  market: DayMarket;
  readings: DayReadings;
  meters: MeterIds;
  trades: DayTrades;
  receivable: bigint;
  statement: Statement;
}

export interface DayReporter {
  language: Language;
  /** Called when a part of the day begins. */
  begin: (words: Words) => void;
  /** Called with what happened. */
  say: (words: Words) => void;
}

/**
 * Everything that happens to one day of delivery, from enrolment to the last fen, on a chain that is deployed to. The market
 * operator's service clears, opens and does what is due; everybody else signs, reports and pays.
 */
export async function runTradingDay(
  chain: DayChain,
  deployment: Deployment,
  operator: ExchangePlace,
  readings: DayReadings,
  { language, begin, say }: DayReporter,
): Promise<TradingDay> {
  const market = new DayMarket(platformOf(deployment, chain.url), chain, new Exchange(operator, language), say);
  const { day, places, further } = readings;
  const all = [...Object.values(places), ...further];
  const onTime = all.filter((meter) => meter !== places.rooftop);

  begin({ zh: "参与方、存款与计量点", en: "Participants, deposits and meters" });
  await enrol(market, day);
  const rules = await readRules(market.platform);
  const limits = priceLimits(rules, day);
  await fund(market, readings, limits.cap, rules.tariffs);
  const meters = await registerMeters(market, readings);
  await enrolReaders(market);

  await operator.ready;
  await nameParticipants(market);
  begin({ zh: "日前：签署与集中出清", en: "The day before delivery: signing and clearing" });
  await market.goTo(startOfDay(day - 1) + 14 * HOUR);
  const trades = await trade(market, readings, meters, limits);
  await sealContract(market, trades.onTerms, trades.signed.trades[0]!);

  begin({ zh: "交割日之后：抄表与结算", en: "After delivery: metering and settlement" });
  await market.goTo(startOfDay(day + 1) + HOUR);
  await releaseMargins(market);
  const objectToHydro = () => object(market, "factory", meters.get(places.hydro) ?? 0n, day);
  await reportAndFinalise(market, meters, onTime, day, objectToHydro);
  const inTime = [trades.onTerms, trades.cash, ...trades.round];
  await awaitSettlement(market, inTime);
  await claimKwh(market, inTime);
  await awaitSurplus(
    market,
    meters,
    onTime.filter(({ place }) => place.direction === "generation"),
    day,
  );
  await retire(market, meters, places.hydro, places.factory, day);

  begin({ zh: "应收账款与融资", en: "The receivable and its financing" });
  const receivable = await finance(market, trades.onTerms, day + 2);

  begin({ zh: "逾期未报的一天", en: "A day without readings" });
  await awaitLapse(market, places.rooftop, day, trades.late);
  await settleLate(market, meters, places.rooftop, day, trades.late);
  await claimKwh(market, [trades.late]);
  await awaitSurplus(market, meters, [places.rooftop], day);
  await correctThereAndBack(market, meters, [places.rooftop, places.solar], day, trades.late);

  begin({ zh: "到期", en: "Maturity" });
  await repay(market, receivable);
  await settleBanks(market);
  const statement = await drawUp(market, readings);
  const now = Math.floor(Date.now() / 1000);
  await market.goTo(now);
  begin({ zh: "今天：发票与草稿", en: "Today: an invoice and a draft" });
  await sealInvoice(market, day, dayOf(now));
  return { market, readings, meters, trades, receivable, statement };
}
