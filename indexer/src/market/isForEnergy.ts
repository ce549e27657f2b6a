import type { debt } from "../debts/schema.ts";

/** Whether a debt is the price of a trade's energy; differences and charges are not. */
export function isForEnergy({ code }: Pick<typeof debt.$inferSelect, "code">): boolean {
  return code === "energyOnTerms" || code === "lateInvoice";
}
