/** What is counted of a participant, and the grade by it. */
export { buildCountTrades, readCredit, type TradeProof } from "./counted.ts";
export { DEBT_MARKS, type DebtMark, GRADES, type Grade } from "./enums.ts";
export {
  type CountedDebt,
  type CountedTrade,
  type CreditRecord,
  type DebtCounts,
  gradeOn,
  recomputeCredit,
  type TradeCounts,
} from "./record.ts";
