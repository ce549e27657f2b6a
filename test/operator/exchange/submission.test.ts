import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { eq } from "drizzle-orm";
import { id } from "ethers";
import { privateKeyToAccount } from "viem/accounts";
import { getBlock } from "viem/actions";
import type { OpenDatabase } from "../../../operator/db/openDatabase.ts";
import { cancelOrder, expireOrders } from "../../../operator/exchange/orders/store.ts";
import { countOn } from "../../../operator/exchange/rounds/numbers.ts";
import * as journal from "../../../operator/exchange/submission/journal.ts";
import { type PlannedLeg, planBatch, salesOf } from "../../../operator/exchange/submission/plan.ts";
import { Positions } from "../../../operator/exchange/submission/positions.ts";
import { Queue } from "../../../operator/exchange/submission/queue.ts";
import { legs, orders, rounds } from "../../../operator/exchange/tables.ts";
import type { Refusal } from "../../../operator/gateway/refusal.ts";
import { transactions } from "../../../operator/sending/tables.ts";
import { roundSeed } from "../../../sdk/clearing/pairing/roundSeed.ts";
import {
  bookHash,
  marketOf,
  orderDigest,
  readEvents,
  refusalOf,
  type SignedOrder,
  sumCurve,
  ZERO_CURVE,
} from "../../../sdk/index.ts";
import { type Member, TestMarket } from "../../utils/market.ts";
import { emptyTables, openTables } from "../utils/databases.ts";
import { behindTheDoor, finalState, finish, goToCutOff, keep, signedOrder, ZONE } from "../utils/day.ts";
import { band } from "../utils/desk.ts";
import { MARGIN } from "../utils/margin.ts";

/** For one leg, and what its round needs. */
const ONE_LEG_GAS = 700_000;

describe("planning what goes into a transaction", () => {
  const leg = (id: number, sell: number, buy: number, meter = sell): PlannedLeg => ({
    ...{
      id,
      round: 1,
      place: id,
      sellOrder: `0x0${sell}`,
      buyOrder: `0x1${buy}`,
      sellerMeter: BigInt(meter),
      attempts: 0,
    },
  });
  const FREE = { orders: new Set<`0x${string}`>(), meters: new Set<bigint>() };
  const ids = (legs: PlannedLeg[]) => legs.map(({ id }) => id);

  it("takes as many legs as the gas allows, and always one", () => {
    const waiting = [leg(1, 1, 1), leg(2, 1, 2), leg(3, 2, 2)];
    expect(ids(planBatch(waiting, FREE, 10_000_000))).to.deep.equal([1, 2, 3]);
    expect(ids(planBatch(waiting, FREE, 620_000))).to.deep.equal([1, 2]);
    expect(ids(planBatch(waiting, FREE, 1))).to.deep.equal([1]);
  });

  it("builds on nothing that is on its way, and keeps the order of delivery of a meter", () => {
    const waiting = [leg(1, 1, 1), leg(2, 1, 2), leg(3, 2, 3, 1), leg(4, 3, 4)];
    const busy = { ...FREE, orders: new Set<`0x${string}`>(["0x11"]) };
    expect(ids(planBatch(waiting, busy, 10_000_000))).to.deep.equal([4]);
    expect(ids(planBatch(waiting, { ...FREE, meters: new Set([1n]) }, 10_000_000))).to.deep.equal([4]);
  });

  it("holds back in later rounds what is to be delivered after what was put off", () => {
    const waiting = [leg(1, 1, 1), { ...leg(2, 2, 2, 1), round: 2 }, { ...leg(3, 3, 3), round: 2 }];
    const busy = { ...FREE, orders: new Set<`0x${string}`>(["0x11"]) };
    expect(ids(planBatch(waiting, busy, 10_000_000))).to.deep.equal([3]);
  });

  it("continues with the next round when all of the first is held back", () => {
    const next = { ...leg(9, 7, 7), round: 2 };
    expect(ids(planBatch([leg(1, 1, 1), next], { ...FREE, meters: new Set([1n]) }, 10_000_000))).to.deep.equal([9]);
  });

  it("takes no leg twice in a step, and none that touches what the step has sent", () => {
    const waiting = [leg(1, 1, 1), leg(2, 2, 2), leg(3, 2, 1), leg(4, 3, 3), { ...leg(5, 4, 4), round: 2 }];
    const queue = new Queue(waiting, [leg(9, 9, 3)]);
    expect(ids(queue.next(700_000))).to.deep.equal([1, 2]);
    queue.send(queue.next(1));
    expect(ids(queue.next(10_000_000))).to.deep.equal([2]);
    queue.drop(queue.next(1));
    expect(ids(queue.next(10_000_000))).to.deep.equal([5]);
    queue.dropRound(2);
    expect(queue.next(10_000_000)).to.deep.equal([]);
    expect(queue.isEmpty).to.equal(false);
  });

  it("puts the sales of a meter next to each other, in the order of delivery", () => {
    const legs = [leg(5, 4, 5, 1), leg(1, 1, 1), leg(2, 2, 2), leg(3, 3, 3, 1), leg(4, 1, 4)];
    expect(salesOf(legs).map(([sell, of]) => [sell, ids(of)])).to.deep.equal([
      ["0x01", [1, 4]],
      ["0x03", [3]],
      ["0x04", [5]],
      ["0x02", [2]],
    ]);
  });

  it("takes half as many of what was undone before", () => {
    const waiting = [leg(1, 1, 1), leg(2, 2, 2), leg(3, 3, 3), leg(4, 4, 4)];
    const undone = (attempts: number) => new Queue([{ ...waiting[0]!, attempts }, ...waiting.slice(1)], []);
    expect([0, 1, 2, 3].map((attempts) => undone(attempts).next(10_000_000).length)).to.deep.equal([4, 2, 1, 1]);
  });
});

