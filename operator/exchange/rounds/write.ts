import type { Hex } from "viem";
import type { Curve } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { legs, type RoundRow, roundOrders, rounds } from "../tables.ts";
import type { WaitingOrder } from "./books.ts";

export interface PlannedTrade {
  sell: WaitingOrder;
  buy: { id: Hex };
  energy: Curve;
}

/** Rows of one insert: a server takes 65,535 values in a statement. */
const ROWS = 1_000;

/** Writes down a round, what it is to open in the order of delivery, and the book that it was cleared of. */
export async function writeRound(
  tx: Database,
  round: Pick<
    RoundRow,
    "number" | "zone" | "day" | "paymentDays" | "matching" | "seed" | "blockHash" | "terms" | "price"
  >,
  trades: readonly PlannedTrade[],
  book: readonly WaitingOrder[],
): Promise<void> {
  await tx.insert(rounds).values(round);
  const planned = trades.map(({ sell, buy, energy }, place) => ({
    ...{ round: round.number, place, sellOrder: sell.id, buyOrder: buy.id, sellerMeter: sell.meter, energy },
  }));
  for (let next = 0; next < planned.length; next += ROWS) {
    await tx.insert(legs).values(planned.slice(next, next + ROWS));
  }
  const kept = book.map(({ id, owner, energy }, place) => ({
    ...{ round: round.number, place, orderHash: id, owner: Number(owner), energy },
  }));
  for (let next = 0; next < kept.length; next += ROWS) {
    await tx.insert(roundOrders).values(kept.slice(next, next + ROWS));
  }
}
