import type { Pool, PoolClient } from "pg";
import { LONGEST_SECONDS } from "./graphql/query.ts";

interface Host {
  PONDER_COMMON: { logger: { warn(entry: { msg: string; error: unknown }): void } };
  PONDER_DATABASE: {
    driver: { dialect: "pglite" } | { dialect: "postgres"; readonly: Pool };
    readonlyQB: { raw: { execute(sql: string): Promise<{ rows: Record<string, unknown>[] }> } };
  };
}

/** What of Ponder, which this runs inside of, it hands to its own server but to nobody else. */
export function ponderHost() {
  const { PONDER_COMMON: common, PONDER_DATABASE: database } = globalThis as unknown as Host;
  const { driver } = database;
  if (driver.dialect === "postgres") {
    driver.readonly.on("connect", (client: PoolClient) => {
      client.query(`SET statement_timeout = '${LONGEST_SECONDS}s'`).catch(() => {});
    });
  }
  return {
    isPostgres: driver.dialect === "postgres",
    log: (error: unknown) => common.logger.warn({ msg: "Failed to answer a query", error }),
    /** Where the tables are, by a name that changes with every block. */
    readHead: async () => {
      const { rows } = await database.readonlyQB.raw.execute("SELECT latest_checkpoint FROM _ponder_checkpoint");
      return JSON.stringify(rows);
    },
  };
}