describe("opening what was cleared", function () {
  this.timeout(300_000);
  let market: TestMarket;
  let database: OpenDatabase;
  let members: { sellers: Member[]; buyers: Member[] };
  let day: number;
  let nonce = 0;

  before(async () => {
    market = await TestMarket.create();
    market.marginFen = MARGIN;
    database = await openTables();
    const sellers = [await market.generator("solarPlant"), await market.generator("hydroStation", "HydroRunOfRiver")];
    const buyers = [
      await market.consumer("factory"),
      await market.consumer("household"),
      await market.consumer("supplier"),
    ];
    members = { sellers, buyers };
    day = market.today + 1;
  });
  beforeEach(async () => {
    // An auction has one price for good, so each test has a day.
    day += 1;
    await emptyTables(database.db);
    await countOn(database.db, market.platform);
  });
  after(() => database?.close());

  const order = (side: "sell" | "buy", who: number, energyWh: number, price: number, continuous = true) => {
    const member = (side === "sell" ? members.sellers : members.buyers)[who] as Member;
    nonce += 1;
    return signedOrder(market, side, member, { bands: [band(40, 60, energyWh, price)], day, nonce, continuous });
  };
  const waiting = (side: "sell" | "buy", who: number, energyWh: number, price: number) =>
    order(side, who, energyWh, price, false);
  const suspend = (who: Member) =>
    market.inProcess.contract("ParticipantRegistry", "compliance").suspend(who.participant, id("frozen by court"));
  const reinstate = (who: Member) =>
    market.inProcess.contract("ParticipantRegistry", "compliance").reinstate(who.participant);
  const digest = ({ order }: SignedOrder) => orderDigest(order, marketOf(market.platform));
  const parts = () => behindTheDoor(database.db, market.platform, [market.account("marketOperator")]);
  const rowOf = async (signed: SignedOrder) =>
    (
      await database.db
        .select()
        .from(orders)
        .where(eq(orders.hash, digest(signed)))
    )[0];

  it("fills orders in parts over rounds, as the chain does", async () => {
    const { db } = database;
    const sell = await order("sell", 0, 10_000, 30_000);
    const buys = [await order("buy", 0, 4_000, 32_000), await order("buy", 1, 3_000, 34_000)];
    await keep(db, market.platform, [sell, ...buys]);
    const { desk, submitter } = parts();
    await desk.matchOpen();
    await finish(submitter);
    expect((await rowOf(sell))?.state).to.equal("open");
    expect(sumCurve((await rowOf(sell))?.filled ?? [])).to.equal(20n * 7_000n);
    expect(await Promise.all(buys.map(async (buy) => (await rowOf(buy))?.state))).to.deep.equal(["filled", "filled"]);

    const more = await waiting("buy", 2, 5_000, 31_000);
    await keep(db, market.platform, [more]);
    await goToCutOff(market, day);
    expect(await desk.clear(ZONE, day)).to.deep.equal([2]);
    await finish(submitter);
    expect((await rowOf(sell))?.state).to.equal("filled");
    expect(sumCurve((await rowOf(more))?.filled ?? [])).to.equal(20n * 3_000n);
    const opened = await readEvents(market.platform, "TradeEscrow", ["TradeOpened"]);
    expect(opened.map(({ args }) => args.round)).to.deep.equal([1n, 1n, 2n]);
    expect(await db.select({ state: rounds.state }).from(rounds)).to.deep.equal([
      { state: "submitted" },
      { state: "submitted" },
    ]);
  });

  it("clears nothing twice while legs are on their way, and each payment term apart", async () => {
    const { db } = database;
    const [sell, buy] = [await waiting("sell", 0, 1_000, 30_000), await waiting("buy", 0, 1_000, 32_000)];
    await keep(db, market.platform, [sell, buy]);
    nonce += 1;
    const onTerms = { bands: [band(40, 60, 1_000, 35_000)], day, nonce, paymentDays: 30 };
    await keep(db, market.platform, [await signedOrder(market, "buy", members.buyers[1] as Member, onTerms)]);
    const { desk } = parts();
    const early = await desk.clear(ZONE, day).catch((error: Refusal) => error);
    expect((early as Refusal).code).to.equal("BookOpen");
    await goToCutOff(market, day);
    expect((await desk.clear(ZONE, day)).length).to.equal(1);
    expect(await desk.clear(ZONE, day)).to.deep.equal([]);
    expect(await db.$count(legs)).to.equal(1);
  });

  it("gives a leg back with its reason, and opens the others", async () => {
    const { db } = database;
    const sells = [await waiting("sell", 0, 2_000, 30_000), await waiting("sell", 1, 2_000, 30_500)];
    const buys = [await waiting("buy", 0, 2_000, 32_000), await waiting("buy", 1, 2_000, 33_000)];
    await keep(db, market.platform, [...sells, ...buys]);
    const { desk, submitter } = parts();
    await goToCutOff(market, day);
    await desk.clear(ZONE, day);
    const [bought] = buys as [SignedOrder];
    await suspend(members.buyers[0] as Member);
    await finish(submitter);
    await reinstate(members.buyers[0] as Member);
    const found = await db.select().from(legs);
    const ofSuspended = found.filter(({ buyOrder }) => buyOrder === digest(bought));
    expect(ofSuspended.length).to.be.greaterThan(0);
    for (const { state, reason } of ofSuspended) {
      expect([state, reason]).to.deep.equal(["skipped", "BuyOrderSkipped: ParticipantNotGood"]);
    }
    expect(found.filter((leg) => !ofSuspended.includes(leg)).every(({ state }) => state === "opened")).to.equal(true);
    // Something was opened: the leg stays skipped, and nothing is cleared again.
    await desk.clearClosed();
    expect(await db.$count(rounds)).to.equal(1);
  });

  it("clears a book again, without what the chain left out before anything of it was opened", async () => {
    const { db } = database;
    const sells = [await waiting("sell", 0, 10_000, 29_000), await waiting("sell", 1, 10_000, 30_000)];
    const buy = await waiting("buy", 0, 15_000, 32_000);
    await keep(db, market.platform, [...sells, buy]);
    const { desk, submitter } = behindTheDoor(db, market.platform, [market.account("marketOperator")], {
      transactionGas: ONE_LEG_GAS,
    });
    await goToCutOff(market, day);
    await desk.clear(ZONE, day);
    const [first] = await db.select().from(legs).orderBy(legs.place);
    const bad = sells.findIndex((sell) => digest(sell) === first?.sellOrder);
    await suspend(members.sellers[bad] as Member);
    await submitter.step();
    for (let steps = 0; steps < 20; steps += 1) await submitter.step();
    expect(await db.$count(legs, eq(legs.state, "opened"))).to.equal(0);
    await desk.clearClosed();
    await finish(parts().submitter);
    await reinstate(members.sellers[bad] as Member);
    const [given, again] = await db.select().from(rounds).orderBy(rounds.number);
    expect([given?.state, again?.state]).to.deep.equal(["clearedAgain", "submitted"]);
    // Nothing was opened at the first price, so that the chain has forgotten it: one sale less, and the price is its own.
    expect(again?.price[40]).to.be.greaterThan(given?.price[40] ?? 0);
    expect((await rowOf(sells[bad] as SignedOrder))?.state).to.equal("dropped");
    expect((await rowOf(sells[bad] as SignedOrder))?.dropped?.en).to.include("suspended");
    expect((await rowOf(sells[1 - bad] as SignedOrder))?.state).to.equal("filled");
    expect(sumCurve((await rowOf(buy))?.filled ?? [])).to.equal(20n * 10_000n);
  });

  it("makes its price without what is not covered any more, the latest orders first, and says why", async () => {
    const { db } = database;
    const spoofer = members.buyers[2] as Member;
    const honest = [await waiting("sell", 0, 2_000, 30_000), await waiting("buy", 0, 2_000, 32_000)];
    const spoofs = [await waiting("buy", 2, 1_000, 33_000), await waiting("buy", 2, 20_000, 40_000)];
    await keep(db, market.platform, [...honest, ...spoofs]);
    const escrow = market.inProcess.contract("TradeEscrow", "supplier");
    const { lockedFen } = await escrow.marginOf(spoofer.participant);
    const [small] = await Promise.all(spoofs.map(rowOf));
    await escrow.announceRelease(lockedFen - (small?.lockedFen ?? 0n), 0);
    await goToCutOff(market, day);
    const { desk, submitter } = parts();
    await desk.clear(ZONE, day);
    await finish(submitter);
    const [kept, dropped] = await Promise.all(spoofs.map(rowOf));
    expect([kept?.state, dropped?.state]).to.deep.equal(["filled", "dropped"]);
    expect(dropped?.dropped?.code).to.equal("InsufficientMargin");
    expect(dropped?.dropped?.zh).to.include("交易保证金");
    const [round] = await db.select().from(rounds);
    expect(round?.price[40]).to.be.lessThanOrEqual(32_000);
    await escrow.announceRelease(1n, 0);
  });

  it("matches again what the chain gave back, but not the same two again", async () => {
    const { db } = database;
    const poor = members.buyers[0] as Member;
    await keep(db, market.platform, [await order("sell", 0, 1_000, 30_000), await order("buy", 0, 1_000, 30_000)]);
    const { desk, submitter } = parts();
    await desk.matchOpen();
    await suspend(poor);
    await finish(submitter);
    await reinstate(poor);
    await desk.matchOpen();
    expect(await db.select({ state: legs.state }).from(legs)).to.deep.equal([{ state: "skipped" }]);
    await keep(db, market.platform, [await order("buy", 1, 1_000, 30_000)]);
    await desk.matchOpen();
    await finish(submitter);
    const states = (await db.select({ state: legs.state }).from(legs).orderBy(legs.id)).map(({ state }) => state);
    expect(states).to.deep.equal(["skipped", "opened"]);
  });

  it("draws by a block that nobody knew when the book closed", async () => {
    const { db } = database;
    await keep(db, market.platform, [await waiting("sell", 1, 1_000, 30_000), await waiting("buy", 0, 1_000, 32_000)]);
    await goToCutOff(market, day);
    const { desk } = behindTheDoor(db, market.platform, [market.account("marketOperator")], { seedWaitMs: 60_000 });
    const { number: known } = await getBlock(market.platform.client);
    const clearing = desk.clear(ZONE, day);
    await setTimeout(500);
    await market.idle(1);
    const [number] = await clearing;
    const block = await getBlock(market.platform.client, { blockNumber: known + 1n });
    const [round] = await db.select().from(rounds);
    expect(round?.seed).to.equal(roundSeed({ round: BigInt(number!), day, blockHash: block.hash }));
  });

  it("ends what is left of a day once its gate has closed, unless a part of it is on its way", async () => {
    const { db } = database;
    const [sell, buy] = [await order("sell", 1, 2_000, 30_000), await order("buy", 0, 1_000, 32_000)];
    await keep(db, market.platform, [sell, buy]);
    const { desk, submitter } = parts();
    await desk.matchOpen();
    await expireOrders(db, { now: 0, lastDay: day });
    expect([(await rowOf(sell))?.state, (await rowOf(buy))?.state]).to.deep.equal(["open", "open"]);
    await finish(submitter);
    await expireOrders(db, { now: 0, lastDay: day - 1 });
    expect([(await rowOf(sell))?.state, (await rowOf(buy))?.state]).to.deep.equal(["open", "filled"]);
    await expireOrders(db, { now: 0, lastDay: day });
    expect([(await rowOf(sell))?.state, (await rowOf(buy))?.state]).to.deep.equal(["expired", "filled"]);
  });

  it("leaves out what its trader took back before it was sent", async () => {
    const { db } = database;
    const [sell, buy] = [await order("sell", 1, 1_000, 30_000), await order("buy", 0, 1_000, 32_000)];
    await keep(db, market.platform, [sell, buy]);
    const { desk, submitter } = parts();
    await desk.matchOpen();
    await db
      .update(orders)
      .set({ state: "cancelled" })
      .where(eq(orders.hash, digest(buy)));
    await finish(submitter);
    expect(await db.select({ state: legs.state, reason: legs.reason }).from(legs)).to.deep.equal([
      { state: "skipped", reason: "Cancelled" },
    ]);
    expect(await db.$count(transactions)).to.equal(0);
  });

  it("leaves out what its trader takes back while the transaction is being built", async () => {
    const { db } = database;
    const [sell, buy] = [await order("sell", 1, 1_000, 30_000), await order("buy", 0, 1_000, 32_000)];
    await keep(db, market.platform, [sell, buy]);
    const platform = market.through(
      (request) =>
        (async (call: { method: string }) => {
          if (call.method === "eth_estimateGas") await cancelOrder(db, digest(buy));
          return request(call as never);
        }) as typeof request,
    );
    const { desk, submitter } = behindTheDoor(db, platform, [market.account("marketOperator")]);
    await desk.matchOpen();
    await finish(submitter);
    expect(await db.select({ state: legs.state, reason: legs.reason }).from(legs)).to.deep.equal([
      { state: "skipped", reason: "Cancelled" },
    ]);
    expect(await db.$count(transactions)).to.equal(0);
  });

  it("does not bring back what its trader took out while a fill was read", async () => {
    const { db } = database;
    const sell = await order("sell", 1, 1_000, 30_000);
    await keep(db, market.platform, [sell]);
    await cancelOrder(db, digest(sell));
    const fill = { hash: digest(sell), filled: ZERO_CURVE.with(40, 600), usedFen: 7n, isComplete: false };
    await journal.writeOutcome(db, { opened: [], skipped: [], filled: [fill] }, []);
    expect(await rowOf(sell)).to.include({ state: "cancelled", usedFen: 7n });
    await journal.writeOutcome(db, { opened: [], skipped: [], filled: [{ ...fill, isComplete: true }] }, []);
    expect(await rowOf(sell)).to.include({ state: "filled" });
  });

  it("sends no leg that another process sends", async () => {
    const { db } = database;
    await keep(db, market.platform, [await order("sell", 1, 1_000, 30_000), await order("buy", 0, 1_000, 32_000)]);
    const { desk, submitter } = parts();
    await desk.matchOpen();
    const waiting = await journal.legsIn(db, "pending");
    await finish(submitter);
    const [sent] = await db.select().from(transactions);
    const again = await journal.writeSubmitted(db, sent!.id, waiting).catch((error: Error) => error);
    expect(again).to.be.instanceOf(journal.NotWaiting);
    expect((await db.select().from(legs)).map(({ state }) => state)).to.deep.equal(["opened"]);
  });

  it("finds what the chain has opened of a transaction that was taken for lost", async () => {
    const { db } = database;
    const [sell, buy] = [await order("sell", 1, 4_000, 30_000), await order("buy", 0, 1_000, 32_000)];
    await keep(db, market.platform, [sell, buy]);
    const { desk, submitter } = parts();
    await desk.matchOpen();
    await finish(submitter);
    const before = await finalState(db, market.platform);
    await db.update(transactions).set({ state: "lost" });
    await db.update(legs).set({ state: "pending", transaction: null, trade: null });
    await db.update(orders).set({ state: "open", filled: null, usedFen: 0n });
    await finish(parts().submitter);
    expect(await finalState(db, market.platform)).to.deep.equal(before);
    expect(await db.$count(transactions)).to.equal(1);
  });

  it("sells by the books that the chain keeps, and reads again what a node kept back", async () => {
    const { db } = database;
    const logs = market.through((request) => {
      let isKept = true;
      return (async (call: { method: string }) => {
        const answer = await request(call as never);
        if (call.method !== "eth_getLogs" || !isKept || (answer as unknown[]).length === 0) return answer;
        isKept = false;
        return [];
      }) as typeof request;
    });
    await keep(db, market.platform, [await order("sell", 1, 4_000, 30_000), await order("buy", 0, 1_000, 32_000)]);
    const { desk, submitter } = behindTheDoor(db, logs, [market.account("marketOperator")]);
    await desk.matchOpen();
    await finish(submitter);
    await keep(db, market.platform, [await order("buy", 1, 1_000, 32_000)]);
    await desk.matchOpen();
    await finish(submitter);
    const found = await db.select().from(legs);
    expect(found.map(({ state, attempts }) => [state, attempts])).to.deep.equal([
      ["opened", 0],
      ["opened", 0],
    ]);
    const { meter } = members.sellers[1] as Member;
    const { sold } = await new Positions(market.platform).proved(day, [meter]);
    expect(await market.inProcess.contract("TradeEscrow").bookOf(meter, day)).to.equal(bookHash(sold.get(meter)));
  });

  it("reads a fill again that moved behind its back", async () => {
    const { db } = database;
    const [sell, buy] = [await order("sell", 1, 4_000, 30_000), await order("buy", 0, 1_000, 32_000)];
    await keep(db, market.platform, [sell, buy]);
    const first = parts();
    await first.desk.matchOpen();
    await finish(first.submitter);
    // As after tables were put back to an earlier day.
    await db
      .update(orders)
      .set({ filled: null, usedFen: 0n })
      .where(eq(orders.hash, digest(sell)));
    const more = await order("buy", 1, 1_000, 32_000);
    await keep(db, market.platform, [more]);
    const second = parts();
    await second.desk.matchOpen();
    await finish(second.submitter);
    expect((await rowOf(more))?.state).to.equal("filled");
    expect(sumCurve((await rowOf(sell))?.filled ?? [])).to.equal(20n * 2_000n);
    expect(Math.max(...(await db.select().from(legs)).map(({ attempts }) => attempts))).to.equal(1);
  });

  it("gives a nonce up that another transaction of the key took", async () => {
    const { db } = database;
    await keep(db, market.platform, [await order("sell", 1, 1_000, 30_000), await order("buy", 1, 1_000, 32_000)]);
    const dying = behindTheDoor(db, market.platform, [market.account("marketOperator")], {
      passed: (point) => {
        if (point === "signed") throw new Error("killed");
      },
    });
    await dying.desk.matchOpen();
    await finish(dying.submitter).catch(() => {});
    await market.inProcess.contract("TradeEscrow", "marketOperator").cancel(0, day, [5]);
    const { submitter } = parts();
    await finish(submitter);
    const states = await db.select({ state: transactions.state }).from(transactions).orderBy(transactions.id);
    expect(states).to.deep.equal([{ state: "lost" }, { state: "sealed" }]);
    expect((await finalState(db, market.platform)).legs.map(({ state }) => state)).to.deep.equal(["opened"]);
  });

  it("says why the chain takes none of a round", async () => {
    const { db } = database;
    await keep(db, market.platform, [await order("sell", 0, 1_000, 30_000), await order("buy", 1, 1_000, 32_000)]);
    const stranger = privateKeyToAccount(`0x${"7".repeat(64)}`);
    const { desk, submitter } = behindTheDoor(db, market.platform, [stranger]);
    await desk.matchOpen();
    const failed = await submitter.step().then(
      () => undefined,
      (error: Error) => error,
    );
    expect(refusalOf(failed)?.name).to.equal("AccessManagedUnauthorized");
    expect(await db.$count(transactions)).to.equal(0);
    const { view } = parts();
    await market.goTo((await view.hours(day)).cutOff);
    await finish(parts().submitter);
    const { legs: found } = await finalState(db, market.platform);
    expect(found.map(({ state, reason }) => [state, reason])).to.deep.equal([["skipped", "GateClosed"]]);
  });
});
