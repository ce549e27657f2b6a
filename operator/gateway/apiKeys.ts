import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { apiKeys } from "./tables.ts";

/** What every key begins with. */
export const KEY_MARK = "dj_";

/** Makes a key and returns it, the only time that anybody sees it; undefined if the name is taken. */
export async function addApiKey(db: Database, name: string): Promise<string | undefined> {
  const key = `${KEY_MARK}${randomBytes(32).toString("base64url")}`;
  const added = await db
    .insert(apiKeys)
    .values({ name, hash: hashOf(key) })
    .onConflictDoNothing()
    .returning();
  return added.length === 0 ? undefined : key;
}

/** Whether there was such a key. */
export async function revokeApiKey(db: Database, name: string): Promise<boolean> {
  const revoked = await db
    .update(apiKeys)
    .set({ revokedAt: new Date() })
    .where(and(eq(apiKeys.name, name), isNull(apiKeys.revokedAt)))
    .returning();
  return revoked.length > 0;
}

/** The name of a key that is good. */
export async function nameOfKey(db: Database, key: string): Promise<string | undefined> {
  const [row] = await db
    .select({ name: apiKeys.name })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hashOf(key)), isNull(apiKeys.revokedAt)));
  return row?.name;
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
