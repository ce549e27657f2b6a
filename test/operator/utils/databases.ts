import { sql } from "drizzle-orm";
import { type Database, type OpenDatabase, openDatabase } from "../../../operator/db/database.ts";
import { PostgresServer } from "../../utils/postgresServer.ts";

/** Runs tests twice, each time over one database that every test finds empty: the embedded one, and one on a server. */
export function overBothDatabases(title: string, tests: (open: () => OpenDatabase) => void): void {
  describe(`${title}, embedded`, () => overDatabase(() => openDatabase(), tests));
  describe(`${title}, on a server`, () => {
    let server: PostgresServer | undefined;
    after(() => server?.stop());
    const open = async () => {
      server = await PostgresServer.start();
      return openDatabase({ url: await server.url() });
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
    sql`truncate service, orders, proposals, rounds, closings, transactions, legs, api_keys, tasks, meter_batches cascade`,
  );
}
