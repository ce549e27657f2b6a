import type { Context } from "ponder:registry";
import { zeroAddress } from "viem";
import { addCurves, type Curve, sumCurve, ZERO_CURVE } from "../../../sdk/types/curve.ts";
import { participant } from "../identity/schema.ts";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { stored } from "../types/values.ts";
import { order } from "./schema.ts";

type Known = Pick<
  typeof order.$inferInsert,
  "digest" | "side" | "traderId" | "meterId" | "day" | "paymentDays" | "greenCertificates"
>;

/** Fills an order by one of its trades, the first of which begins it; what that used comes in an event of its own. */
export async function fillOrder(
  db: Context["db"],
  event: Parameters<typeof moment>[0],
  known: Known,
  { energy, continuous }: { energy: Curve; continuous: boolean },
): Promise<void> {
  const { at, tx } = moment(event);
  const before = await db.find(order, { digest: known.digest });
  const filled = addCurves(before?.filled ?? ZERO_CURVE, energy);
  const now = {
    ...{ filled: stored(filled), filledWh: sumCurve(filled), lastFilledAt: at, lastFilledTx: tx },
    continuousWh: (before?.continuousWh ?? 0n) + (continuous ? sumCurve(energy) : 0n),
  };
  if (before !== null) {
    await db.update(order, { digest: known.digest }).set(now);
    return;
  }
  const trader = await db.find(participant, { id: known.traderId });
  await db.insert(order).values({
    ...{ ...known, ...now, ...dayAndDate(known.day), account: trader?.account ?? zeroAddress },
    ...{ complete: false, usedFen: 0n, firstFilledAt: at },
  });
}
