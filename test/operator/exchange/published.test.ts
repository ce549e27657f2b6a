import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { addApiKey } from "../../../operator/gateway/apiKeys.ts";
import {
  formatDay,
  listRounds,
  type Operator,
  type OperatorError,
  type PublishedOrder,
  type PublishedRound,
  readPublishedRound,
  recomputeRound,
} from "../../../sdk/index.ts";
import type { Member } from "../../utils/market.ts";
import { goToCutOff } from "../utils/day.ts";
import { band, Desk } from "../utils/desk.ts";

const ZONE = 4;
const PATIENCE_MS = 60_000;

describe("the book of an auction, published", function () {
  this.timeout(300_000);
  let desk: Desk;
  let operator: Operator;
  let published: PublishedRound;
  let number: number;

  before(async () => {
    desk = await Desk.open();
    operator = { url: desk.service.url };
    const sellers = [await desk.market.generator("solarPlant"), await desk.market.generator("hydroStation")];
    const buyer = await desk.market.consumer("factory");
    const send = async (side: "sell" | "buy", member: Member, energyWh: number, price: number) =>
      expect((await desk.send(await desk.order(side, member, [band(40, 44, energyWh, price)]))).status).to.equal(201);
    await send("sell", sellers[0] as Member, 100_000, 28_000);
    await send("sell", sellers[1] as Member, 80_000, 30_000);
    await send("sell", sellers[1] as Member, 50_000, 39_000);
    await send("buy", buyer, 150_000, 34_000);
    const { day } = desk;
    await goToCutOff(desk.market, day);
    const authorization = `Bearer ${await addApiKey(desk.database.db, "exchange")}`;
    const cleared = await desk.post(`/rounds/${ZONE}/${formatDay(day)}`, {}, { authorization });
    [number = 0] = cleared.body.rounds as number[];
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
      const [round] = (await listRounds(operator, ZONE, day)).rounds;
      if (round?.waiting === 0 && round.trades.length > 0) break;
    }
    const early = await readPublishedRound(operator, ZONE, day, number).then(
      () => expect.fail("It was published before the gate."),
      (error: unknown) => error as OperatorError,
    );
    expect([early.status, early.code]).to.deep.equal([409, "NotPublished"]);
    await desk.market.goTo((await desk.exchange.view.hours(day)).gate);
    published = await readPublishedRound(operator, ZONE, day, number);
  });
  after(() => desk?.close());

  const recomputed = (changed: Partial<PublishedRound> = {}) =>
    recomputeRound(desk.market.platform, { ...published, ...changed });
  const withOrder = (place: number, change: (order: PublishedOrder) => PublishedOrder) => ({
    orders: published.orders.map((order, index) => (index === place ? change(order) : order)),
  });
  const problemsOf = async (changed: Partial<PublishedRound>) =>
    (await recomputed(changed)).problems.map(({ en }) => en.replace(/\d+/g, "N"));

  it("clears again to the prices and trades of the chain, orders that did not trade included", async () => {
    expect(published.orders).to.have.length(4);
    const { price, trades, problems } = await recomputed();
    expect(problems).to.deep.equal([]);
    expect(price).to.deep.equal(published.price);
    const [round] = (await listRounds(operator, ZONE, desk.day)).rounds;
    expect(trades)
      .to.have.length(round?.trades.length ?? 0)
      .and.length.greaterThan(1);
  });

  it("shows an order that was altered, whatever of it", async () => {
    const price = withOrder(1, (each) => {
      const bands = each.order.bands.map((one) => ({ ...one, price: one.price - 1_000 }));
      return { ...each, order: { ...each.order, bands } };
    });
    expect(await problemsOf(price)).to.include.members([
      "Order N of round N is not as its trader signed it, or of another book: what was published is not the book.",
    ]);
    const more = withOrder(0, (each) => ({ ...each, energy: each.energy.map((wh) => wh * 2) }));
    expect((await problemsOf(more))[0]).to.match(/^Order N of round N is not as its trader signed it/);
    const less = withOrder(0, (each) => ({ ...each, energy: each.energy.map((wh) => wh / 2) }));
    expect((await problemsOf(less)).some((text) => text.startsWith("Trade N was opened"))).to.equal(true);
  });

  it("shows an order that is missing, other prices, and another seed", async () => {
    const missing = { orders: published.orders.slice(1) };
    expect((await problemsOf(missing)).length).to.be.greaterThan(0);
    const price = published.price.map((each) => (each === 0 ? 0 : each + 1));
    expect(await problemsOf({ price })).to.have.length(2);
    const gone = { orders: [] };
    expect((await recomputed(gone)).problems.length).to.be.greaterThan(1);
    expect((await recomputed(gone)).trades).to.deep.equal([]);
  });

  it("is of auctions alone", async () => {
    const none = await readPublishedRound(operator, ZONE, desk.day, number + 7).catch((error: Error) => error);
    expect((none as Error).name).to.equal("PublishedError");
    const date = formatDay(desk.day);
    expect((await desk.ask(`/rounds/${ZONE}/${date}/${number + 7}/orders`)).body.error.code).to.equal("UnknownRound");
  });
});
