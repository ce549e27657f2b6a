import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { sql } from "drizzle-orm";
import type { Database } from "../../../operator/db/database.ts";
import { FolderError, holdFolder } from "../../../operator/db/folder.ts";
import { MigrationError, migrate } from "../../../operator/db/migrate.ts";
import { rounds } from "../../../operator/exchange/tables.ts";
import type { Sentence } from "../../../sdk/index.ts";
import { PostgresServer } from "../../utils/postgresServer.ts";
import { ALL_TABLES, openTables, overBothDatabases } from "../utils/databases.ts";

const CURVE = Array.from({ length: 96 }, (_, slot) => slot * 22_000_000);
const ROUND = { number: 1, zone: 4_294_967_295, day: 20_779, paymentDays: 0, seed: "0x01", price: CURVE } as const;

describe("the operator's database", () => {
  overBothDatabases("tables", (open) => {
    it("come up to date once, and keep curves and times", async () => {
      const { db } = open();
      expect(await migrate(db, ALL_TABLES)).to.equal(0);
      await db.insert(rounds).values(ROUND);
      const [found] = await db.select().from(rounds);
      expect(found).to.deep.include({ ...ROUND, state: "cleared" });
      expect(found?.clearedAt).to.be.instanceOf(Date);
    });

    it("take all of a transaction or nothing", async () => {
      const { db } = open();
      const failing = db.transaction(async (tx) => {
        await tx.insert(rounds).values(ROUND);
        throw new Error("cut off");
      });
      await failing.then(
        () => expect.fail("the transaction went through"),
        (error: Error) => expect(error.message).to.equal("cut off"),
      );
      expect(await db.$count(rounds)).to.equal(0);
    });

    it("of a newer program are refused", async () => {
      const { db } = open();
      await db.execute(sql`insert into migrations (room, version, name) values ('exchange', 99, 'later')`);
      await refuses(() => migrate(db, ALL_TABLES), MigrationError, "start the newer program");
      await db.execute(sql`delete from migrations where version = 99`);
    });
  });

  it("keeps what it has in a folder, for one process at a time", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dujiang-operator-"));
    try {
      const first = await openTables({ folder });
      await first.db.insert(rounds).values(ROUND);
      await first.close();
      const second = await openTables({ folder });
      expect(await second.db.$count(rounds)).to.equal(1);
      await second.close();
      writeFileSync(join(folder, "owner"), String(process.ppid));
      expect(() => holdFolder(folder)).to.throw(FolderError, `process ${process.ppid}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("continues after its server was restarted", async () => {
    const server = await PostgresServer.start();
    const { db, close } = await openTables({ url: await server.url() });
    await db.insert(rounds).values(ROUND);
    await server.restart();
    expect(await countEventually(db)).to.equal(1);
    await close();
    await server.stop();
  });

  it("loses a transaction whose connection breaks between two statements, and nothing else", async () => {
    const server = await PostgresServer.start();
    const { db, close } = await openTables({ url: await server.url() });
    const cutOff = db.transaction(async (tx) => {
      await tx.insert(rounds).values(ROUND);
      await server.restart();
      await tx.insert(rounds).values({ ...ROUND, number: 2 });
    });
    await cutOff.then(
      () => expect.fail("the transaction went through"),
      () => {},
    );
    expect(await countEventually(db)).to.equal(0);
    await close();
    await server.stop();
  });
});

/** A connection that broke fails one query. */
async function countEventually(db: Database): Promise<number> {
  try {
    return await db.$count(rounds);
  } catch {
    return db.$count(rounds);
  }
}

async function refuses(run: () => Promise<unknown>, kind: new (sentences: Sentence) => Error, words: string) {
  try {
    await run();
  } catch (error) {
    expect(error).to.be.instanceOf(kind);
    expect((error as Error).message).to.include(words);
    return;
  }
  expect.fail("nothing was refused");
}
