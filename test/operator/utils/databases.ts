import { sql } from "drizzle-orm";
import type { Database, DatabasePlace } from "../../../operator/db/database.ts";
import { type OpenDatabase, openDatabase } from "../../../operator/db/openDatabase.ts";
import { trade as documents } from "../../../operator/documents/trade.ts";
import { trade as exchange } from "../../../operator/exchange/trade.ts";
import { trade as keeper } from "../../../operator/keeper/trade.ts";
import { trade as metering } from "../../../operator/metering/trade.ts";
import { tablesOf } from "../../../operator/trades.ts";
import { PostgresServer } from "../../utils/postgresServer.ts";

/** The tables of every trade. */
export const ALL_TABLES = tablesOf([exchange, keeper, metering, documents]);

/** A database with the tables of every trade, in memory if nothing else is said. */
export const openTables = (place: DatabasePlace = {}): Promise<OpenDatabase> => openDatabase(place, ALL_TABLES);

/** Runs tests twice, each time over one database that every test finds empty: the embedded one, and one on a server. */
export function overBothDatabases(title: string, tests: (open: () => OpenDatabase) => void): void {
  describe(`${title}, embedded`, () => overDatabase(() => openTables(), tests));
  describe(`${title}, on a server`, () => {
    let server: PostgresServer | undefined;
    after(() => server?.stop());
    const open = async () => {
      server = await PostgresServer.start();
      return openTables({ url: await server.url() });
    };
    overDatabase(open, tests);
  });
}

function overDatabase(open: () => Promise<OpenDatabase>, tests: (open: () => OpenDatabase) => void): void {
  let opened: OpenDatabase;
  before(async () => {
    opened = await open();
  });
  beforeEach(() => emptyTables(opened.db));
  after(() => opened?.close());
  tests(() => opened);
}

/** Forgets everything but the migrations. */
export async function emptyTables(db: Database): Promise<void> {
  await db.execute(
    sql`truncate service, round_numbers, orders, proposals, rounds, closings, transactions, legs, api_keys, tasks, keeper_progress, meter_batches, document_contents, document_envelopes cascade`,
  );
}
