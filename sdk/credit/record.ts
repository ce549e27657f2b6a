import type { Day } from "../types/time.ts";
import type { Fen, Wh } from "../types/units.ts";
import { nameOf } from "../types/words.ts";
import { DEBT_MARKS, type Grade } from "./enums.ts";

/** A trade as the credit ledger counted it. */
export interface CountedTrade {
  seller: number;
  buyer: number;
  /** Amount of the energy delivered; 0 if it was ruled on. */
  energyFen: Fen;
  contractedWh: Wh;
  deliveredWh: Wh;
  charged: boolean;
  late: boolean;
  ruled: boolean;
}

/** A debt as the credit ledger counted it; `mark` is an index into DEBT_MARKS. */
export interface CountedDebt {
  debtor: number;
  creditor: number;
  /** Paid or set off of its amount when it was counted. */
  paidFen: Fen;
  mark: number;
  day: Day;
  daysLate: number;
  ends: boolean;
}

/** What one side of the market, seller's or buyer's, did in the trades that are counted. */
export interface TradeCounts {
  trades: number;
  charged: number;
  late: number;
  ruled: number;
  contractedWh: Wh;
  deliveredWh: Wh;
}

/** How a debtor paid: debts on time or late, the days they were late, defaults, arrears, what of them stands unpaid now, write-offs. */
export interface DebtCounts {
  onTime: number;
  late: number;
  daysLate: number;
  defaults: number;
  arrears: number;
  standing: number;
  writtenOff: number;
}

/** Everything that is counted of one participant. */
export interface CreditRecord {
  sold: TradeCounts;
  bought: TradeCounts;
  debts: DebtCounts;
  /** What trades and payments weigh, by counterparty; `gradeOn` adds it up. */
  points: Map<number, number>;
  /** By the number of 30-day months since 1970; write-offs weigh as arrears do. */
  months: Map<number, { late: number; defaults: number; arrears: number }>;
}

const MONTH_DAYS = 30;
const MONTHS_BACK = 12;
const POINTS_FOR_A = 15;
const FEN_A_POINT = 10_000n;
const MOST_POINTS_A_PIECE = 2;
const MOST_POINTS_A_COUNTERPARTY = 5;

/** Adds up what the ledger emitted, participant by participant, as it does itself. */
export function recomputeCredit(
  trades: readonly CountedTrade[],
  debts: readonly CountedDebt[],
): Map<number, CreditRecord> {
  const records = new Map<number, CreditRecord>();
  const of = (participant: number): CreditRecord => {
    const found = records.get(participant) ?? emptyRecord();
    records.set(participant, found);
    return found;
  };
  for (const trade of trades) {
    addTrade(of(trade.seller).sold, trade);
    addTrade(of(trade.buyer).bought, trade);
    weigh(of(trade.seller), trade.buyer, trade.energyFen);
    weigh(of(trade.buyer), trade.seller, trade.energyFen);
  }
  for (const debt of debts) addDebt(of(debt.debtor), debt);
  return records;
}

/** The grade by what is counted, on a day: docs/credit/grades.md in code. */
export function gradeOn(record: CreditRecord | undefined, today: Day): Grade {
  if (record === undefined) return "Unrated";
  const { sold, bought, debts, months, points } = record;
  const month = Math.floor(today / MONTH_DAYS);
  const year = Array.from({ length: MONTHS_BACK + 1 }, (_, index) => months.get(month - MONTHS_BACK + index));
  if (debts.standing > 0 || year.some((past) => (past?.arrears ?? 0) > 0)) return "D";
  let [entries, alone] = [0, 0];
  for (const past of year) {
    const late = past?.late ?? 0;
    const together = alone + late;
    entries += (past?.defaults ?? 0) + Math.floor(together / 2);
    alone = late === 0 ? 0 : together % 2;
  }
  if (entries > 0) return entries > 1 ? "D" : "C";
  const counts = sold.trades + bought.trades + debts.onTime + debts.late;
  if (counts === 0) return "Unrated";
  const delivers = sold.deliveredWh * 10_000n >= sold.contractedWh * 9_600n;
  const weight = [...points.values()].reduce((sum, one) => sum + one, 0);
  return weight >= POINTS_FOR_A && delivers && year.every((past) => (past?.late ?? 0) === 0) ? "A" : "B";
}

function emptyRecord(): CreditRecord {
  const none = { trades: 0, charged: 0, late: 0, ruled: 0, contractedWh: 0n, deliveredWh: 0n };
  const debts = { onTime: 0, late: 0, daysLate: 0, defaults: 0, arrears: 0, standing: 0, writtenOff: 0 };
  return { sold: { ...none }, bought: { ...none }, debts, points: new Map(), months: new Map() };
}

function addTrade(counts: TradeCounts, { charged, late, ruled, contractedWh, deliveredWh }: CountedTrade): void {
  counts.trades += 1;
  counts.charged += Number(charged);
  counts.late += Number(late);
  counts.ruled += Number(ruled);
  counts.contractedWh += contractedWh;
  counts.deliveredWh += deliveredWh;
}

/** A point for each whole 100 yuan, few a piece and few with one counterparty. */
function weigh({ points }: CreditRecord, counterparty: number, amountFen: Fen): void {
  const piece = amountFen / FEN_A_POINT;
  const more = piece > BigInt(MOST_POINTS_A_PIECE) ? MOST_POINTS_A_PIECE : Number(piece);
  points.set(counterparty, Math.min((points.get(counterparty) ?? 0) + more, MOST_POINTS_A_COUNTERPARTY));
}

function addDebt(record: CreditRecord, { creditor, paidFen, mark, day, daysLate, ends }: CountedDebt): void {
  const { debts, months } = record;
  const number = Math.floor(day / MONTH_DAYS);
  const month = months.get(number) ?? { late: 0, defaults: 0, arrears: 0 };
  months.set(number, month);
  switch (nameOf(DEBT_MARKS, mark)) {
    case "OnTime":
      debts.onTime += 1;
      weigh(record, creditor, paidFen);
      break;
    case "Late":
      debts.late += 1;
      debts.daysLate += daysLate;
      month.late += 1;
      if (ends) debts.standing -= 1;
      break;
    case "Default":
      debts.defaults += 1;
      month.defaults += 1;
      break;
    case "Arrears":
      debts.arrears += 1;
      month.arrears += 1;
      // What is counted once it is discharged never stood.
      if (!ends) debts.standing += 1;
      break;
    case "WrittenOff":
      debts.writtenOff += 1;
      month.arrears += 1;
      break;
  }
}
