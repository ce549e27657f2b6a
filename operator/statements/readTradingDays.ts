import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { type BlockRange, LATEST } from "../../sdk/chain/logs.ts";
import {
  contractOf,
  type Day,
  DEBT_CODES,
  nameOf,
  type OpenedTrade,
  type Platform,
  type PlatformEvent,
  readDifferenceSource,
  readEvents,
  readTradesOfDays,
  sumCurve,
  tradeOfDebt,
} from "../../sdk/index.ts";
import { type Adjustment, type DayTrade, ITEMS, type Item, type Payment } from "./dayTrade.ts";

const OUTCOMES = ["TradeSettled", "KwhClaimed", "TradeRuled", "TradeLapsed", "PayeeRedirected"] as const;
type Outcome = PlatformEvent<"TradeEscrow", (typeof OUTCOMES)[number]>;
type Adjusted = PlatformEvent<"AdjustmentDesk", "TradeAdjusted">;
type Posted = PlatformEvent<"DebtLedger", "DebtPosted">;

/** What became owed out of a trade, or was taken back of it, and by which transaction. */
interface Owed extends Payment {
  tx: Hex;
  /** Of the correction that left it; 0 if settlement did. */
  version: number;
}

/**
 * Every trade of the delivery days from one to another, both included, as the chain logged it, by day and in the order of
 * opening, with who paid or owes what to whom. Of a day without trades there is nothing.
 */
export async function readTradingDays(platform: Platform, days: { from: Day; to: Day }): Promise<Map<Day, DayTrade[]>> {
  const byDay = await readTradesOfDays(platform, days);
  const opened = [...byDay.values()]
    .flatMap((byMeter) => [...byMeter.values()].flat())
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const [first] = opened;
  if (first === undefined) return new Map();
  // An arbiter may rule on a trade before its day. There may be more of a day's ids than a node takes in one filter.
  const range = { from: first.blockNumber, to: LATEST };
  const outcomes = Map.groupBy(await readEvents(platform, "TradeEscrow", OUTCOMES, {}, range), ({ args }) => args.id);
  const adjusted = Map.groupBy(
    await readEvents(platform, "AdjustmentDesk", ["TradeAdjusted"], {}, range),
    ({ args }) => args.id,
  );
  const owed = await readOwed(platform, range);
  const payees = new Payees(platform);
  const trades = await Promise.all(
    opened.map(async (trade) => {
      const ofTrade = owed.get(trade.id) ?? [];
      const adjustments = adjustmentsOf(adjusted.get(trade.id) ?? [], ofTrade);
      const settled = ofTrade.filter(({ version }) => version === 0).map(payment);
      const came = await dayTrade(trade, outcomes.get(trade.id) ?? [], { settled, adjustments }, payees);
      return [trade.terms.day, came] as const;
    }),
  );
  const found = Map.groupBy(trades, ([day]) => day);
  return new Map([...found].map(([day, ofDay]) => [day, ofDay.map(([, trade]) => trade)]));
}

/** What became owed out of trades, or was taken back of it, by trade and in the order of the chain. */
async function readOwed(platform: Platform, range: BlockRange): Promise<Map<bigint, Owed[]>> {
  const events = await readEvents(platform, "DebtLedger", ["DebtPosted", "DebtReduced"], {}, range);
  const posted = new Map<bigint, Posted>();
  const found = new Map<bigint, Owed[]>();
  for (const event of events) {
    if (event.eventName === "DebtPosted") posted.set(event.args.id, event);
    const debt = posted.get(event.args.id);
    if (debt === undefined) continue;
    const { code, source, debtor, creditor, dueDay } = debt.args;
    const trade = tradeOfDebt(nameOf(DEBT_CODES, code), source);
    if (trade === undefined) continue;
    // Taken back is as good as owed the other way.
    const [payer, payee] = event.eventName === "DebtPosted" ? [debtor, creditor] : [creditor, debtor];
    const { item, version } = partOf(debt);
    const owed = { item, payer, payee, amountFen: event.args.amountFen, dueDay, debt: event.args.id };
    const known = found.get(trade) ?? [];
    known.push({ ...owed, version, tx: event.transactionHash });
    found.set(trade, known);
  }
  return found;
}

/** Which amount of a trade a debt is, and by which version of its meter day. */
function partOf({ args: { code, source } }: Posted): { item: Item; version: number } {
  const name = nameOf(DEBT_CODES, code);
  if (name === "NetworkCharge") return { item: "networkCharge", version: 0 };
  if (name === "DeviationCharge") return { item: "deviationCharge", version: 0 };
  if (name !== "Adjustment") return { item: "energy", version: 0 };
  const { amount, version } = readDifferenceSource(source);
  return { item: nameOf(ITEMS, amount), version };
}

const payment = ({ tx: _tx, version: _version, ...rest }: Owed): Payment => rest;

/** What corrections changed about a trade, each with what became owed by it or was taken back. */
function adjustmentsOf(events: readonly Adjusted[], owed: readonly Owed[]): Adjustment[] {
  return events.map(({ args: { version, differenceWh }, transactionHash }) => ({
    ...{ version, differenceWh },
    payments: owed.filter((one) => one.version > 0 && one.tx === transactionHash).map(payment),
  }));
}

const PAID = { dueDay: undefined, debt: undefined };

async function dayTrade(
  trade: OpenedTrade,
  outcomes: readonly Outcome[],
  { settled, adjustments }: { settled: readonly Payment[]; adjustments: Adjustment[] },
  payees: Payees,
): Promise<DayTrade> {
  const { id, terms, energy } = trade;
  const { seller, buyer, sellerMeter, buyerMeter } = terms;
  const result: DayTrade = {
    ...{ id, seller, buyer, sellerMeter, buyerMeter, adjustments },
    ...{ state: "open", contractedWh: sumCurve(energy), deliveredWh: undefined, claimedWh: undefined, payments: [] },
  };
  let payee = seller;
  for (const event of outcomes) {
    if (event.eventName === "PayeeRedirected") payee = event.args.payee;
    if (event.eventName === "TradeLapsed") result.state = "lapsed";
    if (event.eventName === "KwhClaimed") result.claimedWh = event.args.energyWh;
    if (event.eventName !== "TradeSettled" && event.eventName !== "TradeRuled") continue;
    const { energyFen, networkFen, deviationFen } = event.args;
    result.state = event.eventName === "TradeRuled" ? "ruled" : "settled";
    if (event.eventName === "TradeSettled") [result.deliveredWh, result.claimedWh] = [event.args.deliveredWh, 0n];
    const gridCompany = await payees.ofNetworkCharge(terms.rules);
    const balanced = (await payees.ofDeviation(terms.rules, terms.source)) || buyer;
    result.payments = [
      { item: "energy", payer: buyer, payee, amountFen: energyFen, ...PAID },
      { item: "networkCharge", payer: buyer, payee: gridCompany, amountFen: networkFen, ...PAID },
      { item: "deviationCharge", payer: seller, payee: balanced, amountFen: deviationFen, ...PAID },
    ];
  }
  const owed = new Map(settled.map((one) => [one.item, one]));
  result.payments = result.payments.filter(({ amountFen }) => amountFen > 0n).map((one) => owed.get(one.item) ?? one);
  return result;
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
