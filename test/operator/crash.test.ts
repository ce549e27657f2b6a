import { expect } from "chai";
import type { EIP1193RequestFn } from "viem";
import { requireOwnChain } from "../../operator/chain/ownChain.ts";
import { type Database, type OpenDatabase, openDatabase } from "../../operator/db/database.ts";
import type { JournalPoint } from "../../operator/sending/sender.ts";
import type { Platform, SignedOrder } from "../../sdk/index.ts";
import { asBesu } from "../besu/asBesu.ts";
import { type Member, TestMarket } from "../sdk/market.ts";
import { emptyTables, PostgresServer } from "./utils/databases.ts";
import { behindTheDoor, finalState, keep, signedOrder } from "./utils/day.ts";
import { band } from "./utils/desk.ts";
import { Life } from "./utils/mortal.ts";
import { randomOf } from "./utils/random.ts";

/** How large a day, and how often it is killed: CI takes a short walk, see operator/README.md for the long one. */
const ORDERS = Number(process.env.DUJIANG_OPERATOR_ORDERS ?? 24);
const KILLS = Number(process.env.DUJIANG_OPERATOR_KILLS ?? 10);
const FAULTS = Number(process.env.DUJIANG_OPERATOR_FAULTS ?? 2);
const EVERY_POINT = process.env.DUJIANG_OPERATOR_KILLS !== undefined;

const POINTS: readonly JournalPoint[] = ["planned", "signed", "sent", "sentWritten", "sealed", "sealedWritten"];
/** Small transactions, so that a small day takes several. */
const GAS = ORDERS > 100 ? 16_777_216 : 1_500_000;
/** Every book counts as closed. */
const LEAD_SECONDS = 100 * 86_400;
/** A block for so many questions to the node. */
const QUESTIONS_A_BLOCK = 9;

