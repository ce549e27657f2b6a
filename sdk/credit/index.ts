/** What is counted of a participant, and the grade by it. */
export { buildCountTrades, readCredit, type TradeProof } from "./counted.ts";
export { CLAIM_MARKS, type ClaimMark, GRADES, type Grade } from "./enums.ts";
export {
  type ClaimCounts,
  type CountedClaim,
  type CountedTrade,
  type CreditRecord,
  gradeOn,
  recomputeCredit,
  type TradeCounts,
} from "./record.ts";
