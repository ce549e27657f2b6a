import type { Context } from "ponder:registry";
import { type Curve, valueAt } from "../../../sdk/types/curve.ts";
import { divideHalfUp } from "../../../sdk/types/rounding.ts";
import { dayAndDate } from "../types/days.ts";
import { priceSlot } from "./schema.ts";

type Row = typeof priceSlot.$inferSelect;

interface ZoneDay {
  zoneId: number;
  day: number;
}

/** A round priced a zone; a price of zero says that nothing was cleared in the slot. */
export async function recordPrices(
  db: Context["db"],
  of: ZoneDay,
  by: Pick<Row, "round" | "paymentDays" | "continuous">,
  price: Curve,
): Promise<void> {
  await change(db, of, price, (value) => ({ price: value, ...by }));
}

export async function recordSale(
  db: Context["db"],
  of: ZoneDay,
  { energy, price, isBilateral }: { energy: Curve; price: Curve; isBilateral: boolean },
): Promise<void> {
  await change(db, of, energy, (value, row) => {
    const wh = BigInt(value);
    const contractedWh = row.contractedWh + wh;
    const amountMicroFen = row.amountMicroFen + wh * BigInt(valueAt(price, row.slot));
    return {
      contractedWh,
      bilateralWh: row.bilateralWh + (isBilateral ? wh : 0n),
      amountMicroFen,
      averagePrice: Number(divideHalfUp(amountMicroFen, contractedWh)),
      trades: row.trades + 1,
    };
  });
}

export async function recordDelivery(db: Context["db"], of: ZoneDay, delivered: Curve): Promise<void> {
  await change(db, of, delivered, (value, row) => ({ deliveredWh: row.deliveredWh + BigInt(value) }));
}

/** Changes the slots in which the curve is not zero; a slot begins to exist when it is priced or traded. */
async function change(
  db: Context["db"],
  { zoneId, day }: ZoneDay,
  curve: Curve,
  changeRow: (value: number, row: Row) => Partial<Row>,
): Promise<void> {
  const unpriced = { price: null, round: null, paymentDays: null, continuous: null, averagePrice: null };
  const start = { zoneId, ...dayAndDate(day), ...unpriced };
  const nothing = { contractedWh: 0n, bilateralWh: 0n, deliveredWh: 0n, amountMicroFen: 0n, trades: 0 };
  // An insertion with its change at hand: one pass over the rows, whether they exist or not.
  const rows = curve.flatMap((value, slot) => {
    const row = { ...start, ...nothing, slot };
    return value === 0 ? [] : [{ ...row, ...changeRow(value, row) }];
  });
  if (rows.length === 0) return;
  await db
    .insert(priceSlot)
    .values(rows)
    .onConflictDoUpdate((row) => changeRow(valueAt(curve, row.slot), row));
}
