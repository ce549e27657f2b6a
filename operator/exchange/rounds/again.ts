import { and, eq, inArray, sql } from "drizzle-orm";
import type { Hex } from "viem";
import { SKIP_REASONS, type SkipReason } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { Refusal } from "../../gateway/refusal.ts";
import type { ChainView } from "../chainView.ts";
import { marginRefusal, NOTHING } from "../orders/cover.ts";
import { skipSentence } from "../submission/skipSentence.ts";
import { type LegRow, legs, orders, type RoundRow, rounds } from "../tables.ts";

/** Auctions that left out an order on the chain before anything of their book was opened: they are cleared again. */

/** Such rounds, by number. While they are there, nothing more of them is sent. */
export async function roundsToClearAgain(db: Database): Promise<number[]> {
  const answer = await db.execute(sql`
    select number::text from rounds where matching = 'auction' and state <> 'clearedAgain'
      and exists (select 1 from legs where legs.round = rounds.number and legs.state = 'skipped'
        and split_part(legs.reason, ':', 1) in ${FAULTS})
      and not exists (select 1 from legs join rounds as other on other.number = legs.round
        where other.matching = 'auction' and other.zone = rounds.zone and other.day = rounds.day
          and other.payment_days = rounds.payment_days and legs.state = 'opened')`);
  return (answer as unknown as { rows: { number: string }[] }).rows.map(({ number }) => Number(number));
}

/** What a round is cleared again without. */
export interface Fault {
  round: RoundRow;
  orders: Map<Hex, Refusal>;
}

/** The orders at fault in a round of which nothing is on its way any more; undefined where something is. */
export async function faultsOf(db: Database, view: ChainView, number: number): Promise<Fault | undefined> {
  const [round] = await db.select().from(rounds).where(eq(rounds.number, number));
  const carried = await db.select().from(legs).where(eq(legs.round, number));
  if (round === undefined || carried.some(({ state }) => state === "submitted")) return undefined;
  const faults = new Map<Hex, Refusal>();
  for (const leg of carried.filter(({ state, reason }) => state === "skipped" && isFault(reason))) {
    for (const hash of await atFault(db, view, leg)) faults.set(hash, refusalOf(leg));
  }
  return { round, orders: faults };
}

/** What the round was to open is not opened by it any more. */
export async function giveUp(tx: Database, number: number): Promise<void> {
  await tx.update(rounds).set({ state: "clearedAgain" }).where(eq(rounds.number, number));
  await tx
    .update(legs)
    .set({ state: "skipped", reason: "ClearedAgain" })
    .where(and(eq(legs.round, number), eq(legs.state, "pending")));
}

/** Of a pair that may not meet the purchase is left out. */
const OF_THE_PURCHASE: readonly SkipReason[] = [
  "BuyOrderSkipped",
  "BuyerInDefault",
  "SameParty",
  "PaymentTermTooLong",
  "CertificatesDiffer",
  "ExceedsMaximum",
];

/** Not the service's own reasons, and not what only says that it read too late. */
const FAULTS = SKIP_REASONS.filter((reason) => !["None", "StaleFill", "StalePosition"].includes(reason));

function isFault(reason: string | null): boolean {
  return FAULTS.includes((reason ?? "").split(":")[0] as SkipReason);
}

async function atFault(db: Database, view: ChainView, { reason, sellOrder, buyOrder }: LegRow): Promise<Hex[]> {
  const name = (reason ?? "").split(":")[0] as SkipReason;
  if (name !== "InsufficientMargin") return [OF_THE_PURCHASE.includes(name) ? buyOrder : sellOrder];
  // The chain does not say whose margin it is.
  const short: Hex[] = [];
  for (const row of await db
    .select()
    .from(orders)
    .where(inArray(orders.hash, [sellOrder, buyOrder]))) {
    if (marginRefusal(row, await view.cover(row.participant), NOTHING) !== undefined) short.push(row.hash);
  }
  return short.length > 0 ? short : [buyOrder];
}

function refusalOf({ reason }: LegRow): Refusal {
  const code = reason ?? "None";
  return new Refusal(422, code, { en: skipSentence(code, "en"), zh: skipSentence(code, "zh") });
}
