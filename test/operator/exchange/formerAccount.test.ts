import { expect } from "chai";
import { getBlock } from "viem/actions";
import type { OpenDatabase } from "../../../operator/db/openDatabase.ts";
import { admit, checkOrder } from "../../../operator/exchange/admission/admit.ts";
import { countOn } from "../../../operator/exchange/rounds/numbers.ts";
import { legs } from "../../../operator/exchange/tables.ts";
import { Refusal } from "../../../operator/gateway/refusal.ts";
import { dayOf, type SignedOrder, startOfDay } from "../../../sdk/index.ts";
import { type Member, TestMarket } from "../../utils/market.ts";
import { openTables } from "../utils/databases.ts";
import { behindTheDoor, finish, goToCutOff, keep, signedOrder, ZONE } from "../utils/day.ts";
import { band, STRANGER } from "../utils/desk.ts";
import { MARGIN } from "../utils/margin.ts";

describe("orders of an account that is replaced", function () {
  this.timeout(300_000);
  let market: TestMarket;
  let database: OpenDatabase;
  let [seller, buyer]: Member[] = [];
  const registry = (as = "registrar1" as "registrar1" | "registrar2" | "household") =>
    market.inProcess.contract("ParticipantRegistry", as);

  before(async () => {
    market = await TestMarket.create();
    market.marginFen = MARGIN;
    database = await openTables();
    [seller, buyer] = [await market.generator("solarPlant"), await market.consumer("factory")];
    await countOn(database.db, market.platform);
    const args = [buyer.participant, STRANGER.address, `0x${"ab".repeat(32)}`] as const;
    await registry().proposeAccount(...args);
    await registry("registrar2").approveAccount(...args);
    await market.goTo(Number((await registry().replacementOf(buyer.participant)).completableAt));
  });
  after(() => database?.close());

  const parts = () => behindTheDoor(database.db, market.platform, [market.account("marketOperator")]);

  /** The error that the door would refuse an order for. */
  async function refusalAt({ order }: SignedOrder, isKept: boolean): Promise<string | undefined> {
    const { view } = parts();
    try {
      await (isKept ? checkOrder(order, view) : admit(order, view, 0));
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  it("are no new orders any more, and are opened where they wait in the book", async () => {
    const { db } = database;
    const day = dayOf(Number((await getBlock(market.platform.client)).timestamp)) + 1;
    const terms = { bands: [band(40, 60, 1_000, 30_000)], day };
    const sell = await signedOrder(market, "sell", seller as Member, { ...terms, nonce: 1 });
    const buy = await signedOrder(market, "buy", buyer as Member, { ...terms, nonce: 2 });
    await keep(db, market.platform, [sell, buy]);
    const { desk, submitter } = parts();
    await goToCutOff(market, day);
    await desk.clear(ZONE, day);
    const next = await signedOrder(market, "buy", buyer as Member, { ...terms, day: day + 1, nonce: 1 });
    await registry("household").completeReplacement((buyer as Member).participant);
    expect(await refusalAt(next, false)).to.equal("ParticipantNotGood");
    expect(await refusalAt(buy, true)).to.equal(undefined);
    await finish(submitter);
    expect((await db.select().from(legs)).map(({ state }) => state)).to.deep.equal(["opened"]);
  });

  it("hold no longer than the day after", async () => {
    const today = dayOf(Number((await getBlock(market.platform.client)).timestamp));
    const late = { bands: [band(40, 60, 1_000, 30_000)], day: today + 4, nonce: 3 };
    const buy = await signedOrder(market, "buy", buyer as Member, late);
    expect(await refusalAt(buy, true)).to.equal(undefined);
    await market.goTo(startOfDay(today + 2));
    expect(await refusalAt(buy, true)).to.equal("ParticipantNotGood");
  });
});
