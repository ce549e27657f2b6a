import type { Context } from "ponder:registry";
import { dayOf } from "../../../sdk/types/time.ts";
import { countOn } from "../kpi/count.ts";
import { eventId, moment } from "../types/events.ts";
import { debt, debtPayment } from "./schema.ts";

interface Payment {
  id: bigint;
  amountFen: bigint;
  lateFeeFen: bigint;
  /** The other debt of a set-off. */
  against?: bigint;
}

/** Writes down a payment of a debt, or its set-off; returns the debt as it then stands. */
export async function recordPayment(
  db: Context["db"],
  event: Parameters<typeof eventId>[0],
  { id, amountFen, lateFeeFen, against }: Payment,
) {
  const { at, tx } = moment(event);
  const paid = await db.update(debt, { id }).set((row) => ({
    paidFen: row.paidFen + amountFen,
    lateFeePaidFen: row.lateFeePaidFen + lateFeeFen,
  }));
  await db.insert(debtPayment).values({
    ...{ id: eventId(event), debtId: id, way: against === undefined ? "paid" : "setOff", againstId: against ?? null },
    ...{ amountFen, lateFeeFen, paidAt: at, paidTx: tx },
  });
  const { lastPaymentDay, defaultedAt } = paid;
  const counter = dayOf(at) <= lastPaymentDay ? "paidInTimeFen" : "paidLateFen";
  await countOn(db, lastPaymentDay, { [counter]: amountFen });
  if (defaultedAt !== null) await countOn(db, lastPaymentDay, { recoveredFen: amountFen });
  return paid;
}
