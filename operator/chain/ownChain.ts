import { getBlock } from "viem/actions";
import { DujiangError, type Platform, readEvents } from "../../sdk/index.ts";
import type { Database } from "../db/database.ts";
import { service } from "../db/schema.ts";

/** Thrown when the tables belong to another chain. */
export class OtherChainError extends DujiangError {}

/** Ties a fresh database to the chain it is for, and refuses one that is tied to another. */
export async function requireOwnChain(db: Database, platform: Platform): Promise<void> {
  const { client, addresses } = platform;
  const { hash } = await getBlock(client, { blockNumber: 0n });
  const own = { genesisHash: hash, escrow: addresses.TradeEscrow.toLowerCase() as `0x${string}` };
  if ((await db.$count(service)) === 0) {
    const firstRound = (await lastRound(platform)) + 1;
    await db
      .insert(service)
      .values({ ...own, firstRound })
      .onConflictDoNothing();
  }
  const [kept] = await db.select().from(service);
  if (kept?.genesisHash === own.genesisHash && kept.escrow === own.escrow) return;
  throw new OtherChainError(
    `The database belongs to the chain with genesis ${kept?.genesisHash} and escrow ${kept?.escrow}, not to this one (${own.genesisHash}, ${own.escrow}): use another database, or delete this one if its chain is gone.`,
  );
}

/** Rounds of an earlier database keep their prices on the chain. */
async function lastRound(platform: Platform): Promise<number> {
  const priced = await readEvents(platform, "TradeEscrow", ["ZonePriced"]);
  return Math.max(0, ...priced.map(({ args }) => Number(args.round)));
}