describe("a service that dies, over a node that fails and a database that restarts", function () {
  this.timeout(7_200_000);
  let market: TestMarket;
  let database: OpenDatabase;
  let signed: SignedOrder[];
  let undisturbed: Awaited<ReturnType<typeof finalState>>;
  let passes: JournalPoint[];
  let questions: number;
  let snapshot: string;

  const ask = (method: string, params: unknown[] = []): Promise<string> =>
    market.inProcess.connection.provider.request({ method, params }) as Promise<string>;

  before(async () => {
    market = await TestMarket.create();
    database = await openDatabase();
    const sellers = [
      await market.generator("solarPlant"),
      await market.generator("hydroStation", "HydroRunOfRiver"),
      await market.generator("windFarm", "Wind"),
    ];
    const buyers: Member[] = [];
    for (const actor of ["factory", "household", "supplier", "retailer", "shoppingCentre"] as const) {
      buyers.push(await market.consumer(actor));
    }
    signed = await day(sellers, buyers);
    await ask("evm_setAutomine", [false]);
    snapshot = await ask("evm_snapshot");

    await startOver();
    const life = new Life();
    passes = [];
    await live(database.db, life, (point) => passes.push(point));
    questions = life.questions;
    undisturbed = await finalState(database.db, market.platform);
  });
  beforeEach(startOver);
  after(() => database?.close());

  /** A day of orders of which many meet, at four payment terms. */
  async function day(sellers: Member[], buyers: Member[]): Promise<SignedOrder[]> {
    const random = randomOf(2_026);
    const upTo = (most: number) => 1 + Math.floor(random() * most);
    const orders: SignedOrder[] = [];
    for (let nonce = 1; nonce <= ORDERS; nonce += 1) {
      const side = nonce % 2 === 0 ? "sell" : "buy";
      const members = side === "sell" ? sellers : buyers;
      const from = upTo(80) - 1;
      const price = side === "sell" ? 28_000 + upTo(4_000) : 30_000 + upTo(5_000);
      const bands = [band(from, from + upTo(16), upTo(200_000), price)];
      const terms = { bands, day: market.today + 2, nonce: BigInt(nonce), paymentDays: ((nonce % 8) >> 1) * 10 };
      orders.push(await signedOrder(market, side, members[nonce % members.length] as Member, terms));
    }
    return orders;
  }

  async function startOver(): Promise<void> {
    await ask("evm_revert", [snapshot]);
    snapshot = await ask("evm_snapshot");
    await emptyTables(database.db);
    await prepare(database.db);
  }

  async function prepare(db: Database): Promise<void> {
    await requireOwnChain(db, market.platform);
    await keep(db, market.platform, signed);
  }

  /** One life of the service, until nothing is left to do or it ends. */
  async function live(db: Database, life: Life, passed?: (point: JournalPoint) => void): Promise<void> {
    const platform = market.through((request) => life.through(withBlocks(asBesu(request))));
    await serve(life.over(db), platform, passed);
  }

  async function serve(db: Database, platform: Platform, passed?: (point: JournalPoint) => void): Promise<void> {
    const accounts = [market.account("marketOperator")];
    const { desk, submitter } = behindTheDoor(db, platform, accounts, {
      transactionGas: GAS,
      ...(passed && { passed }),
    });
    await desk.clearClosed(LEAD_SECONDS);
    for (let steps = 0; await submitter.step(); steps += 1) {
      if (steps > 2_000) throw new Error("The submitter did not come to an end.");
    }
  }

  /** Blocks come while transactions wait, as they do from validators. */
  function withBlocks(request: EIP1193RequestFn): EIP1193RequestFn {
    let asked = 0;
    return (async (call: never) => {
      asked += 1;
      if (asked % QUESTIONS_A_BLOCK === 0) await ask("evm_mine");
      return request(call);
    }) as EIP1193RequestFn;
  }

  async function expectTheSame(db = database.db): Promise<void> {
    await ask("evm_mine");
    expect(await finalState(db, market.platform)).to.deep.equal(undisturbed);
  }

  it("opens a day in several transactions when nothing disturbs it", () => {
    expect(passes.filter((point) => point === "sealedWritten").length).to.be.greaterThan(2);
    expect(undisturbed.trades.length).to.be.greaterThan(ORDERS / 8);
    expect(undisturbed.legs.every(({ state }) => state === "opened")).to.equal(true);
  });

  for (const point of POINTS) {
    it(`ends the same when killed at "${point}"`, async () => {
      const times = passes.filter((passed) => passed === point).length;
      const moments = EVERY_POINT ? Array.from({ length: times }, (_, index) => index + 1) : [1, times];
      for (const moment of moments) {
        await startOver();
        const life = new Life();
        let passed = 0;
        const dying = live(database.db, life, (at) => {
          if (at !== point) return;
          passed += 1;
          if (passed === moment) life.end();
        });
        await dying.catch(() => {});
        await live(database.db, new Life());
        await expectTheSame();
      }
    });
  }

  it(`ends the same when killed at ${KILLS} random moments, up to three times a day`, async () => {
    const random = randomOf(4_711);
    for (let killed = 0; killed < KILLS; ) {
      await startOver();
      for (let lives = 0; lives < 3 && killed < KILLS; lives += 1) {
        const life = new Life(1 + Math.floor(random() * questions), random() < 0.5);
        const died = await live(database.db, life).then(
          () => false,
          () => true,
        );
        if (!died) break;
        killed += 1;
      }
      await live(database.db, new Life());
      await expectTheSame();
    }
  });

  it(`ends the same over a node that drops, delays and doubles, ${FAULTS} times`, async () => {
    for (let seed = 1; seed <= FAULTS; seed += 1) {
      await startOver();
      const random = randomOf(seed);
      const faulty = (request: EIP1193RequestFn): EIP1193RequestFn =>
        (async (call: never) => {
          const [luck, when] = [random(), random()];
          if (luck < 0.05 && when < 0.5) throw new Error("the question got lost");
          if (luck >= 0.05 && luck < 0.1) await new Promise((done) => setTimeout(done, when * 20));
          if (luck >= 0.1 && luck < 0.15) await request(call).catch(() => {});
          const answer = await request(call);
          if (luck < 0.05) throw new Error("the answer got lost");
          return answer;
        }) as EIP1193RequestFn;
      const platform = market.through((request) => faulty(withBlocks(asBesu(request))));
      await untilServed(() => serve(database.db, platform));
      await expectTheSame();
    }
  });

  it("ends the same with a database that restarts under way", async () => {
    const server = await PostgresServer.start();
    const opened = await openDatabase({ url: await server.url() });
    await prepare(opened.db);
    const platform = market.through((request) => withBlocks(asBesu(request)));
    let sealed = 0;
    let restarting: Promise<void> | undefined;
    const passed = (point: JournalPoint) => {
      if (point === "sealedWritten") sealed += 1;
      if (sealed === 1) restarting ??= server.restart();
    };
    await untilServed(() => serve(opened.db, platform, passed));
    await restarting;
    await expectTheSame(opened.db);
    await opened.close();
    await server.stop();
  });

  /** As the service's loop does: a step that failed is tried again. */
  async function untilServed(run: () => Promise<void>): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await run();
      } catch (error) {
        if (failures > 500) throw error;
        await new Promise((done) => setTimeout(done, 20));
      }
    }
  }
});
