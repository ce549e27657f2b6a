import { expect } from "chai";
import { asc, eq } from "drizzle-orm";
import { id as keccakOf } from "ethers";
import {
  type EIP1193RequestFn,
  getAbiItem,
  type Hex,
  numberToHex,
  recoverTransactionAddress,
  toFunctionSelector,
} from "viem";
import { getBlock } from "viem/actions";
import { ChainClock } from "../../../operator/chain/clock.ts";
import { createLog } from "../../../operator/common/log.ts";
import { Metrics } from "../../../operator/common/metrics.ts";
import { createKeeper } from "../../../operator/keeper/keeper.ts";
import { KEEPER_ROUTES } from "../../../operator/keeper/trade.ts";
import { transactions } from "../../../operator/sending/tables.ts";
import { tasks } from "../../../operator/tasks/tables.ts";
import {
  ABIS,
  type Band,
  bandsToCurves,
  bookHash,
  buildClaimKwh,
  buildRecordDays,
  buildSettle,
  buildTrade,
  type Day,
  dayOf,
  encodeOptionalCurve,
  encodeSold,
  marketOf,
  type Platform,
  readConditions,
  readEvents,
  readMeterDay,
  readSold,
  rootReports,
  signTrade,
  startOfDay,
  tradeSource,
} from "../../../sdk/index.ts";
import type { Member } from "../../utils/market.ts";
import { band, Desk } from "../utils/desk.ts";

const PRICE = 40_120;
const OPEN = 1n;
const SETTLED = 2n;
const LAPSED = 3n;
/** Days after which a meter's word on chain serves another day, and what its book is then. */
const RING_DAYS = 128;
const NOTHING_SOLD = bookHash(undefined);

