import { expect } from "chai";
import { asc, eq } from "drizzle-orm";
import { readContract } from "viem/actions";
import type { LocalActor } from "../../../demo/local/wallets.ts";
import type { OpenDatabase } from "../../../operator/db/openDatabase.ts";
import { countOn } from "../../../operator/exchange/rounds/numbers.ts";
import { legs, orders, rounds } from "../../../operator/exchange/tables.ts";
import { clearDay } from "../../../sdk/clearing/clearDay.ts";
import { bandsToCurves, contractOf, type Day, NONCE_KINDS, priceLimits, ZERO_CURVE } from "../../../sdk/index.ts";
import { type Member, TestMarket } from "../../utils/market.ts";
import { emptyTables, openTables } from "../utils/databases.ts";
import { behindTheDoor, finish, goToCutOff, keep, signedOrder } from "../utils/day.ts";
import { band } from "../utils/desk.ts";
import { MARGIN } from "../utils/margin.ts";
import { randomOf } from "../utils/random.ts";

const DAYS = 6;
const RULE = "middle";
/** Who trades honestly, and who does everything to undo what it signed. */
const HONEST = { hydroStation: "sell", windFarm: "sell", factory: "buy", household: "buy" } as const;
const ADVERSARIES = { solarPlant: "sell", retailer: "buy", supplier: "buy" } as const;
type Adversary = keyof typeof ADVERSARIES;

