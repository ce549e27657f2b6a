import { getBlock } from "viem/actions";
import { DujiangError, type Platform } from "../../sdk/index.ts";
import type { Database } from "../db/database.ts";
import { service } from "./tables.ts";

/** Thrown when the tables belong to another chain. */
export class OtherChainError extends DujiangError {}

/** Ties a fresh database to the chain it is for, and refuses one that is tied to another. */
export async function requireOwnChain(db: Database, { client, addresses }: Platform): Promise<void> {
  const { hash } = await getBlock(client, { blockNumber: 0n });
  const own = { genesisHash: hash, escrow: addresses.TradeEscrow.toLowerCase() as `0x${string}` };
  await db.insert(service).values(own).onConflictDoNothing();
  const [kept] = await db.select().from(service);
  if (kept?.genesisHash === own.genesisHash && kept.escrow === own.escrow) return;
  throw new OtherChainError({
    en: `The database belongs to the chain with genesis ${kept?.genesisHash} and escrow ${kept?.escrow}, not to this one (${own.genesisHash}, ${own.escrow}): use another database, or delete this one if its chain is gone.`,
    zh: `数据库属于创世区块为 ${kept?.genesisHash}、托管合约为 ${kept?.escrow} 的链，而不是本链（${own.genesisHash}，${own.escrow}）：请改用其他数据库；若原链已不存在，可删除此库。`,
  });
}