describe("the keeper", function () {
  this.timeout(180_000);
  let desk: Desk;
  let seller: Member;
  let buyer: Member;
  let keeper: ReturnType<typeof start>;
  let opened = 0n;
  /** Days of which every trade was settled, and closed. */
  const whole: Day[] = [];

  before(async () => {
    desk = await Desk.open({}, undefined, [() => ({ name: "keeper", open: () => ({ routes: KEEPER_ROUTES }) })]);
    seller = await desk.market.generator("solarPlant");
    buyer = await desk.market.consumer("factory");
    keeper = start();
  });
  after(() => desk?.close());

  it("finalises, settles and mints what is left over once each is due, and not before", async () => {
    const day = await nextDay();
    const trade = await open(day, [band(40, 60, 100_000, PRICE)]);
    await quiet();
    expect(await waiting()).to.deep.equal([["lapse", `${seller.meter}/${day}`]]);
    await desk.market.report(seller.meter, day, bandsToCurves([band(36, 60, 120_000, 0)]).energy);
    await quiet();
    expect(await statusOf(trade)).to.equal(1n);
    const registry = desk.market.inProcess.contract("MeterRegistry");
    await desk.market.goTo(Number((await registry.dayOf(seller.meter, day)).finalisableAt));
    await quiet();
    expect(await statusOf(trade)).to.equal(SETTLED);
    expect(await waiting()).to.deep.equal([["lapse", `${seller.meter}/${day}`]]);
    expect(await sentKinds()).to.deep.equal(["finalise", "settle", "mintSurplus", "claimKwh"]);
    expect(await kwhOf(buyer, day)).to.equal(2_000_000n);
    const { body } = await desk.ask("/tasks?state=done");
    expect(body.tasks.map(({ kind }: { kind: string }) => kind)).to.have.members([
      ...["finalise", "settle", "mintSurplus", "claimKwh"],
    ]);
    expect(body.tasks.every(({ transaction, endedAt }: Record<string, unknown>) => transaction && endedAt)).to.equal(
      true,
    );
  });

  it("finalises days under a root with it, but for those that were taken out", async () => {
    const day = await nextDay();
    const trade = await open(day, [band(40, 60, 100_000, PRICE)]);
    const other = await desk.market.withAnotherPlant(seller);
    const curve = bandsToCurves([band(36, 60, 100_000, 0)]).energy;
    const readings = [seller.meter, other.meter].map((meter) => ({ meter, day, quality: "Measured", curve }) as const);
    await desk.market.goTo(startOfDay(day + 1));
    const registry = desk.market.inProcess.contract("MeterRegistry", "meterOperator");
    await registry.reportRoots(rootReports(readings));
    await quiet();
    const [args] = buildRecordDays([await readMeterDay(desk.market.platform, other.meter, day)]);
    await registry.recordDays(...(args as NonNullable<typeof args>));
    await desk.market.goTo(Number((await registry.rootOf(1)).finalisableAt));
    const before = await sentKinds();
    await quiet();
    expect(await statusOf(trade)).to.equal(SETTLED);
    expect((await sentKinds()).slice(before.length)).to.have.members([
      ...["finalise", "finaliseRoot", "settle", "mintSurplus", "mintSurplus", "claimKwh"],
    ]);
    expect(await kwhOf(buyer, day)).to.equal(2_000_000n);
  });

  it("lets an unreported day lapse and frees what was held for it", async () => {
    const day = await nextDay();
    const trade = await open(day, [band(40, 60, 100_000, PRICE)]);
    const registry = desk.market.inProcess.contract("MeterRegistry");
    await desk.market.goTo(Number(await registry.lapsesAt(day)));
    await quiet();
    expect(await statusOf(trade)).to.equal(LAPSED);
    // Of its deposits its margin alone.
    const { lockedFen } = await desk.market.inProcess.contract("TradeEscrow").marginOf(buyer.participant);
    expect(await desk.market.inProcess.contract("DepositToken").heldOf(buyer.participant)).to.equal(lockedFen);
    expect(await waiting()).to.deep.equal([]);
  });

  it("adjusts what was settled once a correction of the reading can no longer be objected to", async () => {
    const { day, trade } = await meteredTrade();
    await quiet();
    const registry = desk.market.inProcess.contract("MeterRegistry", "meterOperator");
    const corrected = encodeOptionalCurve(bandsToCurves([band(40, 60, 90_000, 0)]).energy);
    await registry.correct([{ meter: seller.meter, day, quality: 0, curve: corrected }]);
    await quiet();
    expect(await adjustments(trade)).to.deep.equal([]);
    await desk.market.goTo(Number((await registry.correctionOf(seller.meter, day)).adjustableAt));
    await quiet();
    expect(await adjustments(trade)).to.deep.equal([2]);
    const [task] = await taskOf("adjust", `${seller.meter}/${day}`);
    expect(task).to.deep.include({ state: "done", note: "Every settled trade of the day is adjusted." });
  });

  it("asks no more of each trade where there are many: its cost grows with what is due", async () => {
    const costOf = async (count: number) => {
      const day = await nextDay();
      for (let trade = 0; trade < count; trade += 1) await open(day, [band(40, 41, 1_000, PRICE)]);
      await desk.market.report(seller.meter, day, bandsToCurves([band(40, 41, 90_000, 0)]).energy);
      await desk.market.finalise(seller.meter, day);
      let calls = 0;
      const counted = (request: EIP1193RequestFn) =>
        (async (call: never) => {
          calls += 1;
          return request(call);
        }) as EIP1193RequestFn;
      keeper = start(desk.market.through((request) => counted(request)));
      await quiet();
      await desk.market.correct(seller.meter, day, bandsToCurves([band(40, 41, 500, 0)]).energy);
      await quiet();
      expect(await adjustments(opened)).to.deep.equal([2]);
      return calls;
    };
    const [few, many] = [await costOf(10), await costOf(70)];
    expect(many, `${few} calls for 10 trades`).to.be.lessThan(7 * few);
    keeper = start();
  });

  it("finds done what others did with the sdk while it was down", async () => {
    const { day, trade } = await meteredTrade();
    const [settlements, prices] = await buildSettle(desk.market.platform, [trade]);
    await desk.market.inProcess.contract("TradeEscrow", "supplier").settle(settlements, prices);
    const before = await sentKinds();
    await quiet();
    expect((await sentKinds()).slice(before.length)).to.deep.equal(["mintSurplus", "claimKwh"]);
    const [settle] = await taskOf("settle", `${seller.meter}/${day}`);
    expect(settle).to.deep.include({ state: "done", note: "Every trade of the day has ended.", transaction: null });
  });

  it("sends what it wrote down before it died, and nothing twice", async () => {
    const { trade } = await meteredTrade();
    const before = await sentKinds();
    const dying = start(
      desk.market.through(
        (request) =>
          (async (call: { method: string }) => {
            if (call.method === "eth_sendRawTransaction") throw new Error("the process ended here");
            return request(call as never);
          }) as EIP1193RequestFn,
      ),
    );
    expect(await dying.step()).to.equal(true);
    expect(await statusOf(trade)).to.equal(1n);
    keeper = start();
    await quiet();
    expect(await statusOf(trade)).to.equal(SETTLED);
    expect((await sentKinds()).slice(before.length)).to.deep.equal(["settle", "mintSurplus", "claimKwh"]);
  });

  it("leaves what an arbiter holds alone until he lets go, and settles the rest", async () => {
    const day = await nextDay();
    const [free, held] = [
      await open(day, [band(40, 60, 100_000, PRICE)]),
      await open(day, [band(40, 60, 9_000, PRICE)]),
    ];
    await desk.market.report(seller.meter, day, bandsToCurves([band(40, 60, 120_000, 0)]).energy);
    await desk.market.finalise(seller.meter, day);
    const until = (await chainTime()) + 1_800;
    await desk.market.inProcess.contract("TradeEscrow", "arbiter").freeze(held, until);
    const before = await sentKinds();
    await quiet();
    expect([await statusOf(free), await statusOf(held)]).to.deep.equal([SETTLED, OPEN]);
    expect((await sentKinds()).slice(before.length)).to.have.members(["settle", "mintSurplus", "claimKwh"]);
    const [task] = await taskOf("settle", `${seller.meter}/${day}`);
    expect(task).to.deep.include({ state: "waiting", dueAt: until, attempts: 0 });
    await desk.market.goTo(until);
    await quiet();
    expect(await statusOf(held)).to.equal(SETTLED);
    expect(await kwhOf(buyer, day)).to.equal(20n * 109_000n);
    whole.push(day);
  });

  it("settles what is too much for one transaction in runs of trades, and claims it likewise", async () => {
    const day = await nextDay();
    const ids: bigint[] = [];
    for (let place = 0; place < 5; place += 1) ids.push(await open(day, [band(40, 60, 10_000, PRICE)]));
    // What was sold last falls short.
    await desk.market.report(seller.meter, day, bandsToCurves([band(40, 60, 45_000, 0)]).energy);
    await desk.market.finalise(seller.meter, day);
    const before = await sentKinds();
    keeper = start(desk.market.platform, "supplier", { transactionGas: 900_000 });
    await quiet();
    keeper = start();
    expect((await sentKinds()).slice(before.length).filter((kind) => kind === "settle")).to.have.length(2);
    expect(await Promise.all(ids.map(statusOf))).to.deep.equal(ids.map(() => SETTLED));
    expect(await kwhOf(buyer, day)).to.equal(20n * 45_000n);
    whole.push(day);
  });

  it("claims nothing where that is switched off, and finds done what the buyers claimed", async () => {
    const before = await sentKinds();
    keeper = start(desk.market.platform, "supplier", { claims: false });
    const { day, trade } = await meteredTrade();
    await quiet();
    keeper = start();
    await quiet();
    expect((await sentKinds()).slice(before.length)).to.deep.equal(["settle", "mintSurplus"]);
    expect(await kwhOf(buyer, day)).to.equal(0n);
    const escrow = desk.market.inProcess.contract("TradeEscrow", "factory");
    await escrow.claimKwh(...(await buildClaimKwh(desk.market.platform, [trade])));
    expect(await kwhOf(buyer, day)).to.equal(2_000_000n);
    const [settled] = await readEvents(desk.market.platform, "TradeEscrow", ["TradeSettled"], { id: trade });
    const subject = String(settled?.args.settlement);
    await desk.database.db.insert(tasks).values({ list: "keep", kind: "claimKwh", subject, dueAt: 0 });
    await quiet();
    const [task] = await taskOf("claimKwh", subject);
    expect(task).to.deep.include({
      state: "done",
      note: "Everything that was delivered is claimed.",
      transaction: null,
    });
    expect((await sentKinds()).slice(before.length)).to.deep.equal(["settle", "mintSurplus"]);
  });

  it("waits after a transaction that the chain took in vain", async () => {
    const { day, trade } = await meteredTrade();
    await desk.market.inProcess.contract("TradeEscrow", "arbiter").freeze(trade, (await chainTime()) + 1_800);
    const asked = toFunctionSelector(getAbiItem({ abi: ABIS.TradeEscrow, name: "frozenUntil" }));
    keeper = start(
      desk.market.through(
        (request) =>
          (async (call: { method: string; params: [{ data?: string }] }) =>
            call.method === "eth_call" && call.params[0].data?.startsWith(asked)
              ? numberToHex(0, { size: 32 })
              : request(call as never)) as EIP1193RequestFn,
      ),
    );
    const before = await sentKinds();
    await quiet();
    expect((await sentKinds()).slice(before.length)).to.have.members(["settle", "mintSurplus"]);
    const [task] = await taskOf("settle", `${seller.meter}/${day}`);
    expect(task).to.deep.include({ state: "waiting", attempts: 1 });
    expect(task?.note).to.include("still to be done");
    keeper = start();
    await desk.market.inProcess.contract("TradeEscrow", "arbiter").freeze(trade, 0);
    await desk.database.db.update(tasks).set({ retryAt: new Date() });
    await quiet();
    expect(await statusOf(trade)).to.equal(SETTLED);
  });

  it("continues with another key where the one before cannot send any more", async () => {
    const { trade } = await meteredTrade();
    const { address: banned } = desk.market.account("household");
    const node = desk.market.through(
      (request) =>
        (async (call: { method: string; params: [Hex] }) => {
          const isSent = call.method === "eth_sendRawTransaction";
          if (
            isSent &&
            (await recoverTransactionAddress({ serializedTransaction: call.params[0] as never })) === banned
          )
            throw new Error("Sender account not authorized to send transactions");
          return request(call as never);
        }) as EIP1193RequestFn,
    );
    keeper = start(node, "household");
    expect(await keeper.step()).to.equal(true);
    const message = await keeper.step().catch((error: Error) => error.message);
    expect(message).to.include("not authorized");
    await desk.database.db
      .update(transactions)
      .set({ signedAt: new Date(Date.now() - 120_000) })
      .where(eq(transactions.sender, banned.toLowerCase() as Hex));
    keeper = start(node);
    await quiet();
    expect(await statusOf(trade)).to.equal(SETTLED);
    await desk.database.db.delete(transactions).where(eq(transactions.sender, banned.toLowerCase() as Hex));
    keeper = start();
  });

  it("tries again later what fails, says why, and continues with the rest", async () => {
    const { db } = desk.database;
    await db.insert(tasks).values({ list: "keep", kind: "declareDefault", subject: "999", dueAt: 0 });
    await quiet();
    const [task] = await taskOf("declareDefault", "999");
    expect(task).to.deep.include({ state: "waiting", attempts: 1 });
    expect(task?.note).to.include("999");
    expect(task?.retryAt.getTime()).to.be.greaterThan(Date.now());
    await db.delete(tasks).where(eq(tasks.subject, "999"));
  });

  it("notes that a debt is overdue, declares its default, and pays the holder of its units what was paid", async () => {
    const { trade } = await meteredTrade(30);
    await quiet();
    const { contract } = desk.market.inProcess;
    const posted = await readEvents(desk.market.platform, "DebtLedger", ["DebtPosted"]);
    const debt = posted.find(({ args }) => args.source === tradeSource(trade))?.args.id ?? 0n;
    await contract("Receivables", "solarPlant").issueFromDebt(debt, keccakOf("invoice"));
    const claim = await contract("Receivables").receivableCount();
    const debts = contract("DebtLedger");
    await quiet();
    await desk.market.goTo(startOfDay(Number(await debts.lastPaymentDay(debt)) + 1));
    await quiet();
    const [overdue] = await taskOf("markOverdue", String(debt));
    expect(overdue?.note).to.match(/^Overdue since \d{4}-\d\d-\d\d: .* 元 unpaid\.$/);
    await desk.market.goTo(Number((await debts.dueOn(debt)).defaultsAt));
    await quiet();
    expect((await debts.debtOf(debt)).status).to.equal(2n);

    const { faceFen } = await contract("Receivables").receivable(claim);
    await contract("DepositToken", "factory").optIn(desk.market.inProcess.addresses.DebtLedger, true);
    await contract("DebtLedger", "factory").pay(debt, 1_000n);
    const before = await desk.market.deposits(seller.account.address);
    await quiet();
    expect((await desk.market.deposits(seller.account.address)) - before).to.equal(1_000n);
    expect(faceFen > 1_000n).to.equal(true);
    await quiet();
    const { body } = await desk.ask("/tasks?state=done");
    expect(body.tasks[0]).to.deep.include({ kind: "collect", subject: String(claim), state: "done" });
  });

  it("closes whole days, so that their words on chain serve other days", async () => {
    const { bookOf } = desk.market.inProcess.contract("TradeEscrow");
    expect(whole).to.have.length(2);
    for (const day of whole) expect(await bookOf(seller.meter, day)).not.to.equal(NOTHING_SOLD);
    for (const day of whole) {
      await desk.market.goTo(startOfDay(day + RING_DAYS - 2));
      await open(day + RING_DAYS, [band(40, 60, 10_000, PRICE)]);
      expect(await bookOf(seller.meter, day)).to.equal(NOTHING_SOLD);
    }
  });

  function start(
    platform: Platform = desk.market.platform,
    actor: "supplier" | "household" = "supplier",
    settings: { transactionGas?: number; claims?: boolean } = {},
  ) {
    return createKeeper({
      ...{ db: desk.database.db, platform, clock: new ChainClock(platform, 0), account: desk.market.account(actor) },
      ...{ metrics: new Metrics(), log: createLog("silent"), transactionGas: 16_777_216, claims: true, ...settings },
    });
  }

  /** A trade that was delivered in full, of a day whose readings are final. */
  async function meteredTrade(paymentDays = 0) {
    const day = await nextDay();
    const bands = [band(40, 60, 100_000, PRICE)];
    const trade = await open(day, bands, paymentDays);
    await desk.market.report(seller.meter, day, bandsToCurves(bands).energy);
    await desk.market.finalise(seller.meter, day);
    return { day, trade };
  }

  /** A day whose gate is open now. */
  async function nextDay(): Promise<Day> {
    return dayOf(await chainTime()) + 2;
  }

  async function chainTime(): Promise<number> {
    return Number((await getBlock(desk.market.platform.client)).timestamp);
  }

  /** Until nothing is left to do at this moment of the chain. */
  async function quiet(): Promise<void> {
    while (await keeper.step());
  }

  async function open(day: Day, bands: Band[], paymentDays = 0): Promise<bigint> {
    const { platform } = desk.market;
    const parties = { seller: seller.account.address, buyer: buyer.account.address };
    const meters = { sellerMeter: seller.meter, buyerMeter: buyer.meter };
    const trade = buildTrade(
      { ...parties, ...meters, day, bands, paymentDays },
      await readConditions(platform, meters),
    );
    const [ofBuyer, ofSeller] = [
      await signTrade(trade, marketOf(platform), buyer.account),
      await signTrade(trade, marketOf(platform), seller.account),
    ];
    const position = encodeSold(await readSold(platform, seller.meter, day));
    const escrow = desk.market.inProcess.contract("TradeEscrow", "supplier");
    await escrow.open(trade as never, ofBuyer, ofSeller, position);
    opened += 1n;
    return opened;
  }

  async function kwhOf({ account }: Member, day: Day): Promise<bigint> {
    const token = desk.market.inProcess.contract("KwhToken");
    return token.balanceOf(account.address, await token.idOf(seller.meter, day));
  }

  async function statusOf(trade: bigint): Promise<bigint> {
    return desk.market.inProcess.contract("TradeEscrow").statusOf(trade);
  }

  /** The versions to which a trade was adjusted. */
  async function adjustments(trade: bigint): Promise<number[]> {
    const events = await readEvents(desk.market.platform, "AdjustmentDesk", ["TradeAdjusted"], { id: [trade] });
    return events.map(({ args }) => args.version);
  }

  async function waiting(): Promise<[string, string][]> {
    const rows = await desk.database.db.select().from(tasks).where(eq(tasks.state, "waiting")).orderBy(asc(tasks.id));
    return rows.map(({ kind, subject }) => [kind, subject]);
  }

  async function taskOf(kind: string, subject: string) {
    const rows = await desk.database.db.select().from(tasks).where(eq(tasks.subject, subject));
    return rows.filter((row) => row.kind === kind);
  }

  async function sentKinds(): Promise<string[]> {
    const sent = await desk.database.db.select().from(transactions).orderBy(asc(transactions.id));
    return sent.map(({ subject }) => subject);
  }
});
