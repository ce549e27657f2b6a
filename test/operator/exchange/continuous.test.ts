import { expect } from "chai";
import { type Day, formatDay, readEvents } from "../../../sdk/index.ts";
import type { Member } from "../../utils/market.ts";
import { ZONE } from "../utils/day.ts";
import { band, Desk } from "../utils/desk.ts";

const SETTINGS = { clearingLeadSeconds: 1_800, lastCallSeconds: 300 };

describe("trading between a day's round and its gate", function () {
  this.timeout(120_000);
  let desk: Desk;
  let sellers: Member[];
  let buyers: Member[];
  let day: Day;

  before(async () => {
    desk = await Desk.open(SETTINGS);
    const { market } = desk;
    sellers = [await market.generator("solarPlant"), await market.generator("hydroStation", "HydroRunOfRiver")];
    buyers = [await market.consumer("factory"), await market.consumer("household")];
    day = desk.day;
  });
  after(() => desk?.close());

  it("opens each trade at the price of the order that rested, over the cleared round and what comes later", async () => {
    await send("sell", sellers[0], 10_000, 30_000);
    await send("buy", buyers[0], 4_000, 32_000);
    const { closesAt } = await desk.exchange.view.gate(day);
    await desk.market.goTo(closesAt - SETTINGS.clearingLeadSeconds);
    const [cleared] = await rounds(1);
    expect(cleared).to.deep.include({ matching: "auction", state: "submitted" });
    await send("sell", sellers[1], 10_000, 31_000);
    await send("buy", buyers[1], 8_000, 35_000);
    const [, first, second] = await rounds(3);
    expect([first?.matching, second?.matching]).to.deep.equal(["continuous", "continuous"]);
    expect([first?.price[40], second?.price[40]]).to.deep.equal([30_000, 31_000]);
    expect([first?.energyWh, second?.energyWh]).to.deep.equal([String(20 * 6_000), String(20 * 2_000)]);
    const opened = await readEvents(desk.market.platform, "TradeEscrow", ["TradeOpened"]);
    const fen = (energyWh: number, price: number) => BigInt((20 * energyWh * price) / 1_000_000);
    expect(opened.slice(1).map(({ args }) => args.terms.energyFen)).to.deep.equal([
      fen(6_000, 30_000),
      fen(2_000, 31_000),
    ]);
    const { body } = await desk.ask(`/book/${ZONE}/${formatDay(day)}/40`);
    expect(body.sells).to.deep.equal([{ price: 31_000, energyWh: "8000", orders: 1 }]);
    expect(body.buys).to.deep.equal([]);
  });

  it("takes no more orders at the last call", async () => {
    const { closesAt } = await desk.exchange.view.gate(day);
    const signed = await desk.order("buy", buyers[0] as Member, [band(40, 60, 1_000, 31_000)], { day });
    await desk.market.goTo(closesAt - SETTINGS.lastCallSeconds);
    const { status, body } = await desk.send(signed);
    expect([status, body.error?.code]).to.deep.equal([422, "GateClosed"]);
  });

  async function send(side: "sell" | "buy", member: Member | undefined, energyWh: number, price: number) {
    const signed = await desk.order(side, member as Member, [band(40, 60, energyWh, price)], { day });
    expect((await desk.send(signed)).status).to.equal(201);
  }

  /** The rounds of the day once there are so many and all are opened. */
  async function rounds(count: number): Promise<{ matching: string; price: number[]; energyWh: string }[]> {
    for (let tries = 0; tries < 400; tries += 1) {
      const { body } = await desk.ask(`/rounds/${ZONE}/${formatDay(day)}`);
      if (body.length >= count && body.every(({ state }: { state: string }) => state === "submitted")) return body;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`There are no ${count} rounds.`);
  }
});
