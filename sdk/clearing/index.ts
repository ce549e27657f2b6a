/** How a round is cleared and paired, and how anybody does it again. */
export { type BookSide, ClearingError, type ClearingTerms } from "./book.ts";
export { clearDay, type DayClearing, type DayOrder } from "./clearDay.ts";
export { type ClearedRound, clearRound, type RoundOrder, type RoundTerms } from "./clearRound.ts";
export { type MatchedRound, type MatchingTerms, matchDay } from "./matchDay.ts";
export { PairingError } from "./pairing/leg.ts";
export { type ClearedOrder, type PairedSale, pair } from "./pairing/pair.ts";
export { type RoundFacts, roundSeed } from "./pairing/roundSeed.ts";
export { PRICE_RULES, type PriceRule } from "./priceRule.ts";
export {
  type PublishedOrder,
  type PublishedRound,
  type Recomputed,
  recomputeRound,
} from "./recompute.ts";
