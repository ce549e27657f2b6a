import { expect } from "chai";
import { parse } from "csv-parse/sync";
import { getBlock, waitForTransactionReceipt, writeContract } from "viem/actions";
import { StatementSource } from "../../../operator/statements/source.ts";
import { drawUp } from "../../../operator/statements/statement.ts";
import {
  type Band,
  bandsToCurves,
  buildAdjust,
  buildClaimKwh,
  buildLapse,
  buildRuling,
  buildSettle,
  buildTrade,
  contractOf,
  type Day,
  dayOf,
  encodeSold,
  formatDay,
  marketOf,
  readConditions,
  readDebt,
  readEvents,
  readSold,
  signTrade,
  walletOf,
} from "../../../sdk/index.ts";
import type { Member } from "../../utils/market.ts";
import { band, Desk } from "../utils/desk.ts";

const PRICE = 40_120;

describe("statements of a delivery day", function () {
  this.timeout(120_000);
  let desk: Desk;
  let seller: Member;
  let buyer: Member;
  let other: Member;
  let day: Day;
  let gridCompany: number;
  const earlier = new Map<number, bigint>();

  before(async () => {
    desk = await Desk.open();
    const { market } = desk;
    seller = await market.generator("solarPlant");
    buyer = await market.consumer("factory");
    other = await market.consumer("household");
    day = desk.day;
    gridCompany = await participantOf("gridCompany");
    for (const participant of await participants()) earlier.set(participant, await balanceOf(participant));
    await open(buyer, [band(40, 60, 100_000, PRICE)]);
    await open(other, [band(50, 70, 60_000, PRICE)], 30);
    // Short from slot 55 on, for the second trade only; nothing after 64.
    await market.report(seller.meter, day, bandsToCurves([band(40, 55, 160_000, 0), band(55, 64, 130_000, 0)]).energy);
  });
  after(() => desk?.close());

  it("show trades before they are settled, without amounts", async () => {
    const { status, body } = await desk.ask(`/statements/${buyer.participant}/${desk.date}`);
    expect(status).to.equal(200);
    expect(body).to.deep.include({ participant: buyer.participant, date: desk.date, isFinal: false });
    expect(body.lines).to.have.length(1);
    expect(body.lines[0]).to.deep.include({
      ...{ trade: "1", state: "open", role: "buyer", contractedWh: "2000000" },
      ...{ deliveredWh: null, deviationWh: null, payments: [] },
    });
  });

  it("add up with the chain, to the fen, for everybody who paid or was paid", async () => {
    await desk.market.finalise(seller.meter, day);
    await send("settle", await buildSettle(desk.market.platform, [1n, 2n]));
    let sum = 0n;
    for (const participant of await participants()) {
      const { body } = await desk.ask(`/statements/${participant}/${desk.date}`);
      expect(body.isFinal).to.equal(true);
      const { receivedFen, paidFen, receivableFen, payableFen, netFen } = body.totals;
      const moved = (await balanceOf(participant)) - (earlier.get(participant) ?? 0n);
      expect(BigInt(receivedFen) - BigInt(paidFen), `participant ${participant}`).to.equal(moved);
      expect(BigInt(netFen)).to.equal(moved + BigInt(receivableFen) - BigInt(payableFen));
      sum += BigInt(netFen);
    }
    expect(sum).to.equal(0n);
  });

  it("show the kWh of a delivery as claimable until somebody claims them, in both languages", async () => {
    const path = `/statements/${buyer.participant}/${desk.date}`;
    const page = async (language: string) =>
      (await desk.ask(`${path}?as=page`, { headers: { "accept-language": language } })).body;
    const { lines, totals } = (await desk.ask(path)).body;
    expect(lines[0]).to.include({ deliveredWh: "2000000", claimedWh: "0" });
    expect(totals).to.include({ claimedWh: "0", claimableWh: "2000000" });
    expect(await page("en")).to.include("<br>kWh claimable</td>");
    expect(await page("zh")).to.include("<br>可领取电量凭证</td>");
    await send("claimKwh", await buildClaimKwh(desk.market.platform, [1n]));
    const claimed = (await desk.ask(path)).body;
    expect(claimed.lines[0]).to.include({ deliveredWh: "2000000", claimedWh: "2000000" });
    expect(claimed.totals).to.include({ claimedWh: "2000000", claimableWh: "0" });
    expect(await page("en")).to.include("<br>kWh claimed</td>");
    expect(await page("zh")).to.include("<br>已领取电量凭证</td>");
    const csv: Record<string, string>[] = parse((await desk.ask(`${path}?as=csv`)).body, { columns: true });
    expect(csv[0]?.claimedWh).to.equal("2000000");
    const sold = (await desk.ask(`/statements/${seller.participant}/${desk.date}`)).body;
    expect(sold.totals).to.include({ claimedWh: "0", claimableWh: "0" });
  });

  it("show contracted, delivered, deviation, and what each payment is for", async () => {
    const settled = await readEvents(desk.market.platform, "TradeEscrow", ["TradeSettled"], { id: 2n });
    const { deliveredWh = 0n, energyFen = 0n, networkFen = 0n, deviationFen = 0n } = settled[0]?.args ?? {};
    expect(deliveredWh).to.equal(5n * 60_000n + 5n * 30_000n + 4n * 60_000n);
    const { body } = await desk.ask(`/statements/${seller.participant}/${desk.date}`);
    const [, onTerms] = body.lines;
    expect(onTerms).to.deep.include({
      ...{ trade: "2", state: "settled", role: "seller", contractedWh: "1200000", deliveredWh: String(deliveredWh) },
      deviationWh: String(deliveredWh - 1_200_000n),
    });
    expect(deviationFen > 0n).to.equal(true);
    const amounts = onTerms.payments.map(({ item, amountFen, dueDate }: Record<string, string>) => [
      item,
      amountFen,
      dueDate !== null,
    ]);
    expect(amounts).to.deep.equal([
      ["energy", String(energyFen), true],
      ["deviationCharge", String(deviationFen), false],
    ]);
    const grid = await desk.ask(`/statements/${gridCompany}/${desk.date}`);
    expect(grid.body.lines.map(({ role }: { role: string }) => role)).to.include("payee");
    const lines = grid.body.lines as { trade: string; payments: { amountFen: string }[] }[];
    expect(lines.find(({ trade }) => trade === "2")?.payments[0]?.amountFen).to.equal(String(networkFen));
  });

  it("come as CSV that sums up to the same net", async () => {
    const json = await desk.ask(`/statements/${seller.participant}/${desk.date}`);
    const { body, headers } = await desk.ask(`/statements/${seller.participant}/${desk.date}?as=csv`);
    expect(headers.get("content-type")).to.include("text/csv");
    const rows: Record<string, string>[] = parse(body, { columns: true });
    expect(rows.every((row) => row.date === desk.date && row.participant === String(seller.participant))).to.equal(
      true,
    );
    type Line = { payments: { dueDate: string | null }[] };
    const owed = json.body.lines.flatMap((line: Line) => line.payments.flatMap(({ dueDate }) => dueDate ?? []));
    expect(owed).not.to.deep.equal([]);
    expect(rows.flatMap(({ dueDate }) => dueDate || [])).to.deep.equal(owed);
    const sum = rows.reduce((total, { amountFen = "" }) => total + BigInt(amountFen), 0n);
    expect(String(sum)).to.equal(json.body.totals.netFen);
  });

  it("come as a page in the reader's language", async () => {
    const path = `/statements/${seller.participant}/${desk.date}?as=page`;
    const chinese = await desk.ask(path, { headers: { "accept-language": "zh-CN" } });
    expect(chinese.headers.get("content-type")).to.include("text/html");
    expect(chinese.body).to.include("日清单").and.to.include("偏差费用").and.to.include('lang="zh"');
    const english = await desk.ask(path, { headers: { "accept-language": "en" } });
    expect(english.body).to.include("Daily statement").and.to.include("1,200 kWh");
    const idle = await desk.ask(`/statements/${seller.participant}/2026-01-05?as=page`);
    expect(idle.body).to.include("There is no trade of this participant");
  });

  it("come for many days at once, by day and by meter, and add up to the same", async () => {
    const next = formatDay(day + 1);
    const path = `/statements/${seller.participant}?from=${formatDay(day - 2)}&to=${next}`;
    const [{ body }, alone] = [
      await desk.ask(path),
      (await desk.ask(`/statements/${seller.participant}/${desk.date}`)).body,
    ];
    const { debts, ...statement } = alone;
    expect(body).to.deep.include({ participant: seller.participant, to: next, totals: statement.totals, debts });
    expect(body.days).to.deep.equal([statement]);
    expect(body.meters).to.deep.equal([{ meter: String(seller.meter), totals: statement.totals }]);
    const rows: Record<string, string>[] = parse((await desk.ask(`${path}&as=csv`)).body, { columns: true });
    const sum = rows.reduce((total, { amountFen = "" }) => total + BigInt(amountFen), 0n);
    expect(String(sum)).to.equal(statement.totals.netFen);
    const ofOne = (await desk.ask(`${path}&meters=${other.meter}`)).body;
    expect(ofOne.days[0].lines.map(({ trade }: { trade: string }) => trade)).to.deep.equal(["2"]);
    const both = (await desk.ask(`${path}&meters=${other.meter},${buyer.meter}`)).body;
    expect(both.totals).to.deep.equal(statement.totals);
  });

  it("know who and what exists", async () => {
    for (const path of ["/statements/4000/2026-11-24", "/statements/0/2026-11-24?as=page"]) {
      const { status, body } = await desk.ask(path);
      expect([status, body.error.code], path).to.deep.equal([404, "UnknownParticipant"]);
    }
    const unknown = await desk.ask("/statements/4000?from=2026-11-24&to=2026-11-25", {
      headers: { "accept-language": "zh" },
    });
    expect(unknown.body.error.sentence).to.include("参与方 4000 不存在");
    const meter = await desk.ask("/statements/1?from=2026-11-24&to=2026-11-25&meters=4000");
    expect([meter.status, meter.body.error.code]).to.deep.equal([404, "UnknownMeter"]);
  });

  it("cost the node no more for a thousand who ask than for one, until there is a block", async () => {
    const { platform } = desk.market;
    const source = new StatementSource(platform, 60_000);
    const { request } = platform.client;
    let asked = 0;
    platform.client.request = ((question: never) => {
      asked += 1;
      return request(question);
    }) as typeof request;
    try {
      const ask = async () => {
        await source.requireParticipant(seller.participant);
        const trades = await source.trades({ from: day, to: day });
        return source.debts(drawUp(seller.participant, day, trades.get(day) ?? []).debts);
      };
      expect(await ask()).not.to.deep.equal([]);
      const first = asked;
      for (let count = 0; count < 1_000; count += 1) await ask();
      expect(asked).to.equal(first);
    } finally {
      platform.client.request = request;
    }
  });

  it("refuse what is no participant, date or form", async () => {
    expect((await desk.ask("/statements/x/2026-11-24")).body.error.sentence).to.include("participant must be");
    expect((await desk.ask("/statements/1/2026-13-24")).body.error.sentence).to.include(
      "date must be a day of the calendar",
    );
    const sentence = async (path: string) => (await desk.ask(path)).body.error.sentence;
    expect(await sentence("/statements/1/2026-11-24?as=pdf")).to.include('as must be "json"');
    expect(await sentence("/statements/1/2026-11-24?form=csv")).to.include("form is not a field");
    expect(await sentence("/statements/1?from=2026-11-24&to=2026-11-23")).to.include("is not 1 to 31 days");
    expect(await sentence("/statements/1?from=2026-11-01&to=2026-12-02")).to.include("is not 1 to 31 days");
    expect(await sentence("/statements/1?from=2026-11-24")).to.include("to must be a day of the calendar");
    expect(await sentence("/statements/1?from=2026-11-24&to=2026-11-24&meters=x")).to.include("meters must be");
  });

  it("show a day that lapsed as owed, once it was read late", async () => {
    const late = desk.market.today + 5;
    await open(buyer, [band(40, 44, 50_000, PRICE)], 0, late);
    await desk.market.lapse(seller.meter, late);
    await send("lapse", await buildLapse(desk.market.platform, [3n]));
    const path = `/statements/${buyer.participant}/${formatDay(late)}`;
    expect((await desk.ask(path)).body.lines[0].state).to.equal("lapsed");
    await desk.market.report(seller.meter, late, bandsToCurves([band(40, 42, 50_000, 0)]).energy);
    await desk.market.finalise(seller.meter, late);
    await send("settle", await buildSettle(desk.market.platform, [3n]));
    const { totals } = (await desk.ask(path)).body;
    expect(totals.paidFen).to.equal("0");
    expect(BigInt(totals.payableFen) > 0n).to.equal(true);
  });

  it("list a correction as an entry of its own that adds up, with what is owed by it", async () => {
    const { market } = desk;
    const path = (participant: number) => `/statements/${participant}/${desk.date}`;
    const before = (await desk.ask(path(seller.participant))).body;
    await market.correct(seller.meter, day, bandsToCurves([band(40, 64, 140_000, 0)]).energy);
    await send("adjust", await buildAdjust(market.platform, [1n, 2n]), "AdjustmentDesk");
    const logged = await readEvents(market.platform, "AdjustmentDesk", ["TradeAdjusted"]);
    const differences = await readEvents(market.platform, "AdjustmentDesk", ["DifferencePosted"]);
    const claims = await Promise.all(differences.map(({ args }) => readDebt(market.platform, args.debt)));
    expect(claims.length > 2).to.equal(true);
    let sum = 0n;
    for (const participant of await participants()) {
      const { lines, totals } = (await desk.ask(path(participant))).body as {
        lines: { version: number; payments: Record<string, string>[] }[];
        totals: Record<string, string>;
      };
      const owed = lines.filter(({ version }) => version === 2).flatMap(({ payments }) => payments);
      const own = claims.filter(({ debtor, creditor }) => debtor === participant || creditor === participant);
      expect(owed.map(({ payer, payee, amountFen, dueDate }) => [payer, payee, amountFen, dueDate])).to.deep.equal(
        own.map(({ debtor, creditor, amountFen, dueDay }) => [debtor, creditor, String(amountFen), formatDay(dueDay)]),
      );
      sum += BigInt(totals.netFen ?? 0);
    }
    expect(sum).to.equal(0n);
    const { lines, totals } = (await desk.ask(path(seller.participant))).body;
    const adjusted = logged.map(({ args }) => args);
    expect(lines.map(({ trade, version }: Record<string, unknown>) => [trade, version])).to.deep.equal([
      ["1", 0],
      ["1", 2],
      ["2", 0],
      ["2", 2],
    ]);
    expect(lines.filter(({ version }: { version: number }) => version === 0)).to.deep.equal(before.lines);
    expect(BigInt(totals.soldWh)).to.equal(adjusted.reduce((energy, { outcome }) => energy + outcome.deliveredWh, 0n));
    const csv: Record<string, string>[] = parse((await desk.ask(`${path(seller.participant)}?as=csv`)).body, {
      columns: true,
    });
    const { debts } = (await desk.ask(path(seller.participant))).body;
    expect(
      debts.map(({ code, status, unpaidFen, lateFeeFen }: Record<string, string>) => [
        code,
        status,
        unpaidFen,
        lateFeeFen,
      ]),
    )
      .to.deep.include(["EnergyOnTerms", "Outstanding", debts[0].amountFen, "0"])
      .and.to.have.length.greaterThan(1);
    const net = csv.reduce((total, { amountFen = "" }) => total + BigInt(amountFen), 0n);
    expect([String(net), csv.filter(({ version }) => version === "2").length > 1]).to.deep.equal([totals.netFen, true]);
    const chinese = await desk.ask(`${path(seller.participant)}?as=page`, { headers: { "accept-language": "zh" } });
    expect(chinese.body).to.include("2 · 更正 2");
    const english = await desk.ask(`${path(seller.participant)}?as=page`, { headers: { "accept-language": "en" } });
    expect(english.body).to.include("2 · correction 2");
  });

  it("show what an arbiter ruled before the delivery day", async () => {
    const { platform, inProcess } = desk.market;
    const { timestamp } = await getBlock(platform.client);
    const on = dayOf(timestamp) + 2;
    await open(buyer, [band(40, 44, 50_000, PRICE)], 0, on);
    const escrow = inProcess.contract("TradeEscrow", "arbiter");
    const trade: bigint = await escrow.tradeCount();
    await escrow.freeze(trade, timestamp + 3_600n);
    const ruling = { energyFen: 1_234n, networkFen: 0n, deviationFen: 0n };
    await escrow.rule(...(await buildRuling(platform, trade, ruling)));
    const { body } = await desk.ask(`/statements/${buyer.participant}/${formatDay(on)}`);
    expect(body.lines[0]).to.deep.include({ trade: String(trade), state: "ruled" });
    expect(body.totals).to.deep.include({ paidFen: "1234", netFen: "-1234" });
  });

  async function open(by: Member, bands: Band[], paymentDays = 0, on = day): Promise<void> {
    const { platform } = desk.market;
    const parties = { seller: seller.account.address, buyer: by.account.address };
    const meters = { sellerMeter: seller.meter, buyerMeter: by.meter };
    const conditions = await readConditions(platform, meters);
    const trade = buildTrade({ ...parties, ...meters, day: on, bands, paymentDays }, conditions);
    const ofBuyer = await signTrade(trade, marketOf(platform), by.account);
    const ofSeller = await signTrade(trade, marketOf(platform), seller.account);
    const position = encodeSold(await readSold(platform, seller.meter, on));
    await send("open", [trade, ofBuyer, ofSeller, position]);
  }

  async function send(
    functionName: string,
    args: readonly unknown[],
    contract: "TradeEscrow" | "AdjustmentDesk" = "TradeEscrow",
  ): Promise<void> {
    const { platform } = desk.market;
    const request = { ...contractOf(platform, contract), functionName, args };
    const hash = await writeContract(walletOf(platform, desk.market.account("supplier")), request as never);
    expect((await waitForTransactionReceipt(platform.client, { hash })).status).to.equal("success");
  }

  async function participants(): Promise<number[]> {
    const count = Number(await desk.market.inProcess.contract("ParticipantRegistry").participantCount());
    return Array.from({ length: count }, (_, index) => index + 1);
  }

  async function participantOf(actor: "gridCompany"): Promise<number> {
    const { id } = await desk.market.inProcess.contract("ParticipantRegistry").standingOf(desk.market.address(actor));
    return Number(id);
  }

  async function balanceOf(participant: number): Promise<bigint> {
    return desk.market.inProcess.contract("DepositToken").balanceOfParticipant(participant);
  }
});
