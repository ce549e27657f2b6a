import { asc, gt, sql } from "drizzle-orm";
import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { contractOf, explain, type Platform, readSheet, SheetError, sheetHash } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { type NameRow, names } from "../tables.ts";

/** Asks of the node at a time. */
const AT_A_TIME = 100;

/**
 * Keeps sheets, all or none, each for the participants whose credential hash on chain it makes; how many.
 * @throws Refusal if one is no sheet, or no participant has its hash
 */
export async function keepNames(
  db: Database,
  platform: Platform,
  sheets: readonly string[],
  handedInBy: string,
): Promise<number> {
  const byHash = new Map(sheets.map((sheet, place) => [sheetHash(sheet), { sheet, place }]));
  for (const { sheet, place } of byHash.values()) requireSheet(sheet, place);
  const rows = [...(await readCredentialHashes(platform))].flatMap(([participant, hash]) => {
    const sheet = byHash.get(hash)?.sheet;
    return sheet === undefined ? [] : [{ participant, hash, sheet, handedInBy }];
  });
  const known = new Set(rows.map(({ hash }) => hash));
  for (const [hash, { place }] of byHash) if (!known.has(hash)) throw unknownHash(hash, place);
  const again = { hash: sql`excluded.hash`, sheet: sql`excluded.sheet`, handedInBy, handedInAt: new Date() };
  await db.insert(names).values(rows).onConflictDoUpdate({ target: names.participant, set: again });
  return rows.length;
}

/** Entries by participant, from behind one on. */
export function namesBehind(db: Database, participant: number, most: number): Promise<NameRow[]> {
  return db.select().from(names).where(gt(names.participant, participant)).orderBy(asc(names.participant)).limit(most);
}

async function readCredentialHashes(platform: Platform): Promise<Map<number, Hex>> {
  const registry = contractOf(platform, "ParticipantRegistry");
  const { client } = platform;
  const count = await readContract(client, { ...registry, functionName: "participantCount" });
  const found = new Map<number, Hex>();
  for (let next = 1; next <= count; next += AT_A_TIME) {
    const ids = Array.from({ length: Math.min(AT_A_TIME, count - next + 1) }, (_, index) => next + index);
    const hashes = await Promise.all(
      ids.map((id) => readContract(client, { ...registry, functionName: "credentialHashOf", args: [id] })),
    );
    for (const [index, id] of ids.entries()) found.set(id, hashes[index] as Hex);
  }
  return found;
}

function requireSheet(sheet: string, place: number): void {
  try {
    readSheet(sheet);
  } catch (error) {
    if (!(error instanceof SheetError)) throw error;
    throw new Refusal(422, "NoSheet", { en: explain(error, "en"), zh: explain(error, "zh") }, { place });
  }
}

function unknownHash(hash: Hex, place: number): Refusal {
  const words = {
    en: `No participant has the credential hash ${hash}, which sheet ${place} makes: hand it in byte for byte as it was proposed, once it is approved.`,
    zh: `没有参与方的证照哈希为 ${hash}（第 ${place} 份登记表）：请在批准后逐字节提交申请时的原件。`,
  };
  return new Refusal(422, "UnknownCredential", words, { hash, place });
}
