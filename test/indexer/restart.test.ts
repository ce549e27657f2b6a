import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type IndexerOptions, LocalIndexer } from "../../demo/local/indexer.ts";
import { tradeSource } from "../../sdk/debts/source.ts";
import { PostgresServer } from "../utils/postgresServer.ts";
import { type ChainEvent, EventChain } from "./eventChain.ts";
import * as market from "./market.ts";
import { StallingNode } from "./stallingNode.ts";
import { allTables, type Tables } from "./tables.ts";

const PLANTS = 3;
const DAYS = 16;
const FACTORY = PLANTS + 1;
const BANK = FACTORY + 1;
const LOAD = BigInt(FACTORY);

describe("Indexer, killed with -9 in mid-backfill and started again", () => {
  let chain: EventChain;
  let head: number;
  let server: PostgresServer;
  const directory = mkdtempSync(join(tmpdir(), "dujiang-killed-"));
  const environment = { ...process.env };
  // All at once: Ponder waits half a minute before it takes over from one that was killed.
  let undisturbed: Promise<Tables>;
  let embedded: Promise<Tables>;
  let onPostgres: Promise<Tables>;
  /** What each said to a statement that would take for ever. */
  const sql: [status: number, said: string][] = [];

  before(async function () {
    this.timeout(600_000);
    chain = await EventChain.start(1_795_000_000);
    await chain.emit(opening());
    for (let day = 0; day < DAYS; day += 1) await chain.emit(tradingDay(20_779 + day, day));
    head = await chain.chain.blockNumber();
    process.env.DUJIANG_DEPLOYMENTS = chain.deployments;
    process.env.DUJIANG_SQL_KEY = "key";
    server = await PostgresServer.start();
    const databaseUrl = await server.url();

    undisturbed = indexed({ network: chain.network, rpcUrl: chain.chain.url, port: "any", databaseUrl: "" });
    embedded = killAndStartAgain({ directory, databaseUrl: "" });
    onPostgres = killAndStartAgain({ databaseUrl });
    await Promise.allSettled([undisturbed, embedded, onPostgres]);
    expect((await undisturbed).get("trades")).to.have.length(PLANTS * 2 * DAYS);
  });

  after(async () => {
    process.env = environment;
    await server?.stop();
    await chain?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it("has the same tables, row by row, on the embedded database", async () => {
    expectSame(await embedded, await undisturbed);
  });

  it("has the same tables, row by row, on Postgres", async () => {
    expectSame(await onPostgres, await undisturbed);
  });

  it("ends SQL that takes too long on Postgres, meanwhile as healthy as ever, and has none where it cannot", () => {
    expect(sql.map(([status]) => status).toSorted()).to.deep.equal([403, 403, 500]);
    for (const [status, said] of sql) {
      expect(said).to.match(status === 500 ? /canceling statement due to statement timeout/ : /SQL needs Postgres/);
    }
  });

  async function killAndStartAgain(place: Pick<IndexerOptions, "directory" | "databaseUrl">): Promise<Tables> {
    const node = await StallingNode.start(chain.chain.url, Math.floor(head / 2));
    const options = { network: chain.network, rpcUrl: node.url, port: "any", ...place } as const;
    try {
      const killed = await LocalIndexer.start(options);
      await node.stalled;
      const trades = await killed.process.until("part of the way", () => tradesIn(killed));
      killed.process.kill();
      await killed.process.ended;
      expect(trades, "trades when it was killed").to.be.lessThan(PLANTS * 2 * DAYS);
      node.goOn();
      return await indexed(options);
    } finally {
      await node.stop();
    }
  }

  async function indexed(options: IndexerOptions): Promise<Tables> {
    const indexer = await LocalIndexer.start(options);
    await indexer.caughtUpWith(head);
    const tables = await allTables(indexer);
    sql.push(await slowSql(indexer));
    await indexer.stop();
    return tables;
  }
});

/** Asks for every way to choose eight trades, as one statement. */
async function slowSql(indexer: LocalIndexer): Promise<[number, string]> {
  const trades = Array.from({ length: 8 }, (_, index) => `"trade" t${index}`);
  const query = { json: { sql: `select count(*) from ${trades.join(", ")}`, params: [], typings: [] } };
  const answer = fetch(`${indexer.url}/sql/db?key=key&sql=${encodeURIComponent(JSON.stringify(query))}`);
  expect((await fetch(`${indexer.url}/health`)).status).to.equal(200);
  const { status } = await answer;
  return [status, await (await answer).text()];
}

function expectSame(tables: Tables, expected: Tables): void {
  expect([...tables.keys()]).to.deep.equal([...expected.keys()]);
  for (const [name, rows] of expected) expect(tables.get(name), name).to.deep.equal(rows);
}

async function tradesIn(indexer: LocalIndexer): Promise<number | undefined> {
  const { trades } = await indexer.query<{ trades: { totalCount: number } }>("{ trades { totalCount } }");
  return trades.totalCount > 0 ? trades.totalCount : undefined;
}

function opening(): ChainEvent[] {
  const plants = Array.from({ length: PLANTS }, (_, index) => index + 1);
  return [
    ...plants.flatMap((plant) => market.enrol(plant, "generator")),
    ...market.enrol(FACTORY, "consumer"),
    ...plants.map((plant) => market.registerMeter(BigInt(plant), plant, "generation")),
    market.registerMeter(LOAD, FACTORY, "consumption"),
    market.openBank(BANK),
    ...plants.flatMap((plant) => market.issue(plant, 1_000_000n, BANK)),
    ...market.issue(FACTORY, 900_000_000n, BANK),
    ...[...plants, FACTORY].flatMap((participant) => market.lockMargin(participant, 500_000n)),
  ];
}

/**
 * Each plant sells twice, bilaterally and in a continuous match, and is metered short of the second sale; the first is paid,
 * the second owed.
 */
function tradingDay(day: number, index: number): ChainEvent[] {
  const price = market.level(30_000 + index);
  const [first, second, metered] = [market.level(1000, 24, 48), market.level(800, 36, 60), market.level(1400, 30, 60)];
  const wh = { first: 1000n * 18n, second: 400n * 12n + 800n * 12n };
  const paid = market.amountOf(market.level(1000, 30, 48), price);
  const plants = Array.from({ length: PLANTS }, (_, plant) => {
    const seller = plant + 1;
    const meter = BigInt(seller);
    const id = BigInt((index * PLANTS + plant) * 2 + 1);
    return { seller, meter, id, deal: { seller, buyer: FACTORY, sellerMeter: meter, buyerMeter: LOAD, day } };
  });
  const round = BigInt(index + 1);
  const buyOrder = market.digestOf(`purchase ${day}`);
  return [
    market.priceCurve(price),
    ...plants.map(({ id, deal }) => market.openTrade(id, deal, [first, price])),
    ...market.priceZone(round, price, { day, continuous: true }),
    ...plants.map(({ id, deal }) => {
      const sellOrder = market.digestOf(`sale ${id}`);
      return market.openTrade(id + 1n, deal, [second, price], { round, sellOrder, buyOrder });
    }),
    market.fill(round, buyOrder, false, 900n),
    market.drawMargin(round, [...plants.map(({ seller }): [number, bigint] => [seller, 5n]), [FACTORY, 900n]]),
    ...plants.map(() => market.hold(FACTORY, paid)),
    ...plants.map(({ meter }) => market.report(meter, day, metered)),
    ...plants.map(({ meter }) => market.finalise(meter, day)),
    ...market.settle(
      round,
      ...plants.flatMap(({ id }): market.Settled[] => [
        [id, wh.first, paid],
        [id + 1n, wh.second, 40n, 2n, true],
      ]),
    ),
    ...plants.map(({ id }) =>
      market.owe(
        id,
        {
          ...{ debtor: FACTORY, creditor: Number(id % 7n) + 1, dueDay: day, amountFen: 40n },
          source: tradeSource(id + 1n),
        },
        "LateInvoice",
      ),
    ),
    ...plants.flatMap(({ seller }) => market.payHeld(FACTORY, seller, paid)),
    ...plants.flatMap(({ id, deal }) => market.claimKwh(id, deal, wh.first)),
  ];
}
