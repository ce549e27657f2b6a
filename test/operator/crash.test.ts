import { expect } from "chai";
import type { EIP1193RequestFn } from "viem";
import type { Database } from "../../operator/db/database.ts";
import type { OpenDatabase } from "../../operator/db/openDatabase.ts";
import type { JournalPoint } from "../../operator/sending/sender.ts";
import type { Platform, SignedOrder } from "../../sdk/index.ts";
import { asBesu } from "../besu/asBesu.ts";
import { TestMarket } from "../utils/market.ts";
import { PostgresServer } from "../utils/postgresServer.ts";
import { emptyTables, openTables } from "./utils/databases.ts";
import { behindTheDoor, dayOfOrders, finalState, keepDay, SMALL_GAS, withBlocks } from "./utils/day.ts";
import { Life } from "./utils/mortal.ts";
import { randomOf } from "./utils/random.ts";

/** How large a day, and how often it is killed: CI takes a short walk, see operator/README.md for the long one. */
const ORDERS = Number(process.env.DUJIANG_OPERATOR_ORDERS ?? 24);
const KILLS = Number(process.env.DUJIANG_OPERATOR_KILLS ?? 10);
const FAULTS = Number(process.env.DUJIANG_OPERATOR_FAULTS ?? 2);
/** How often one day is killed at random: a day of 1,000 orders takes two minutes, so it has to bear many. */
const KILLS_A_DAY = Math.max(3, ORDERS / 25);

const POINTS: readonly JournalPoint[] = ["planned", "signed", "sent", "sentWritten", "sealed", "sealedWritten"];
const GAS = ORDERS > 100 ? 16_777_216 : SMALL_GAS;

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
  const mine = () => ask("evm_mine");

  before(async () => {
    market = await TestMarket.create();
    database = await openTables();
    signed = await dayOfOrders(market, ORDERS);
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

  async function startOver(): Promise<void> {
    await ask("evm_revert", [snapshot]);
    snapshot = await ask("evm_snapshot");
    await emptyTables(database.db);
    await keepDay(database.db, market, signed);
  }

  /** One life of the service, until nothing is left to do or it ends. */
  async function live(db: Database, life: Life, passed?: (point: JournalPoint) => void): Promise<void> {
    const platform = market.through((request) => life.through(withBlocks(asBesu(request), mine)));
    await serve(life.over(db), platform, passed);
  }

  /** Whether a life of the service was killed; what else ends it is a fault. */
  async function dies(life: Life, passed?: (point: JournalPoint) => void): Promise<boolean> {
    try {
      await live(database.db, life, passed);
      return false;
    } catch (error) {
      if (!life.isOver) throw error;
      return true;
    }
  }

  async function serve(db: Database, platform: Platform, passed?: (point: JournalPoint) => void): Promise<void> {
    const accounts = [market.account("marketOperator")];
    const { desk, submitter } = behindTheDoor(db, platform, accounts, {
      transactionGas: GAS,
      ...(passed && { passed }),
    });
    await desk.clearClosed();
    await desk.matchOpen();
    for (let steps = 0; await submitter.step(); steps += 1) {
      if (steps > 2_000) throw new Error("The submitter did not come to an end.");
    }
  }

  async function expectTheSame(db = database.db): Promise<void> {
    await mine();
    expect(await finalState(db, market.platform)).to.deep.equal(undisturbed);
  }

  it("opens a day in several transactions when nothing disturbs it", () => {
    expect(passes.filter((point) => point === "sealedWritten").length).to.be.greaterThan(2);
    expect(undisturbed.trades.length).to.be.greaterThan(ORDERS / 8);
    expect(undisturbed.legs.every(({ state }) => state === "opened")).to.equal(true);
    expect(undisturbed.rounds.map(({ matching }) => matching)).to.include.members(["auction", "continuous"]);
  });

  for (const point of POINTS) {
    it(`ends the same when every life dies at "${point}"`, async () => {
      const random = randomOf(POINTS.indexOf(point));
      let killed = 0;
      for (let died = true; died; ) {
        const life = new Life();
        // What was under way passes the point once more, so a life that never got further would have no end.
        let left = killed === 0 ? 1 : 1 + Math.floor(random() * 3);
        died = await dies(life, (at) => {
          if (at === point) left -= 1;
          if (left === 0) life.end();
        });
        if (died) killed += 1;
      }
      expect(killed).to.be.greaterThan(passes.filter((passed) => passed === point).length / 4);
      await expectTheSame();
    });
  }

  it(`ends the same when killed at ${KILLS} random moments, up to ${KILLS_A_DAY} times a day`, async () => {
    const random = randomOf(4_711);
    for (let killed = 0; killed < KILLS; ) {
      await startOver();
      for (let lives = 0; lives < KILLS_A_DAY && killed < KILLS; lives += 1) {
        const span = (questions * 3) / KILLS_A_DAY;
        if (!(await dies(new Life(1 + Math.floor(random() * span), random() < 0.5)))) break;
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
      const platform = market.through((request) => faulty(withBlocks(asBesu(request), mine)));
      await untilServed(() => serve(database.db, platform));
      await expectTheSame();
    }
  });

  it("ends the same with a database that restarts under way", async () => {
    const server = await PostgresServer.start();
    const opened = await openTables({ url: await server.url() });
    await keepDay(opened.db, market, signed);
    const platform = market.through((request) => withBlocks(asBesu(request), mine));
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
        // One fault in twenty questions cannot fail a day more often than that.
        if (failures > questions) throw error;
        await new Promise((done) => setTimeout(done, 20));
      }
    }
  }
});
