import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";

/** Why SQL is not to be had where it is not. */
export function refuseSql(key: string | undefined, isPostgres: boolean): string | undefined {
  if (!key) return "SQL is switched off here: GraphQL answers at /graphql; DUJIANG_SQL_KEY switches it on.";
  // The embedded database runs in the indexer's own process, where nothing can end a statement that it has begun.
  if (!isPostgres)
    return "SQL needs Postgres, which ends statements that take too long: set DATABASE_URL, or ask GraphQL.";
  return undefined;
}

/** Lets pass who gives the key, as a bearer's token or, as @ponder/client can, in the address. */
export function requireKey(key: string): MiddlewareHandler {
  return async (c, next) => {
    const given = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? c.req.query("key") ?? "";
    if (timingSafeEqual(digest(given), digest(key))) return next();
    return c.json({ error: 'SQL asks for the key: send it as "Authorization: Bearer KEY", or add ?key=KEY.' }, 401, {
      "www-authenticate": "Bearer",
    });
  };
}

const digest = (text: string) => createHash("sha256").update(text).digest();
