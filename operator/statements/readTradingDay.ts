import { readContract } from "viem/actions";
import { LATEST } from "../../sdk/chain/logs.ts";
import {
  contractOf,
  type Day,
  type OpenedTrade,
  type Platform,
  type PlatformEvent,
  readDayTrades,
  readEvents,
  sumCurve,
} from "../../sdk/index.ts";
import { PAYABLE_KINDS } from "../../sdk/market/enums.ts";
import { nameOf } from "../../sdk/types/words.ts";
import type { Adjustment, DayTrade, Payment } from "./dayTrade.ts";

const OUTCOMES = ["TradeSettled", "TradeRuled", "TradeLapsed", "PayeeRedirected", "PayableRecorded"] as const;
type Outcome = PlatformEvent<"TradeEscrow", (typeof OUTCOMES)[number]>;
const ADJUSTMENTS = ["TradeAdjusted", "DifferenceRecorded"] as const;
type Adjusted = PlatformEvent<"AdjustmentDesk", (typeof ADJUSTMENTS)[number]>;

/** Every trade of a delivery day as the chain logged it, in the order of opening, with who paid or owes what to whom. */
export async function readTradingDay(platform: Platform, day: Day): Promise<DayTrade[]> {
  const opened = [...(await readDayTrades(platform, day)).values()].flat().sort((a, b) => (a.id < b.id ? -1 : 1));
  const [first] = opened;
  if (first === undefined) return [];
  // An arbiter may rule on a trade before its day. There may be more of a day's ids than a node takes in one filter.
  const range = { from: first.blockNumber, to: LATEST };
  const outcomes = Map.groupBy(await readEvents(platform, "TradeEscrow", OUTCOMES, {}, range), ({ args }) => args.id);
  const adjusted = Map.groupBy(
    await readEvents(platform, "AdjustmentDesk", ADJUSTMENTS, {}, range),
    ({ args }) => args.id,
  );
  const payees = new Payees(platform);
  return Promise.all(
    opened.map((trade) => {
      const adjustments = adjustmentsOf(adjusted.get(trade.id) ?? []);
      return dayTrade(trade, outcomes.get(trade.id) ?? [], adjustments, payees);
    }),
  );
}

/** What corrections changed about a trade, each with what is owed by it. */
function adjustmentsOf(events: readonly Adjusted[]): Adjustment[] {
  const claims = events.filter((event) => event.eventName === "DifferenceRecorded");
  return events.flatMap((event) => {
    if (event.eventName !== "TradeAdjusted") return [];
    const { version, differenceWh } = event.args;
    const payments = claims.filter(({ args }) => args.version === version).map(owedPayment);
    return [{ version, differenceWh, payments }];
  });
}

async function dayTrade(
  trade: OpenedTrade,
  outcomes: readonly Outcome[],
  adjustments: Adjustment[],
  payees: Payees,
): Promise<DayTrade> {
  const { id, terms, energy } = trade;
  const { seller, buyer, sellerMeter, buyerMeter } = terms;
  const result: DayTrade = {
    ...{ id, seller, buyer, sellerMeter, buyerMeter, adjustments },
    ...{ state: "open", contractedWh: sumCurve(energy), deliveredWh: undefined, payments: [] },
  };
  let payee = seller;
  for (const event of outcomes) {
    if (event.eventName === "PayeeRedirected") payee = event.args.payee;
    if (event.eventName === "TradeLapsed") result.state = "lapsed";
    if (event.eventName !== "TradeSettled" && event.eventName !== "TradeRuled") continue;
    const { energyFen, networkFen, deviationFen } = event.args;
    result.state = event.eventName === "TradeRuled" ? "ruled" : "settled";
    if (event.eventName === "TradeSettled") result.deliveredWh = event.args.deliveredWh;
    const gridCompany = await payees.ofNetworkCharge(terms.rules);
    const balanced = (await payees.ofDeviation(terms.rules, terms.source)) || buyer;
    result.payments = [
      { item: "energy", payer: buyer, payee, amountFen: energyFen, dueDay: undefined },
      { item: "networkCharge", payer: buyer, payee: gridCompany, amountFen: networkFen, dueDay: undefined },
      { item: "deviationCharge", payer: seller, payee: balanced, amountFen: deviationFen, dueDay: undefined },
    ];
  }
  const recorded = outcomes.filter((event) => event.eventName === "PayableRecorded").map(owedPayment);
  const owed = new Map(recorded.map((payment) => [payment.item, payment]));
  result.payments = result.payments
    .filter(({ amountFen }) => amountFen > 0n)
    .map((payment) => owed.get(payment.item) ?? payment);
  return result;
}

const ITEMS = { Energy: "energy", NetworkCharge: "networkCharge", DeviationCharge: "deviationCharge" } as const;

/** What was not paid out of a hold but is owed, as the escrow or the desk recorded it. */
function owedPayment({
  args: { kind, debtor: payer, creditor: payee, amountFen, dueDay },
}: PlatformEvent<"TradeEscrow", "PayableRecorded"> | PlatformEvent<"AdjustmentDesk", "DifferenceRecorded">): Payment {
  return { item: ITEMS[nameOf(PAYABLE_KINDS, kind)], payer, payee, amountFen, dueDay };
}

/** Whom rule sets name; asked once each. */
class Payees {
  readonly #platform: Platform;
  readonly #asked = new Map<string, Promise<number>>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  ofNetworkCharge(rules: number): Promise<number> {
    const { client } = this.#platform;
    const contract = contractOf(this.#platform, "MarketRules");
    return this.#once(`network ${rules}`, () =>
      readContract(client, { ...contract, functionName: "gridCompanyOf", args: [rules] }),
    );
  }

  /** 0 where the rule names the other party of the trade. */
  ofDeviation(rules: number, source: number): Promise<number> {
    const { client } = this.#platform;
    const contract = contractOf(this.#platform, "MarketRules");
    return this.#once(`deviation ${rules} ${source}`, async () => {
      const [, payee] = await readContract(client, {
        ...contract,
        functionName: "deviationRule",
        args: [rules, source],
      });
      return payee;
    });
  }

  #once(key: string, ask: () => Promise<number>): Promise<number> {
    const asked = this.#asked.get(key) ?? ask();
    this.#asked.set(key, asked);
    return asked;
  }
}
