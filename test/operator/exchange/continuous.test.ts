import { expect } from "chai";
import { type Day, formatDay, readEvents } from "../../../sdk/index.ts";
import type { Member } from "../../utils/market.ts";
import { goToCutOff, ZONE } from "../utils/day.ts";
import { band, Desk } from "../utils/desk.ts";

const LAST_ORDER_SECONDS = 600;

describe("trading before a day's cut-off and at it", function () {
  this.timeout(120_000);
  let desk: Desk;
  let sellers: Member[];
  let buyers: Member[];
  let day: Day;

  before(async () => {
    desk = await Desk.open({ lastOrderSeconds: LAST_ORDER_SECONDS });
    const { market } = desk;
    sellers = [await market.generator("solarPlant"), await market.generator("hydroStation", "HydroRunOfRiver")];
    buyers = [await market.consumer("factory"), await market.consumer("household")];
    day = desk.day;
  });
  after(() => desk?.close());

  it("opens what may match at the price of the order that rested, and lets the others wait", async () => {
    await send("sell", sellers[0], 10_000, 30_000);
    await send("sell", sellers[1], 4_000, 29_000, false);
    await send("buy", buyers[0], 14_000, 32_000);
    const [first] = await rounds(1);
    expect(first).to.deep.include({ matching: "continuous", state: "submitted", energyWh: String(20 * 10_000) });
    expect(first?.price[40]).to.equal(30_000);
    const { body } = await desk.ask(`/book/${ZONE}/${formatDay(day)}/40`);
    expect(body.sells).to.deep.equal([{ price: 29_000, energyWh: "4000", orders: 1 }]);
    expect(body.buys).to.deep.equal([{ price: 32_000, energyWh: "4000", orders: 1 }]);
  });

  it("takes no more orders shortly before the cut-off", async () => {
    const { cutOff } = await desk.exchange.view.hours(day);
    const signed = await desk.order("buy", buyers[1] as Member, [band(40, 60, 1_000, 31_000)], { day });
    await desk.market.goTo(cutOff - LAST_ORDER_SECONDS);
    const { status, body } = await desk.send(signed);
    expect([status, body.error?.code]).to.deep.equal([422, "GateClosed"]);
  });

  it("clears what is left at one price once the book has closed, and takes nothing back any more", async () => {
    const { body: waiting } = await desk.ask(`/rounds/${ZONE}/${formatDay(day)}`);
    expect(waiting.rounds).to.have.length(1);
    await goToCutOff(desk.market, day);
    const [, auction] = await rounds(2);
    expect(auction).to.deep.include({ matching: "auction", energyWh: String(20 * 4_000) });
    expect(auction?.price[40]).to.equal(30_500);
    const opened = await readEvents(desk.market.platform, "TradeEscrow", ["ZonePriced"]);
    expect(opened.map(({ args }) => args.continuous)).to.deep.equal([true, false]);
    const [trade] = await readEvents(desk.market.platform, "TradeEscrow", ["TradeOpened"]);
    const { status, body } = await desk.cancel(trade!.args.sellOrder, sellers[0] as Member);
    expect([status, body.error?.code]).to.deep.equal([422, "GateClosed"]);
  });

  async function send(
    side: "sell" | "buy",
    member: Member | undefined,
    energyWh: number,
    price: number,
    continuous = true,
  ) {
    const signed = await desk.order(side, member as Member, [band(40, 60, energyWh, price)], { day, continuous });
    expect((await desk.send(signed)).status).to.equal(201);
  }

  /** The rounds of the day once there are so many and all are opened. */
  async function rounds(count: number): Promise<{ matching: string; price: number[]; energyWh: string }[]> {
    for (let tries = 0; tries < 400; tries += 1) {
      const { rounds } = (await desk.ask(`/rounds/${ZONE}/${formatDay(day)}`)).body;
      if (rounds.length >= count && rounds.every(({ state }: { state: string }) => state === "submitted"))
        return rounds;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`There are no ${count} rounds.`);
  }
});
