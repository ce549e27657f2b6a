import { and, eq, inArray, sql } from "drizzle-orm";
import type { Hex } from "viem";
import {
  type Band,
  bandsToCurves,
  type Curve,
  finding,
  type OrderCost,
  slotLabel,
  subtractCurves,
  ZERO_CURVE,
} from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { Refusal } from "../../gateway/refusal.ts";
import type { Admitted } from "../admission/admit.ts";
import { chainRefusal } from "../admission/chainRefusal.ts";
import type { ChainView, Cover } from "../chainView.ts";
import { orders } from "../tables.ts";

/** What of an arriving order has to be covered. */
interface Asking extends Admitted {
  hash: Hex;
  order: { side: "sell" | "buy"; meter: bigint; day: number; bands: readonly Band[] };
}

/** The orders that are not covered beside what is open and what arrives before them, each with the reason. */
export async function findUncovered(
  tx: Database,
  view: ChainView,
  arrived: readonly Asking[],
): Promise<Map<Hex, Refusal>> {
  const refused = new Map<Hex, Refusal>();
  if (arrived.length === 0) return refused;
  const participants = [...new Set(arrived.map(({ participant }) => participant))];
  const [backing, sold] = [await readBacking(tx, participants), await readSold(tx, arrived)];
  // After what is open: what was drawn since then counts twice for a moment, and never not at all.
  const covers = new Map(await Promise.all(participants.map(async (id) => [id, await view.cover(id)] as const)));
  for (const { hash, participant, capacityWh, order, ...cost } of arrived) {
    const before = backing.get(participant) ?? NOTHING;
    const refusal = marginRefusal(cost, covers.get(participant) ?? NOTHING, before);
    const key = `${order.meter} ${order.day}`;
    const offered = plus(sold.get(key) ?? ZERO_CURVE, bandsToCurves(order.bands).energy);
    const isAbove = order.side === "sell" && offered.some((wh) => BigInt(wh) > capacityWh);
    if (refusal !== undefined) refused.set(hash, refusal);
    else if (isAbove) refused.set(hash, capacityRefusal(order, offered, capacityWh));
    else {
      backing.set(participant, add(before, cost));
      if (order.side === "sell") sold.set(key, offered);
    }
  }
  return refused;
}

export const NOTHING: OrderCost = { lockedFen: 0n, termsFen: 0n };

export const add = (a: OrderCost, b: OrderCost): OrderCost => ({
  lockedFen: a.lockedFen + b.lockedFen,
  termsFen: a.termsFen + b.termsFen,
});

/** Why a cost is not covered beside what backs other orders already, with the figures; undefined where it is. */
export function marginRefusal(cost: OrderCost, cover: Cover, before: OrderCost): Refusal | undefined {
  const isShort = (key: keyof OrderCost) => cost[key] > 0n && cost[key] + before[key] > cover[key];
  const short = (["lockedFen", "termsFen"] as const).find(isShort);
  if (short === undefined) return undefined;
  const [needed, there, backing] = [cost[short], cover[short], before[short]];
  const figures = { neededFen: needed, lockedFen: there, backingFen: backing };
  const { code, sentences } = finding(short === "lockedFen" ? "InsufficientMargin" : "InsufficientAllowance", {
    neededFen: needed,
    coverFen: there > 0n ? there : 0n,
    backingFen: backing,
  });
  return new Refusal(422, code, sentences, figures);
}

function capacityRefusal({ meter, day }: Asking["order"], offered: Curve, capacityWh: bigint): Refusal {
  const slot = offered.findIndex((wh) => BigInt(wh) > capacityWh);
  const { code, sentences } = chainRefusal("AboveCapacity", { meter, day });
  return new Refusal(422, code, sentences, { meter, day, slot: slotLabel(slot), capacityWh });
}

/** What open orders can still cost, by participant. */
async function readBacking(tx: Database, participants: readonly number[]): Promise<Map<number, OrderCost>> {
  const found = await tx
    .select({
      participant: orders.participant,
      locked: sql<string>`sum(${orders.lockedFen})::text`,
      terms: sql<string>`sum(${orders.termsFen})::text`,
    })
    .from(orders)
    .where(and(eq(orders.state, "open"), inArray(orders.participant, [...participants])))
    .groupBy(orders.participant);
  return new Map(
    found.map(({ participant, locked, terms }) => [
      participant,
      { lockedFen: BigInt(locked), termsFen: BigInt(terms) },
    ]),
  );
}

/** What sell orders offer of the meters and days of arriving ones, filled or not, Wh per slot. */
async function readSold(tx: Database, arrived: readonly Asking[]): Promise<Map<string, Curve>> {
  const sells = arrived.filter(({ order }) => order.side === "sell");
  const sold = new Map<string, Curve>();
  if (sells.length === 0) return sold;
  const found = await tx
    .select({ meter: orders.meter, day: orders.day, bands: orders.bands, state: orders.state, filled: orders.filled })
    .from(orders)
    .where(
      and(
        eq(orders.side, "sell"),
        inArray(orders.meter, [...new Set(sells.map(({ order }) => order.meter))]),
        inArray(orders.day, [...new Set(sells.map(({ order }) => order.day))]),
      ),
    );
  for (const { meter, day, bands, state, filled } of found) {
    const offered = state === "open" ? bandsToCurves(bands).energy : filled;
    if (offered === null) continue;
    const key = `${meter} ${day}`;
    sold.set(key, plus(sold.get(key) ?? ZERO_CURVE, offered));
  }
  return sold;
}

/** What is left of a curve, and the sum of two; may pass 2^31, which only a comparison sees. */
export const left = (whole: Curve, taken: Curve | null): Curve => subtractCurves(whole, taken ?? ZERO_CURVE);
export const plus = (a: Curve, b: Curve): Curve => a.map((value, slot) => value + (b[slot] ?? 0));

/**
 * What an order can still cost once more of it is filled. What is drawn is the trade's; of an order on terms the network
 * charge goes with the energy, and the rest of what was used is owed.
 */
export function costLeft(
  row: { side: "sell" | "buy"; paymentDays: number; usedFen: bigint; lockedFen: bigint; termsFen: bigint },
  { wasLeftWh, isLeftWh, usedFen }: { wasLeftWh: bigint; isLeftWh: bigint; usedFen: bigint },
): OrderCost {
  const drawnFen = usedFen - row.usedFen;
  if (isLeftWh <= 0n || wasLeftWh <= 0n) return NOTHING;
  if (row.side === "sell" || row.paymentDays === 0) {
    return { lockedFen: atLeastNothing(row.lockedFen - drawnFen), termsFen: 0n };
  }
  const networkFen = (row.lockedFen * (wasLeftWh - isLeftWh)) / wasLeftWh;
  const owedFen = atLeastNothing(drawnFen - networkFen - 1n);
  return { lockedFen: row.lockedFen - networkFen, termsFen: atLeastNothing(row.termsFen - owedFen) };
}

const atLeastNothing = (fen: bigint) => (fen > 0n ? fen : 0n);
