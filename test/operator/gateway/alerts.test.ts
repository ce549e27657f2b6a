import { expect } from "chai";
import { eq } from "drizzle-orm";
import type { Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { LocalActor } from "../../../demo/local/wallets.ts";
import { exchangeAlerts } from "../../../operator/exchange/alerts.ts";
import { legs, orders, rounds } from "../../../operator/exchange/tables.ts";
import { LIST as KEEPER_LIST } from "../../../operator/keeper/kinds.ts";
import { openKeeper } from "../../../operator/keeper/trade.ts";
import { LIST as METERING_LIST } from "../../../operator/metering/kinds.ts";
import { openMetering } from "../../../operator/metering/trade.ts";
import { taskAlerts } from "../../../operator/tasks/alerts.ts";
import { tasks } from "../../../operator/tasks/tables.ts";
import {
  type Alerts,
  allPages,
  changeIntake,
  type Day,
  dayOf,
  formatDay,
  listAlerts,
  listBatches,
  listLatestRounds,
  listMeterDaysNotOnChain,
  listTradingDays,
  marketOf,
  type Operator,
  type OperatorError,
  openDesk,
  ROLES,
  SLOTS,
  startOfDay,
  submitOrder,
  ZERO_CURVE,
} from "../../../sdk/index.ts";
import type { Member } from "../../utils/market.ts";
import { openTables } from "../utils/databases.ts";
import { goToCutOff } from "../utils/day.ts";
import { band, Desk } from "../utils/desk.ts";

const PATIENCE_MS = 60_000;
const HEADER = `meter,date,${Array.from({ length: SLOTS }, (_, slot) => `P${slot + 1}`).join(",")}`;

describe("what needs a person", function () {
  this.timeout(300_000);
  let desk: Desk;
  let plant: Member;
  let exchange: Operator;
  let metering: Operator;
  let tradingDay: Day;

  before(async () => {
    desk = await Desk.open({}, undefined, [
      ({ inProcess }) => ({
        name: "keeper",
        open: (parts) => openKeeper(parts, inProcess.wallet("keeper").privateKey as Hex, true),
      }),
      ({ inProcess }) => {
        const key = inProcess.wallet("meterOperator").privateKey as Hex;
        return { name: "metering", open: (parts) => openMetering(parts, { key }) };
      },
    ]);
    plant = await desk.market.generator("solarPlant");
    exchange = await signedIn("marketOperator");
    metering = await signedIn("meterOperator");
  });
  after(() => desk?.close());

  async function signedIn(actor: LocalActor): Promise<Operator> {
    const account = privateKeyToAccount(desk.market.inProcess.wallet(actor).privateKey as Hex);
    const at = { url: desk.service.url };
    return { ...at, token: (await openDesk(at, account.address, marketOf(desk.market.platform), account)).token };
  }

  const codes = async (operator = exchange) => (await listAlerts(operator)).alerts.map(({ code }) => code);

  async function alertOf(code: string): Promise<Alerts["alerts"][number]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = (await listAlerts(exchange)).alerts.find((alert) => alert.code === code);
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`There was no alert ${code}, but ${await codes()}.`);
      await new Promise((done) => setTimeout(done, 250));
    }
  }

  async function nothingOf(code: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while ((await codes()).includes(code)) {
      if (Date.now() > deadline) throw new Error(`The alert ${code} did not end.`);
      await new Promise((done) => setTimeout(done, 250));
    }
  }

  it("is shown to the staff of the exchange and of the metering centre, and to nobody else", async () => {
    expect(await codes()).to.deep.equal([]);
    expect(await codes(metering)).to.deep.equal([]);
    for (const operator of [{ url: desk.service.url }, await signedIn("registrar1")]) {
      const error = await listAlerts(operator).catch((error: OperatorError) => error);
      expect((error as OperatorError).code).to.equal("KeyNeeded");
    }
  });

  it("is that no orders are taken, until they are again", async () => {
    await changeIntake(exchange, { en: "The rules change at noon.", zh: "规则将于正午变更。" });
    const { sentences, step } = await alertOf("IntakePaused");
    expect(sentences.en).to.contain("The rules change at noon.");
    expect(sentences.zh).to.contain("规则将于正午变更。");
    expect(step.en).to.match(/^Resume intake/);
    await changeIntake(exchange, null);
    expect(await codes()).to.deep.equal([]);
  });

  it("is a batch in quarantine, until its days come otherwise; which days those are is answered in one go", async () => {
    const day = await dayThatIsOver();
    const range = { from: day, to: day };
    const daysOf = async () => (await listMeterDaysNotOnChain(metering, range)).days;
    expect((await handIn(day, "much")).status).to.equal(422);
    const [batch] = (await listBatches(metering, "quarantined")).batches;
    const kept = { meter: String(plant.meter), date: formatDay(day), state: "quarantined", batch: batch?.batch };
    expect(await daysOf()).to.deep.equal([kept]);
    const { sentences, figures } = await alertOf("ReadingsQuarantined");
    expect([figures.count, sentences.en]).to.deep.equal([
      1,
      `Batches of readings in quarantine whose days have not come otherwise: 1, such as ${batch?.origin}.`,
    ]);
    expect((await listMeterDaysNotOnChain(metering, { ...range, fromMeter: plant.meter + 1n })).days).to.deep.equal([]);
    expect((await handIn(day, "1")).status).to.equal(201);
    await nothingOf("ReadingsQuarantined");
    // It waits until the chain has it.
    const deadline = Date.now() + PATIENCE_MS;
    for (let left = await daysOf(); left.length > 0; left = await daysOf()) {
      expect(left.map(({ state }) => state)).to.deep.equal(["waiting"]);
      expect(Date.now()).to.be.lessThan(deadline);
      await new Promise((done) => setTimeout(done, 250));
    }
    const error = await listMeterDaysNotOnChain(exchange, range).catch((error: OperatorError) => error);
    expect((error as OperatorError).code).to.equal("KeyNeeded");
  });

  it("is a task that keeps failing, with its reason: here a key whose role was taken away", async () => {
    const { inProcess } = desk.market;
    const { address } = inProcess.wallet("meterOperator");
    const day = await dayThatIsOver();
    const council = inProcess.contract("AccessManager", "council");
    await council.revokeRole(ROLES.METER_OPERATOR, address);
    await inProcess.contract("AccessManager", "council").grantRole(ROLES.METER_OPERATOR, plant.account.address, 0);
    const guest = { url: desk.service.url };
    const market = marketOf(desk.market.platform);
    metering = { ...guest, token: (await openDesk(guest, plant.account.address, market, plant.account)).token };
    expect((await handIn(day, "2")).status).to.equal(201);
    const { figures, sentences } = await alertOf("TasksFailing");
    expect(figures).to.deep.equal({ kind: "report", subject: `${plant.meter}/${day}`, count: 1 });
    expect(sentences.en).to.match(
      /^Tasks of the kind report that failed 3 times or more: 1\. The oldest, .*METER_OPERATOR|role/,
    );
    await council.grantRole(ROLES.METER_OPERATOR, address, 0);
    const { db } = desk.database;
    await db.update(tasks).set({ retryAt: new Date() }).where(eq(tasks.kind, "report"));
    await nothingOf("TasksFailing");
  });

  it("is a task that is due and that nobody does", async () => {
    const alone = await openTables();
    try {
      const [now, long] = [1_800_000_000, new Date(Date.now() - 3_600_000)];
      const task = { list: KEEPER_LIST, kind: "settle", dueAt: now - 3_600, retryAt: long };
      await alone.db.insert(tasks).values([
        { ...task, subject: "1/20000" },
        { ...task, subject: "2/20000", dueAt: now },
        { ...task, subject: "3/20000", retryAt: new Date() },
        { ...task, subject: "4/20000", list: METERING_LIST },
        { ...task, subject: "5/20000", state: "done" },
      ]);
      const [alert, ...rest] = await taskAlerts(alone.db, KEEPER_LIST, now);
      expect(rest).to.deep.equal([]);
      expect(alert?.code).to.equal("TasksLate");
      expect(alert?.figures).to.deep.equal({ kind: "settle", subject: "1/20000", count: 1 });
    } finally {
      await alone.close();
    }
  });

  it("has the days that trade beside it, with what waits in each book and when it closes", async () => {
    const buyer = await desk.market.consumer("factory");
    const now = await desk.exchange.view.now();
    tradingDay = dayOf(now) + 2;
    const at = { day: tradingDay };
    await submitOrder(exchange, await desk.order("buy", buyer, [band(40, 44, 100_000, 30_000)], at));
    await submitOrder(exchange, await desk.order("sell", plant, [band(40, 44, 200_000, 40_000)], at));
    const { days } = await listTradingDays(exchange);
    expect(days.map(({ date }) => date)).to.deep.equal([1, 2, 3].map((later) => formatDay(dayOf(now) + later)));
    const { zone } = await desk.exchange.view.meter(plant.meter);
    expect(days[1]?.books).to.deep.equal([
      {
        ...{ zone: Number(zone), paymentDays: 0, toOpen: 0 },
        sells: { orders: 1, energyWh: "800000" },
        buys: { orders: 1, energyWh: "400000" },
      },
    ]);
    const { cutOff, gate } = await desk.exchange.view.hours(tradingDay);
    expect([days[1]?.cutOff, days[1]?.gate]).to.deep.equal([cutOff, gate]);
    const inPages: string[] = [];
    for await (const page of allPages((asked) => listTradingDays(exchange, { ...asked, limit: 1 })))
      inPages.push(...page.days.map(({ date }) => date));
    expect(inPages).to.deep.equal(days.map(({ date }) => date));
    expect(await listLatestRounds(exchange)).to.deep.equal({ rounds: [], next: null });
  });

  it("is a round that is not on the chain shortly before its gate, what the chain left out, and a book that nobody cleared", async () => {
    const { exchange: open, market, database } = desk;
    const alone = await openTables();
    try {
      const day = tradingDay;
      const { cutOff, gate } = await open.view.hours(day);
      const kept = await database.db.select().from(orders);
      await alone.db.insert(orders).values(kept.map(({ sequence: _, ...order }) => order));
      await alone.db.insert(rounds).values({ number: 1, zone: 4, day, paymentDays: 0, price: ZERO_CURVE });
      const [buyOrder, sellOrder] = kept.map(({ hash }) => hash) as [Hex, Hex];
      const leg = { round: 1, sellOrder, buyOrder, sellerMeter: plant.meter, energy: ZERO_CURVE };
      await alone.db.insert(legs).values([
        { ...leg, place: 0 },
        { ...leg, place: 1, state: "skipped", reason: "TraderNotGood" },
        { ...leg, place: 2, state: "skipped", reason: "ClearedAgain" },
      ]);
      const found = async () => {
        open.view.forget();
        return exchangeAlerts(alone.db, open.view, undefined);
      };
      const names = async () => (await found()).map(({ code }) => code);
      expect(await names()).to.deep.equal(["TradesSkipped"]);
      await goToCutOff(market, day);
      expect(await names()).to.deep.equal(["TradesSkipped"]);
      await market.goTo(Math.max(cutOff + 301, gate - 600));
      const [notCleared, notOpened, skipped, ...rest] = await found();
      expect(rest).to.deep.equal([]);
      expect([notCleared?.code, notOpened?.code]).to.deep.equal(["BookNotCleared", "RoundNotOpened"]);
      expect(notOpened?.sentences.en).to.match(/not on the chain yet: 1; the chain takes them for \d+ minutes more\.$/);
      expect(skipped?.figures).to.deep.equal({ zone: 4, date: formatDay(day), count: 1 });
    } finally {
      await alone.close();
    }
  });

  async function dayThatIsOver(): Promise<Day> {
    const today = dayOf(await desk.exchange.view.now());
    await desk.market.goTo(startOfDay(today + 1) + 3_600);
    return today;
  }

  async function handIn(day: Day, kWh: string) {
    const line = [`meter ${plant.meter}`, formatDay(day), ...Array.from({ length: SLOTS }, () => kWh)].join(",");
    const headers = { "content-type": "text/csv", authorization: `Bearer ${metering.token}` };
    return desk.ask("/readings", { method: "POST", headers, body: `${HEADER}\n${line}\n` });
  }
});
