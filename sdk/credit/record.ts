import type { Day } from "../types/time.ts";
import type { Wh } from "../types/units.ts";
import { nameOf } from "../types/words.ts";
import { CLAIM_MARKS, type Grade } from "./enums.ts";

/** A trade as the credit ledger counted it. */
export interface CountedTrade {
  seller: number;
  buyer: number;
  contractedWh: Wh;
  deliveredWh: Wh;
  charged: boolean;
  late: boolean;
  ruled: boolean;
}

/** A receivable as the credit ledger counted it; `mark` is an index into CLAIM_MARKS. */
export interface CountedClaim {
  debtor: number;
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

/** How a debtor paid: claims on time or late, the days they were late, defaults, arrears, what of them stands unpaid now, write-offs. */
export interface ClaimCounts {
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
  claims: ClaimCounts;
  /** By the number of 30-day months since 1970; write-offs weigh as arrears do. */
  months: Map<number, { late: number; defaults: number; arrears: number }>;
}

const MONTH_DAYS = 30;
const MONTHS_BACK = 12;
const COUNTS_FOR_A = 10;

/** Adds up what the ledger emitted, participant by participant, as it does itself. */
export function recomputeCredit(
  trades: readonly CountedTrade[],
  claims: readonly CountedClaim[],
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
  }
  for (const claim of claims) addClaim(of(claim.debtor), claim);
  return records;
}

/** The grade by what is counted, on a day: docs/credit/grades.md in code. */
export function gradeOn(record: CreditRecord | undefined, today: Day): Grade {
  if (record === undefined) return "Unrated";
  const { sold, bought, claims, months } = record;
  const month = Math.floor(today / MONTH_DAYS);
  const year = Array.from({ length: MONTHS_BACK + 1 }, (_, index) => months.get(month - MONTHS_BACK + index));
  if (claims.standing > 0 || year.some((past) => (past?.arrears ?? 0) > 0)) return "D";
  let [entries, alone] = [0, 0];
  for (const past of year) {
    const late = past?.late ?? 0;
    const together = alone + late;
    entries += (past?.defaults ?? 0) + Math.floor(together / 2);
    alone = late === 0 ? 0 : together % 2;
  }
  if (entries > 0) return entries > 1 ? "D" : "C";
  const counts = sold.trades + bought.trades + claims.onTime + claims.late;
  if (counts === 0) return "Unrated";
  const delivers = sold.deliveredWh * 10_000n >= sold.contractedWh * 9_600n;
  return counts >= COUNTS_FOR_A && delivers && year.every((past) => (past?.late ?? 0) === 0) ? "A" : "B";
}

function emptyRecord(): CreditRecord {
  const none = { trades: 0, charged: 0, late: 0, ruled: 0, contractedWh: 0n, deliveredWh: 0n };
  const claims = { onTime: 0, late: 0, daysLate: 0, defaults: 0, arrears: 0, standing: 0, writtenOff: 0 };
  return { sold: { ...none }, bought: { ...none }, claims, months: new Map() };
}

function addTrade(counts: TradeCounts, { charged, late, ruled, contractedWh, deliveredWh }: CountedTrade): void {
  counts.trades += 1;
  counts.charged += Number(charged);
  counts.late += Number(late);
  counts.ruled += Number(ruled);
  counts.contractedWh += contractedWh;
  counts.deliveredWh += deliveredWh;
}

function addClaim({ claims, months }: CreditRecord, { mark, day, daysLate, ends }: CountedClaim): void {
  const number = Math.floor(day / MONTH_DAYS);
  const month = months.get(number) ?? { late: 0, defaults: 0, arrears: 0 };
  months.set(number, month);
  switch (nameOf(CLAIM_MARKS, mark)) {
    case "OnTime":
      claims.onTime += 1;
      break;
    case "Late":
      claims.late += 1;
      claims.daysLate += daysLate;
      month.late += 1;
      if (ends) claims.standing -= 1;
      break;
    case "Default":
      claims.defaults += 1;
      month.defaults += 1;
      break;
    case "Arrears":
      claims.arrears += 1;
      month.arrears += 1;
      // What is counted once it is repaid never stood.
      if (!ends) claims.standing += 1;
      break;
    case "WrittenOff":
      claims.writtenOff += 1;
      month.arrears += 1;
      break;
  }
}