describe("a market with adversaries", function () {
  this.timeout(600_000);
  let market: TestMarket;
  let database: OpenDatabase;
  const members = new Map<LocalActor, Member>();
  /** A plant of the retailer's, to trade with itself. */
  let washPlant: Member;
  const random = randomOf(2_027);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  let nonce = 0;

  before(async () => {
    market = await TestMarket.create();
    market.marginFen = MARGIN;
    database = await openTables();
    for (const [actor, side] of Object.entries({ ...HONEST, ...ADVERSARIES }) as [LocalActor, "sell" | "buy"][]) {
      members.set(actor, side === "sell" ? await market.generator(actor, "Wind") : await market.consumer(actor));
    }
    washPlant = await market.withAnotherPlant(members.get("retailer") as Member);
  });
  after(() => database?.close());

  const escrowAs = (actor: LocalActor) => market.inProcess.contract("TradeEscrow", actor);

  async function send(day: Day, side: "sell" | "buy", member: Member, energyWh: number, price: number) {
    nonce += 1;
    const from = upTo(40);
    const bands = [band(from, from + upTo(50), energyWh, price)];
    await keep(database.db, market.platform, [await signedOrder(market, side, member, { bands, day, nonce })]);
    return nonce;
  }

  async function honestBook(day: Day) {
    for (let count = 0; count < 12; count += 1) {
      const [actor, side] = Object.entries(HONEST)[upTo(4) - 1] as [LocalActor, "sell" | "buy"];
      const price = side === "sell" ? 28_000 + upTo(4_000) : 30_000 + upTo(5_000);
      await send(day, side, members.get(actor) as Member, 1_000 * upTo(60), price);
    }
  }

  /** Comes back to trade another day: takes back next to nothing instead of all. */
  async function repent() {
    for (const actor of Object.keys(ADVERSARIES) as Adversary[]) {
      await market.inProcess.contract("DepositToken", actor).optIn(market.inProcess.addresses.TradeEscrow, true);
      await escrowAs(actor).announceRelease(1n, 0n);
    }
  }

  /** Layers, spoofs, trades with itself; takes some of it back, and its money too, while that is still possible. */
  async function attack(day: Day) {
    const cancelled: { actor: Adversary; kind: number; nonces: number[] }[] = [];
    for (const actor of Object.keys(ADVERSARIES) as Adversary[]) {
      const side = ADVERSARIES[actor];
      const nonces: number[] = [];
      for (let layer = 0; layer < 4; layer += 1) {
        const price = side === "sell" ? 26_000 + 500 * layer : 36_000 - 500 * layer;
        nonces.push(await send(day, side, members.get(actor) as Member, 1_000 * upTo(400), price));
      }
      const storm = nonces.filter(() => random() < 0.5);
      cancelled.push({ actor, kind: NONCE_KINDS.indexOf(side === "sell" ? "SellOrder" : "BuyOrder"), nonces: storm });
    }
    await send(day, "sell", washPlant, 50_000, 30_000);
    await send(day, "buy", members.get("retailer") as Member, 50_000, 34_000);
    for (const { actor, kind, nonces } of cancelled) await escrowAs(actor).cancel(kind, day, nonces);
    // Announced so early that it takes the cover of the day's orders away.
    const { lockedFen } = await readMarginOf("supplier");
    if (lockedFen > 0n) await escrowAs("supplier").announceRelease(lockedFen, 0n);
  }

  const readMarginOf = (actor: LocalActor) =>
    readContract(market.platform.client, {
      ...contractOf(market.platform, "TradeEscrow"),
      functionName: "marginOf",
      args: [(members.get(actor) as Member).participant],
    });

  /** Everything that an adversary can still try once it knows that the book has closed. */
  async function regret(day: Day) {
    for (const actor of ["solarPlant", "retailer"] as const) {
      const member = members.get(actor) as Member;
      const kind = NONCE_KINDS.indexOf(ADVERSARIES[actor] === "sell" ? "SellOrder" : "BuyOrder");
      const all = Array.from({ length: 4 }, (_, index) => nonce - index);
      const refused = await escrowAs(actor).cancel(kind, day, all).catch(String);
      expect(String(refused)).to.include("TradeEscrow_GateClosed");
      const { lockedFen, termsFen } = await readMarginOf(actor);
      await escrowAs(actor).announceRelease(lockedFen, termsFen);
      const early = await escrowAs(actor).releaseMargin(member.participant).catch(String);
      expect(String(early)).to.include("TradeEscrow_NotReleasable");
      const deposits = market.inProcess.contract("DepositToken", actor);
      const free = await deposits.freeOf(member.participant);
      if (free > 0n) await deposits.redeem(free, `0x${"77".repeat(32)}`);
      await deposits.optIn(market.inProcess.addresses.TradeEscrow, false);
      await market.inProcess.contract("MeterRegistry", actor).setTrader(member.meter, 0);
    }
  }

  it("opens what clearing exactly the orders that stood at the close comes to", async () => {
    const { db } = database;
    let trades = 0;
    let dropped = 0;
    for (let index = 0; index < DAYS; index += 1) {
      await emptyTables(db);
      await countOn(db, market.platform);
      const day = market.today + 2 + index;
      await repent();
      await honestBook(day);
      await attack(day);
      const { desk, submitter, view } = behindTheDoor(db, market.platform, [market.account("marketOperator")]);
      await goToCutOff(market, day);
      await desk.clearClosed();
      await regret(day);
      await finish(submitter);

      const rows = await db.select().from(orders).orderBy(asc(orders.sequence));
      const stood = rows.filter(({ state }) => state === "open" || state === "filled");
      dropped += rows.length - stood.length;
      const rules = await view.rules();
      const { floor, cap } = priceLimits(rules, day);
      const book = await Promise.all(
        stood.map(async ({ hash, side, meter, bands }) => {
          const { energy, price: limit } = bandsToCurves(bands);
          const { owner } = await view.meter(meter);
          return { hash, side, owner, limit, energy: energy.map((wh) => wh / rules.lotWh) };
        }),
      );
      const { price, fills } = clearDay(book, { rule: RULE, floor: Math.max(1, floor), cap });
      const wanted = new Map(fills.map(({ order, energy }) => [order.hash, energy.map((lots) => lots * rules.lotWh)]));

      const [round] = await db.select().from(rounds);
      expect(round?.price, "the price").to.deep.equal(price);
      for (const { hash, filled } of stood) {
        expect(filled ?? ZERO_CURVE, hash).to.deep.equal(wanted.get(hash) ?? ZERO_CURVE);
      }
      const opened = await db.$count(legs, eq(legs.state, "opened"));
      expect(await db.$count(legs), "every leg opens").to.equal(opened);
      trades += opened;
    }
    expect(trades).to.be.greaterThan(DAYS);
    expect(dropped, "what adversaries took back in time").to.be.greaterThan(DAYS);
  });
});
