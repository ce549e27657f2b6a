import type { Context } from "ponder:registry";
import type { Hex } from "viem";
import { priceCurve } from "./schema.ts";

/** The price curve with a hash: the escrow emits a curve before the first event that names it. */
export async function priceOf(db: Context["db"], hash: Hex): Promise<number[]> {
  const found = await db.find(priceCurve, { hash });
  if (found === null) throw new Error(`No PriceCurve event came before the first use of ${hash}.`);
  return found.price;
}
