import type { Day, Fen, Wh } from "../../sdk/index.ts";
import type { DayTrade, Payment } from "./dayTrade.ts";

/** One participant's part in a trade, or in what a correction changed about it. */
export interface StatementLine {
  trade: bigint;
  /** 0 as it was settled; else of the correction, and energies are differences: lines add up. */
  version: number;
  state: DayTrade["state"];
  /** What the participant is in the trade; a payee takes part by its charges alone. */
  role: "seller" | "buyer" | "payee";
  sellerMeter: bigint;
  buyerMeter: bigint;
  contractedWh: Wh;
  deliveredWh: Wh | undefined;
  /** Minted to the buyer of what was delivered; the rest is claimable. Unknown of a correction, which mints nothing. */
  claimedWh: Wh | undefined;
  /** Delivered less contracted. */
  deviationWh: Wh | undefined;
  /** The participant's own; each of them either way. */
  payments: Payment[];
}

/** Of all lines, fen: what moved at settlement and what is owed later, each way. */
export interface StatementTotals {
  soldWh: Wh;
  boughtWh: Wh;
  /** Of the participant's purchases, as they were settled: kWh that it has received, and that wait to be claimed for it. */
  claimedWh: Wh;
  claimableWh: Wh;
  receivedFen: Fen;
  paidFen: Fen;
  receivableFen: Fen;
  payableFen: Fen;
  /** Received and receivable less paid and payable. */
  netFen: Fen;
}

/** 日清单: what a delivery day came to for one participant. For information: months are billed, days are cleared. */
export interface Statement {
  participant: number;
  day: Day;
  /** Whether every trade on it has come to an end. */
  isFinal: boolean;
  lines: StatementLine[];
  totals: StatementTotals;
  /** What became owed by these lines, by number. */
  debts: bigint[];
}

/** What days came to for one participant, all together and for each of its own meters. */
export interface RangeStatement {
  participant: number;
  from: Day;
  to: Day;
  isFinal: boolean;
  /** Of each day with a line. */
  days: Statement[];
  totals: StatementTotals;
  meters: { meter: bigint; totals: StatementTotals }[];
  debts: bigint[];
}

/** Draws up a participant's statement out of the day's trades. @param meters only of trades from or to these, if any are named */
export function drawUp(
  participant: number,
  day: Day,
  trades: readonly DayTrade[],
  meters: readonly bigint[] = [],
): Statement {
  const lines = trades.flatMap((trade) => (isOf(trade, meters) ? linesOf(participant, trade) : []));
  return { participant, day, lines, ...sumUp(participant, lines) };
}

/** The same over several days, by day. */
export function drawUpRange(
  participant: number,
  range: { from: Day; to: Day },
  trades: ReadonlyMap<Day, readonly DayTrade[]>,
  meters: readonly bigint[] = [],
): RangeStatement {
  const days = [...trades]
    .sort(([a], [b]) => a - b)
    .map(([day, ofDay]) => drawUp(participant, day, ofDay, meters))
    .filter(({ lines }) => lines.length > 0);
  const lines = days.flatMap((day) => day.lines);
  const own = Map.groupBy(
    lines.filter(({ role }) => role !== "payee"),
    ({ role, sellerMeter, buyerMeter }) => (role === "seller" ? sellerMeter : buyerMeter),
  );
  const byMeter = [...own]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([meter, ofMeter]) => ({ meter, totals: sumUp(participant, ofMeter).totals }));
  return { participant, ...range, days, meters: byMeter, ...sumUp(participant, lines) };
}

const isOf = ({ sellerMeter, buyerMeter }: DayTrade, meters: readonly bigint[]) =>
  meters.length === 0 || meters.includes(sellerMeter) || meters.includes(buyerMeter);

/** What lines come to. */
function sumUp(participant: number, lines: readonly StatementLine[]): Pick<Statement, "isFinal" | "totals" | "debts"> {
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
  const energyAs = (role: StatementLine["role"]) =>
    sum(lines.filter((line) => line.role === role).map(({ deliveredWh }) => deliveredWh ?? 0n));
  const purchases = lines.filter(({ role, claimedWh }) => role === "buyer" && claimedWh !== undefined);
  const claimedWh = sum(purchases.map((line) => line.claimedWh ?? 0n));
  const claimableWh = sum(purchases.map(({ deliveredWh }) => deliveredWh ?? 0n)) - claimedWh;
  const payments = lines.flatMap((line) => line.payments);
  const amounts = (side: "payer" | "payee", owed: boolean) =>
    sum(
      payments
        .filter((payment) => payment[side] === participant && (payment.dueDay !== undefined) === owed)
        .map(({ amountFen }) => amountFen),
    );
  const [receivedFen, receivableFen] = [amounts("payee", false), amounts("payee", true)];
  const [paidFen, payableFen] = [amounts("payer", false), amounts("payer", true)];
  const netFen = receivedFen + receivableFen - paidFen - payableFen;
  return {
    isFinal: lines.every(({ state }) => state === "settled" || state === "ruled"),
    totals: {
      ...{ soldWh: energyAs("seller"), boughtWh: energyAs("buyer"), claimedWh, claimableWh },
      ...{ receivedFen, paidFen, receivableFen, payableFen, netFen },
    },
    debts: [...new Set(payments.flatMap(({ debt }) => debt ?? []))],
  };
}

function linesOf(participant: number, trade: DayTrade): StatementLine[] {
  const { id, state, seller, buyer, sellerMeter, buyerMeter, contractedWh, deliveredWh, claimedWh } = trade;
  const role: StatementLine["role"] = participant === seller ? "seller" : participant === buyer ? "buyer" : "payee";
  const deviationWh = deliveredWh === undefined ? undefined : deliveredWh - contractedWh;
  const first = { version: 0, contractedWh, deliveredWh, claimedWh, deviationWh, payments: trade.payments };
  const later = trade.adjustments.map(({ version, differenceWh, payments }) => ({
    ...{
      version,
      contractedWh: 0n,
      deliveredWh: differenceWh,
      claimedWh: undefined,
      deviationWh: differenceWh,
      payments,
    },
  }));
  return [first, ...later]
    .map(({ payments, ...line }) => ({
      ...{ trade: id, state, role, sellerMeter, buyerMeter, ...line },
      payments: payments.filter(({ payer, payee }) => payer === participant || payee === participant),
    }))
    .filter(({ payments }) => role !== "payee" || payments.length > 0);
}
