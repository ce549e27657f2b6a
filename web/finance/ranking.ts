import type { BidRow } from "./requestQueries.ts";

const ORDER: Record<string, number> = { accepted: 0, funded: 1, released: 2 };

/** The accepted one first, then the cheapest that still bind. */
export function byRank(one: Pick<BidRow, "id" | "status" | "rateBp">, other: Pick<BidRow, "id" | "status" | "rateBp">) {
  return (
    ORDER[one.status]! - ORDER[other.status]! ||
    Number(one.rateBp) - Number(other.rateBp) ||
    Number(one.id) - Number(other.id)
  );
}
