import { and, desc, eq, gte, lt, or, sql } from "drizzle-orm";
import type { Address, Hex } from "viem";
import { type Trade, tradeToWire } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import type { CheckedTrade } from "../orders/wire.ts";
import { type ProposalRow, proposals } from "../tables.ts";

export type Party = "seller" | "buyer";

/** Keeps a party's signature of a trade beside the other's, if that is here already. */
export async function keepProposal(
  db: Database,
  { trade, hash, party, signature }: { trade: Trade; hash: Hex; party: Party; signature: Hex },
): Promise<ProposalRow> {
  const own = party === "seller" ? { sellerSignature: signature } : { buyerSignature: signature };
  const column = party === "seller" ? proposals.sellerSignature : proposals.buyerSignature;
  const { seller, buyer, day, expiry } = trade;
  const [row] = await db
    .insert(proposals)
    .values({ hash, seller, buyer, day, expiry, trade: tradeToWire(trade) as CheckedTrade, ...own })
    // What a party signed first stays, so that nothing changes when it is sent again.
    .onConflictDoUpdate({
      target: proposals.hash,
      set: { [party === "seller" ? "sellerSignature" : "buyerSignature"]: sql`coalesce(${column}, ${signature})` },
    })
    .returning();
  return row as ProposalRow;
}

export async function findProposal(db: Database, hash: Hex): Promise<ProposalRow | undefined> {
  const [row] = await db.select().from(proposals).where(eq(proposals.hash, hash));
  return row;
}

/**
 * The proposals that somebody is a party of and that have not expired, latest first.
 * @param before only what came before this place in the order of arrival
 */
export async function proposalsOf(
  db: Database,
  { party, now, before, most }: { party: Address; now: number; before: number | undefined; most: number },
): Promise<ProposalRow[]> {
  const isParty = or(eq(proposals.seller, party), eq(proposals.buyer, party));
  const isEarlier = before === undefined ? undefined : lt(proposals.sequence, before);
  return db
    .select()
    .from(proposals)
    .where(and(isParty, gte(proposals.expiry, BigInt(now)), isEarlier))
    .orderBy(desc(proposals.sequence))
    .limit(most);
}
