import type { Day, Fen, Wh } from "../../sdk/index.ts";

/** What a payment of a trade is for. */
export const ITEMS = ["energy", "networkCharge", "deviationCharge"] as const;
export type Item = (typeof ITEMS)[number];

/** Money of a trade from one participant to another. */
export interface Payment {
  item: Item;
  payer: number;
  payee: number;
  amountFen: Fen;
  /** The day it is owed on; undefined if it was paid out of the hold at settlement. */
  dueDay: Day | undefined;
  /** The debt that it became; of what a correction took back, the debt that it was taken from. */
  debt: bigint | undefined;
}

/** A trade of a delivery day and what came of it. */
export interface DayTrade {
  id: bigint;
  seller: number;
  buyer: number;
  sellerMeter: bigint;
  buyerMeter: bigint;
  state: "open" | "settled" | "lapsed" | "ruled";
  contractedWh: Wh;
  /** Unknown until the trade is settled. */
  deliveredWh: Wh | undefined;
  /** Minted to the buyer of it, all or nothing; the rest anybody can still claim for the buyer. Unknown until then, too. */
  claimedWh: Wh | undefined;
  payments: Payment[];
  /** What corrections of the reading changed after settlement, in their order. */
  adjustments: Adjustment[];
}

/** What a trade came to more, or less, by a version of its corrected meter day. */
export interface Adjustment {
  version: number;
  /** Delivered more than by the version before. */
  differenceWh: Wh;
  payments: Payment[];
}
