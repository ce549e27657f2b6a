import { and, eq, inArray } from "drizzle-orm";
import type { Hex } from "viem";
import { bandsToCurves, type Day, type Sold, slotLimitWh, ZERO_CURVE } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { checkOrder } from "../admission/admit.ts";
import { chainRefusal } from "../admission/chainRefusal.ts";
import type { ChainView } from "../chainView.ts";
import { add, left, marginRefusal, NOTHING, plus } from "../orders/cover.ts";
import { signedOrderOf } from "../orders/store.ts";
import { type OrderRow, orders } from "../tables.ts";

/** Asks at a time: a province's book is some ten thousand orders. */
const AT_A_TIME = 200;
/** How often a node that does not answer is asked the same. */
const MOST_TRIES = 8;

/**
 * The open orders of the days that close which could not all be opened as the chain stands now, each with the reason:
 * of traders who are not good, and of what is not covered by margin or meter any more the latest.
 * @param sold what the meters have sold of a day so far
 */
export async function recheck(
  db: Database,
  view: ChainView,
  days: readonly Day[],
  sold: (day: Day) => Promise<ReadonlyMap<bigint, Sold>>,
): Promise<Map<Hex, Refusal>> {
  const closing = await db
    .select()
    .from(orders)
    .where(and(eq(orders.state, "open"), inArray(orders.day, [...days])))
    .orderBy(orders.sequence);
  const dropped = new Map<Hex, Refusal>();
  for (let next = 0; next < closing.length; next += AT_A_TIME) {
    await Promise.all(
      closing.slice(next, next + AT_A_TIME).map(async (row) => {
        const refusal = await refusalFor(row, view);
        if (refusal !== undefined) dropped.set(row.hash, refusal);
      }),
    );
  }
  const standing = () => closing.filter(({ hash }) => !dropped.has(hash));
  for (const day of days) {
    const ofDay = standing().filter((row) => row.day === day && row.side === "sell");
    for (const [hash, refusal] of await overCapacity(ofDay, view, await sold(day))) dropped.set(hash, refusal);
  }
  for (const [hash, refusal] of await uncovered(db, standing(), view)) dropped.set(hash, refusal);
  return dropped;
}

async function refusalFor(row: OrderRow, view: ChainView): Promise<Refusal | undefined> {
  return patiently(async () => {
    try {
      await checkOrder(signedOrderOf(row).order, view);
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  });
}

/** Among so many questions some get lost: not all of them are asked again for one. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
  }
}

/** Bilateral sales take room, too. */
async function overCapacity(
  sells: readonly OrderRow[],
  view: ChainView,
  sold: ReadonlyMap<bigint, Sold>,
): Promise<[Hex, Refusal][]> {
  const offered = new Map([...sold].map(([meter, { position }]) => [meter, position]));
  const dropped: [Hex, Refusal][] = [];
  for (const { hash, meter, day, bands, filled } of sells) {
    const capacityWh = slotLimitWh(BigInt((await patiently(() => view.meter(meter))).capacityW));
    const together = plus(offered.get(meter) ?? ZERO_CURVE, left(bandsToCurves(bands).energy, filled));
    if (together.some((wh) => BigInt(wh) > capacityWh))
      dropped.push([hash, chainRefusal("AboveCapacity", { meter, day })]);
    else offered.set(meter, together);
  }
  return dropped;
}

/**
 * Of each participant in a book that closes all open orders are counted: those of the book first, then those of later
 * days, which would draw on the same margin before the book is opened.
 */
async function uncovered(db: Database, closing: readonly OrderRow[], view: ChainView): Promise<[Hex, Refusal][]> {
  const closed = [...new Set(closing.map(({ day }) => day))];
  const cutOff = Math.max(
    ...(await Promise.all(closed.map((day) => patiently(() => view.hours(day))))).map((at) => at.cutOff),
  );
  const participants = [...new Set(closing.map(({ participant }) => participant))];
  if (participants.length === 0) return [];
  const hashes = new Set(closing.map(({ hash }) => hash));
  const days = new Set(closing.map(({ day }) => day));
  const open = await db
    .select()
    .from(orders)
    .where(and(eq(orders.state, "open"), inArray(orders.participant, participants)))
    .orderBy(orders.sequence);
  const later = open.filter(({ day, hash }) => !days.has(day) && !hashes.has(hash));
  const dropped: [Hex, Refusal][] = [];
  for (const [participant, own] of Map.groupBy([...closing, ...later], (row) => row.participant)) {
    const cover = await patiently(() => view.cover(participant, cutOff));
    let backing = NOTHING;
    for (const row of own) {
      const refusal = marginRefusal(row, cover, backing);
      if (refusal === undefined) backing = add(backing, row);
      else dropped.push([row.hash, refusal]);
    }
  }
  return dropped;
}
