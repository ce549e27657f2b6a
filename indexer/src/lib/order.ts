import type { Context } from "ponder:registry";
import { order, participant } from "ponder:schema";
import { zeroAddress } from "viem";
import { ZERO_CURVE } from "../../../sdk/curve.ts";
import { stored } from "./curve.ts";
import { dateOf } from "./date.ts";
import { moment } from "./event.ts";

type Known = Pick<typeof order.$inferInsert, "digest" | "side" | "traderId" | "meterId" | "day">;

/** Begins an order with the first trade out of it; how much was filled comes in an event of its own. */
export async function beginOrder(db: Context["db"], event: Parameters<typeof moment>[0], known: Known): Promise<void> {
  const { at, tx } = moment(event);
  const trader = await db.find(participant, { id: known.traderId });
  await db
    .insert(order)
    .values({
      ...{ ...known, date: dateOf(known.day), account: trader?.account ?? zeroAddress },
      ...{ complete: false, filled: stored(ZERO_CURVE), filledWh: 0n, usedFen: 0n },
      ...{ firstFilledAt: at, lastFilledAt: at, lastFilledTx: tx },
    })
    .onConflictDoNothing();
}
