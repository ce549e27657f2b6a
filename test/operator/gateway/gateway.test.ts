import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import type { MarketEvent } from "../../../operator/exchange/events/hub.ts";
import { keepProposal } from "../../../operator/exchange/proposals/store.ts";
import { orders } from "../../../operator/exchange/tables.ts";
import { addApiKey, revokeApiKey } from "../../../operator/gateway/apiKeys.ts";
import { apiKeys } from "../../../operator/gateway/tables.ts";
import {
  buildOrder,
  buildTrade,
  formatDay,
  KINDS,
  marketOf,
  orderDigest,
  orderTypedData,
  readConditions,
  readOrderConditions,
  type SignedOrder,
  signOrder,
  signTrade,
  signTypedData,
  type Trade,
} from "../../../sdk/index.ts";
import { orderToWire, tradeToWire } from "../../../sdk/operator/index.ts";
import type { Member } from "../../utils/market.ts";
import { goToCutOff } from "../utils/day.ts";
import { type Answer, band, Desk, STRANGER } from "../utils/desk.ts";

const PRICE = 30_000;
const ZONE = 4;

describe("the order gateway", function () {
  this.timeout(300_000);
  let desk: Desk;
  let seller: Member;
  let buyer: Member;
  /** Its account is a contract. */
  let cooperative: Member;

  before(async () => {
    desk = await Desk.open();
    seller = await desk.market.generator("solarPlant");
    buyer = await desk.market.consumer("factory");
    cooperative = await desk.market.contractConsumer("household");
  });
  after(() => desk?.close());

  const sentenceOf = ({ body }: Answer): string => body.error.sentence;

  it("keeps a signed order once, however often it comes", async () => {
    const signed = await desk.order("sell", seller, [band(40, 44, 100_000, PRICE)]);
    const [first, second] = [await desk.send(signed), await desk.send(signed)];
    expect([first.status, second.status]).to.deep.equal([201, 200]);
    const hash = orderDigest(signed.order, marketOf(desk.market.platform));
    expect([first.body.hash, second.body.hash]).to.deep.equal([hash, hash]);
    const { status, body } = await desk.ask(`/orders/${hash}`);
    expect(status).to.equal(200);
    const { signature: _, ...terms } = orderToWire(signed);
    expect(body).to.deep.include({ ...terms, zone: ZONE, state: "open", filled: null, filledWh: "0", legs: [] });
  });

  it("keeps what comes at once in one go, each order once, and one order of each nonce", async () => {
    const different = await Promise.all(
      Array.from({ length: 20 }, (_, index) => desk.order("sell", seller, [band(90, 91, 1_000 * (index + 1), PRICE)])),
    );
    const clashing = await Promise.all(
      [1_000, 2_000].map((energyWh) => desk.order("sell", seller, [band(90, 91, energyWh, PRICE)], { nonce: 78 })),
    );
    const signed = [...different, different[0]!, ...clashing];
    const statuses = (await Promise.all(signed.map((each) => desk.send(each)))).map(({ status }) => status);
    expect(statuses.slice(1, 20)).to.deep.equal(different.slice(1).map(() => 201));
    expect([statuses[0], statuses[20]].sort()).to.deep.equal([200, 201]);
    expect(statuses.slice(21).sort()).to.deep.equal([201, 409]);
    const { body } = await desk.ask(`/book/${ZONE}/${desk.date}/90`);
    expect(body.sells).to.deep.include.members([{ price: PRICE, energyWh: body.sells[0].energyWh, orders: 21 }]);
  });

  it("shows a book of levels, best first, without what is filled or of other terms", async () => {
    await desk.send(await desk.order("sell", seller, [band(50, 52, 7_000, 31_000), band(52, 53, 1_000, 29_000)]));
    await desk.send(await desk.order("sell", seller, [band(50, 51, 3_000, 31_000)]));
    await desk.send(await desk.order("sell", seller, [band(50, 51, 2_000, 30_500)]));
    await desk.send(await desk.order("buy", buyer, [band(50, 51, 5_000, 32_000)]));
    await desk.send(await desk.order("buy", buyer, [band(50, 51, 5_000, 33_000)]));
    await desk.send(await desk.order("buy", buyer, [band(50, 51, 5_000, 33_000)], { paymentDays: 30 }));
    const { body } = await desk.ask(`/book/${ZONE}/${desk.date}/50`);
    expect(body).to.deep.equal({
      zone: ZONE,
      date: desk.date,
      slot: 50,
      paymentDays: 0,
      sells: [
        { price: 30_500, energyWh: "2000", orders: 1 },
        { price: 31_000, energyWh: "10000", orders: 2 },
      ],
      buys: [
        { price: 33_000, energyWh: "5000", orders: 1 },
        { price: 32_000, energyWh: "5000", orders: 1 },
      ],
    });
    const terms = await desk.ask(`/book/${ZONE}/${desk.date}/50?paymentDays=30`);
    expect(terms.body.buys).to.deep.equal([{ price: 33_000, energyWh: "5000", orders: 1 }]);
    expect((await desk.ask(`/book/${ZONE}/${desk.date}/53`)).body).to.deep.include({ sells: [], buys: [] });
  });

  it("takes an order out of the book for its trader's signature only, and says whose the nonce is", async () => {
    const { body } = await desk.send(await desk.order("sell", seller, [band(60, 61, 1_000, PRICE)]));
    const forged = await desk.cancel(body.hash, buyer);
    expect(forged.status).to.equal(422);
    expect(sentenceOf(forged)).to.include(`${seller.account.address} did not sign this`);
    const cancelled = await desk.cancel(body.hash, seller);
    expect([cancelled.status, cancelled.body.state]).to.deep.equal([200, "cancelled"]);
    expect(cancelled.body.note).to.include("send TradeEscrow.cancel from your own account");
    expect((await desk.cancel(body.hash, seller, { "accept-language": "zh-CN" })).body.note).to.include(
      "签名在链上仍然有效",
    );
    expect((await desk.ask(`/book/${ZONE}/${desk.date}/60`)).body.sells).to.deep.equal([]);
    expect((await desk.cancel(`0x${"ab".repeat(32)}`, seller)).status).to.equal(404);
  });

  it("answers the same cancellation twice at once the same", async () => {
    const { body } = await desk.send(await desk.order("sell", seller, [band(62, 63, 1_000, PRICE)]));
    const answers = await Promise.all([1, 2, 3].map(() => desk.cancel(body.hash, seller)));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
  });

  it("refuses a second open order with a nonce, and takes it once the first is cancelled", async () => {
    const first = await desk.send(await desk.order("sell", seller, [band(61, 62, 1_000, PRICE)], { nonce: 77 }));
    const another = await desk.order("sell", seller, [band(61, 62, 2_000, PRICE)], { nonce: 77 });
    const refused = await desk.send(another);
    expect([refused.status, refused.body.error.code]).to.deep.equal([409, "NonceTaken"]);
    await desk.cancel(first.body.hash, seller);
    expect((await desk.send(another)).status).to.equal(201);
  });

  it("takes the order of an account that is a contract once it is signed on chain, and asks no wallet", async () => {
    const { platform } = desk.market;
    const input = {
      side: "buy" as const,
      trader: cooperative.account.address,
      meter: cooperative.meter,
      day: desk.day,
    };
    const bands = [band(40, 44, 1_000, PRICE)];
    const order = buildOrder({ ...input, bands }, await readOrderConditions(platform, cooperative.meter, desk.day));
    expect((await desk.send({ order })).body.error.code).to.equal("InvalidSignature");
    const signature = await signTypedData(orderTypedData(order, marketOf(platform)), desk.market.account("household"));
    expect((await desk.send({ order, signature })).body.error.code).to.equal("InvalidSignature");
    await desk.market.presign(order);
    expect((await desk.send({ order })).status).to.equal(201);
  });

  describe("refuses what can never trade, with the reason and the figures of the moment:", () => {
    const refused = async (signed: SignedOrder, code: string, words: string, chinese: string) => {
      const english = await desk.send(signed);
      expect([english.status, english.body.error.code]).to.deep.equal([422, code]);
      expect(sentenceOf(english)).to.include(words);
      const zh = await desk.send(signed, { "accept-language": "fr, zh-CN;q=0.9, en;q=0.8" });
      expect(sentenceOf(zh)).to.include(chinese);
      expect(zh.headers.get("content-language")).to.equal("zh");
    };
    const sell = (bands = [band(40, 44, 1_000, PRICE)], more = {}) => desk.order("sell", seller, bands, more);

    it("another's signature", async () => {
      const { order } = await sell();
      const { signature } = await sell();
      await refused({ order, signature }, "InvalidSignature", "did not sign this", "没有为本市场签署");
    });

    it("totals that are not those of the bands", async () => {
      const signed = await sell();
      await refused(
        { ...signed, order: { ...signed.order, totalEnergyWh: 5n } },
        "WrongTotals",
        "add up to 4 kWh",
        "分段合计为 4 kWh",
      );
    });

    it("overlapping bands", async () => {
      const { order, signature } = await sell();
      const bands = [band(40, 44, 1_000, PRICE), band(43, 45, 1_000, PRICE)];
      await refused({ order: { ...order, bands }, signature }, "InvalidBands", "without overlap", "不重叠");
    });

    it("an account that belongs to nobody", async () => {
      const { platform } = desk.market;
      const { order } = await sell();
      const signed = await signOrder({ ...order, trader: STRANGER.address }, marketOf(platform), STRANGER);
      await refused(signed, "ParticipantNotGood", "belongs to no active participant", "不属于有效的参与方");
    });

    it("what has expired", async () => {
      await refused(await sell(undefined, { expiry: 5n }), "Expired", "expired at 1970-01-01 08:00", "已于 1970-01-01");
    });

    it("a day whose gate is closed", async () => {
      const signed = await desk.order("sell", seller, [band(1, 2, 1_000, PRICE)], {
        day: desk.market.today,
        expiry: 2n ** 40n,
      });
      await refused(signed, "GateClosed", "this can be done from", "之间进行");
      for (const day of [0, 4]) await refused(await sell(undefined, { day, expiry: 2n ** 40n }), "GateClosed", "", "");
    });

    it("a nonce that the chain knows as spent", async () => {
      await desk.market.inProcess.contract("TradeEscrow", "solarPlant").cancel(0, desk.day, [4_711]);
      await refused(await sell(undefined, { nonce: 4_711 }), "NonceUsed", "used or cancelled nonce 4711", "4711");
    });

    it("another's meter, or one of the other direction", async () => {
      const { platform } = desk.market;
      const { order } = await sell();
      const foreign = await signOrder({ ...order, trader: buyer.account.address }, marketOf(platform), buyer.account);
      await refused(
        foreign,
        "MeterNotTradable",
        `cannot trade meter ${seller.meter}`,
        `不能交易计量点 ${seller.meter}`,
      );
    });

    it("a meter that another trades for by the time the day's gate closes", async () => {
      const { market } = desk;
      const retailer = await market.enrol(market.address("retailer"), KINDS.retailer);
      const owner = market.inProcess.contract("MeterRegistry", "solarPlant");
      await owner.setTrader(seller.meter, retailer);
      // Opened on the day before delivery at the latest: tomorrow still by the trader of today, the day after no more.
      const tomorrows = await desk.send(await sell());
      expect(tomorrows.status).to.equal(201);
      await desk.cancel(tomorrows.body.hash, seller);
      const words = [`cannot trade meter ${seller.meter}`, `不能交易计量点 ${seller.meter}`] as const;
      const later = await sell(undefined, { day: desk.day + 1 });
      await refused(later, "MeterNotTradable", ...words);
      await owner.setTrader(seller.meter, 0);
      const kept = await desk.send(later);
      expect(kept.status).to.equal(201);
      await desk.cancel(kept.body.hash, seller);
    });

    it("a sale above the price cap, a purchase below the floor", async () => {
      await refused(
        await sell([band(40, 44, 1_000, 2_000_000)]),
        "PriceOutsideLimits",
        "price of 10:00–10:15 is 20,000.00",
        "超出本季限价",
      );
      const low = await desk.order("buy", buyer, [band(40, 44, 1_000, 0)]);
      await refused(low, "PriceOutsideLimits", "outside the season's limits", "限价");
    });

    it("payment terms beyond the rules", async () => {
      await refused(await sell(undefined, { paymentDays: 4_000 }), "PaymentTermTooLong", "4000 days", "4000 天");
      // Of a firm of middle size, which a large one must pay within 60.
      await refused(await sell(undefined, { paymentDays: 61 }), "PaymentTermTooLong", "61 days", "61 天");
    });

    it("a purchase on terms while the buyer is in default on any debt, and never its purchase in cash", async () => {
      const debtor = await desk.market.consumer("chargingOperator");
      const bands = [band(40, 44, 1_000, PRICE)];
      const onTerms = await desk.order("buy", debtor, bands, { paymentDays: 30 });
      const inCash = await desk.order("buy", debtor, bands);
      const debt = await desk.market.putInDefault(debtor);
      await refused(
        onTerms,
        "BuyerInDefault",
        `Participant ${debtor.participant} is in default on what it owes and buys on terms again once it has paid`,
        `参与方 ${debtor.participant} 处于违约状态：清偿之前不能再以账期购电`,
      );
      expect((await desk.send(inCash)).status).to.equal(201);
      await desk.market.endDefault(debt);
      expect((await desk.send(onTerms)).status).to.equal(201);
    });

    it("more than the plant can generate", async () => {
      await refused(await sell([band(40, 44, 6_000_000, PRICE)]), "AboveCapacity", "beyond its capacity", "超过其容量");
    });

    it("a maximum that does not cover the order", async () => {
      const signed = await desk.order("buy", buyer, [band(40, 44, 1_000_000, PRICE)], { maxFen: 5n });
      await refused(signed, "AboveMaximum", "signed at most 0.05 元", "上限为 0.05 元");
    });

    it("energy that is no multiple of a lot", async () => {
      await refused(await sell([band(40, 44, 1_550, PRICE)]), "NotInLots", "lot of 0.1 kWh", "最小交易单位");
    });

    it("green certificates, which would need a price of their own", async () => {
      await refused(await sell(undefined, { greenCertificates: true }), "NoCertificateBook", "without", "不含绿证");
    });

    it("what would expire before the gate", async () => {
      const { gate } = await desk.exchange.view.hours(desk.day);
      await refused(await sell(undefined, { expiry: BigInt(gate - 1) }), "Expired", "expired at", "过期");
    });

    it("what margin does not cover beside the orders that it backs already", async () => {
      const bold = await desk.order("buy", buyer, [band(0, 96, 150_000_000, 35_000)]);
      await refused(bold, "InsufficientMargin", "locked as margin", "交易保证金");
      const onTerms = await desk.order("buy", buyer, [band(0, 96, 150_000_000, 48_000)], { paymentDays: 30 });
      await refused(onTerms, "InsufficientAllowance", "bought on terms", "账期购电额度");
    });

    it("orders that together offer more of a plant than it can generate", async () => {
      const plant = await desk.market.withAnotherPlant(seller);
      const half = () => desk.order("sell", plant, [band(40, 44, 3_000_000, PRICE)]);
      expect((await desk.send(await half())).status).to.equal(201);
      await refused(await half(), "AboveCapacity", "beyond its capacity", "超过其容量");
    });
  });

  it("lets one cover never back two orders, even when they come at once", async () => {
    const { market } = desk;
    const member = await market.consumer("supplier");
    // Each takes more than half of what is locked.
    const orders = await Promise.all([1, 2, 3].map(() => desk.order("buy", member, [band(0, 96, 60_000_000, 35_000)])));
    const answers = await Promise.all(orders.map((each) => desk.send(each)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 422, 422]);
    const refused = answers.find(({ status }) => status === 422);
    const { neededFen, lockedFen, backingFen } = refused!.body.error.figures;
    expect(BigInt(neededFen) + BigInt(backingFen) > BigInt(lockedFen)).to.equal(true);
    expect(backingFen).to.equal(neededFen);
  });

  it("names the field that is wrong, in the reader's language", async () => {
    const wire = orderToWire(await desk.order("sell", seller, [band(40, 44, 1_000, PRICE)]));
    const cases: [object, string, string][] = [
      [{ ...wire, side: "give" }, 'side must be "sell" or "buy".', 'side 须为 "sell"（卖）或 "buy"（买）。'],
      [{ ...wire, nonce: -1 }, "nonce must be a whole number from 0 to 4294967295", "nonce 须为 0 至 4294967295"],
      [{ ...wire, meter: "18446744073709551616" }, "meter must be a whole number below 2^64", "meter 须为小于 2^64"],
      [{ ...wire, date: "2026-02-30" }, "date must be a day of the calendar, written like", "date 须为有效日期"],
      [{ ...wire, bands: [] }, "bands must be a list of 1 to 96 bands.", "bands 须为 1 至 96 段的列表。"],
      [
        { ...wire, bands: [{ ...wire.bands[0], toSlot: 97 }] },
        "bands[0].toSlot must be a whole number from 1 to 96.",
        "bands[0].toSlot 须为",
      ],
      [{ ...wire, extra: 1 }, "extra is not a field of this message: leave it out.", "extra 不是此消息的字段"],
      [[], "The message must be an object", "消息须为"],
    ];
    for (const [message, english, chinese] of cases) {
      const answer = await desk.post("/orders", message);
      expect(answer.status).to.equal(400);
      expect(sentenceOf(answer)).to.include(english);
      expect(sentenceOf(await desk.post("/orders", message, { "accept-language": "zh" }))).to.include(chinese);
    }
    expect(sentenceOf(await desk.post("/orders", "{"))).to.equal("The message is not JSON.");
    expect((await desk.post("/orders", wire, { "content-type": "text/plain" })).status).to.equal(415);
    expect((await desk.ask("/nowhere")).body.error.code).to.equal("NotFound");
  });

  it("holds a party's signature of a bilateral trade until the other's comes", async () => {
    const { platform } = desk.market;
    const meters = { sellerMeter: seller.meter, buyerMeter: buyer.meter };
    const parties = { seller: seller.account.address, buyer: buyer.account.address };
    const input = { ...parties, ...meters, day: desk.day, bands: [band(40, 44, 1_000, PRICE)] };
    const trade = buildTrade(input, await readConditions(platform, meters));
    const propose = async (member: Member, signer = member) => {
      const signature = await signTrade(trade, marketOf(platform), signer.account);
      return desk.post("/proposals", { trade: tradeToWire(trade), signer: member.account.address, signature });
    };
    expect((await propose(buyer)).body).to.deep.include({ state: "waitsForSeller", sellerSignature: null });
    expect((await propose(seller, buyer)).body.error.code).to.equal("InvalidSignature");
    const complete = await propose(seller);
    expect(complete.body.state).to.equal("complete");
    expect((await propose(seller)).body).to.deep.equal(complete.body);
    expect((await desk.ask(`/proposals/${complete.body.hash}`)).body).to.deep.equal(complete.body);
    expect((await desk.ask(`/proposals?party=${parties.seller}`)).body.proposals).to.deep.equal([complete.body]);
    expect((await propose(cooperative, buyer)).body.error.code).to.equal("NotParty");
    const stranger = { ...trade, buyer: STRANGER.address };
    const sent = async (trade: Trade, account: Member["account"]) => {
      const signature = await signTrade(trade, marketOf(platform), account);
      return (await desk.post("/proposals", { trade: tradeToWire(trade), signer: account.address, signature })).body;
    };
    // Neither by nor to somebody who takes no part, nor with another's meter.
    expect((await sent(stranger, STRANGER)).error.code).to.equal("ParticipantNotGood");
    expect((await sent(stranger, seller.account)).error.code).to.equal("ParticipantNotGood");
    const foreign = { ...trade, buyerMeter: cooperative.meter };
    expect((await sent(foreign, seller.account)).error.code).to.equal("MeterNotTradable");
    const [hash, signature] = [`0x${"cd".repeat(32)}`, "0x"] as const;
    const expired = { trade: { ...trade, expiry: 5n }, hash, party: "seller" as const, signature };
    await keepProposal(desk.database.db, expired);
    expect((await desk.ask(`/proposals?party=${parties.seller}`)).body.proposals).to.deep.equal([complete.body]);
    const { sellerSignature, buyerSignature } = complete.body;
    const escrow = desk.market.inProcess.contract("TradeEscrow", "household");
    await escrow.open({ ...trade, bands: [...trade.bands] }, buyerSignature, sellerSignature, "0x");
    expect(await escrow.isNonceUsed(parties.seller, 2, trade.day, trade.nonce)).to.equal(true);
  });

  it("takes no bilateral trade on terms with a buyer in default from either side, and takes one in cash", async () => {
    const { platform } = desk.market;
    const debtor = await desk.market.consumer("shoppingCentre");
    const debt = await desk.market.putInDefault(debtor);
    const meters = { sellerMeter: seller.meter, buyerMeter: debtor.meter };
    const parties = { seller: seller.account.address, buyer: debtor.account.address };
    const conditions = await readConditions(platform, meters);
    const propose = async ({ account }: Member, paymentDays: number, language = "en") => {
      const bands = [band(40, 44, 1_000, PRICE)];
      const trade = buildTrade({ ...parties, ...meters, day: desk.day, bands, paymentDays }, conditions);
      const signature = await signTrade(trade, marketOf(platform), account);
      const message = { trade: tradeToWire(trade), signer: account.address, signature };
      return desk.post("/proposals", message, { "accept-language": language });
    };
    for (const member of [seller, debtor]) {
      const english = await propose(member, 30);
      expect([english.status, english.body.error.code]).to.deep.equal([422, "BuyerInDefault"]);
      expect(sentenceOf(english)).to.include("is in default on what it owes");
      expect(sentenceOf(await propose(member, 30, "zh"))).to.include("处于违约状态");
      expect((await propose(member, 0)).status).to.equal(200);
    }
    await desk.market.endDefault(debt);
    expect((await propose(seller, 30)).status).to.equal(200);
  });

  it("sends listeners of the book what comes and goes", async () => {
    const answer = await fetch(`${desk.service.url}/events?topic=book&zone=${ZONE}&date=${desk.date}`);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let heard = decoder.decode((await reader.read()).value);
    const { body } = await desk.send(await desk.order("sell", seller, [band(70, 71, 1_000, PRICE)]));
    await desk.cancel(body.hash, seller);
    while (!heard.includes("cancelled")) heard += decoder.decode((await reader.read()).value);
    await reader.cancel();
    const events = heard
      .split("\n")
      .filter((line) => line.startsWith('data: {"zone"'))
      .map((line) => JSON.parse(line.slice(6)));
    expect(events.map(({ date, order, state }) => [date, order, state])).to.deep.equal([
      [desk.date, body.hash, "open"],
      [desk.date, body.hash, "cancelled"],
    ]);
  });

  it("answers HEAD of the stream without a stream", async () => {
    const before = desk.exchange.hub.listeners;
    const answer = await fetch(`${desk.service.url}/events`, { method: "HEAD" });
    expect([answer.status, answer.headers.get("content-type")]).to.deep.equal([200, "text/event-stream"]);
    expect(desk.exchange.hub.listeners).to.equal(before);
  });

  it("gives one address so many streams, and a place back once a stream ends", async () => {
    const ending = new AbortController();
    const open = () => fetch(`${desk.service.url}/events`, { signal: ending.signal });
    const answers = await Promise.all(Array.from({ length: 51 }, open));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ status }) => status)).to.deep.equal([429]);
    expect(await refused[0]!.text()).to.include("TooManyOwnStreams");
    ending.abort();
    while (desk.exchange.hub.listeners > 0) await setTimeout(20);
    const again = await fetch(`${desk.service.url}/events`);
    expect(again.status).to.equal(200);
    await again.body?.cancel();
  });

  it("counts what a trader sends and what is refused, each by itself", async () => {
    const limited = await Desk.open({ ratePerTrader: 3, rateRefused: 2 }, desk.database);
    const member = await limited.market.generator("solarPlant");
    await desk.database.db.delete(orders);
    const send = async () => limited.send(await limited.order("sell", member, [band(1, 2, 1_000, PRICE)]));
    // Tied to the chain of the other desk, which has the same genesis.
    const statuses = [await send(), await send(), await send(), await send()].map(({ status }) => status);
    expect(statuses).to.deep.equal([201, 201, 201, 429]);
    const tooMany = await limited.post("/orders", "{", { "x-forwarded-for": "192.0.2.1" });
    expect(tooMany.status, "an address that nobody trusted wrote").to.equal(400);
    const refused = await limited.post("/orders", "{");
    expect([refused.status, refused.headers.get("retry-after")]).to.deep.equal([
      429,
      String(refused.body.error.figures.seconds),
    ]);
    const key = await addApiKey(desk.database.db, "metering centre");
    const keyed = await limited.post("/orders", "{", { authorization: `Bearer ${key}` });
    expect(keyed.status, "with a key").to.equal(400);
    await limited.service.stop();
  });

  it("takes the address of a client from a proxy that it trusts", async () => {
    const proxied = await Desk.open({ rateRefused: 1, trustedProxies: ["::ffff:127.0.0.1"] }, desk.database);
    const statusOf = async (forwarded: string) =>
      (await proxied.post("/orders", "{", { "x-forwarded-for": forwarded })).status;
    expect(await statusOf("192.0.2.1")).to.equal(400);
    expect(await statusOf("192.0.2.1")).to.equal(429);
    expect(await statusOf("192.0.2.1, 192.0.2.2")).to.equal(400);
    expect(await statusOf("192.0.2.3, 192.0.2.1")).to.equal(429);
    expect(await statusOf("nonsense")).to.equal(400);
    await proxied.service.stop();
  });

  it("keeps its own journal from clients without a key, and keys in hashes only", async () => {
    const { db } = desk.database;
    expect((await desk.ask("/submissions")).status).to.equal(401);
    const key = (await addApiKey(db, "control room")) as string;
    const bearer = { headers: { authorization: `Bearer ${key}` } };
    expect((await desk.ask("/submissions", bearer)).body).to.deep.equal({ submissions: [], next: null });
    expect(await addApiKey(db, "control room")).to.equal(undefined);
    expect(JSON.stringify(await db.select().from(apiKeys))).not.to.include(key);
    expect(await revokeApiKey(db, "control room")).to.equal(true);
    expect((await desk.ask("/submissions", bearer)).status).to.equal(401);
    expect(await revokeApiKey(db, "control room")).to.equal(false);
  });

  it("documents every day as a date, by that name", async () => {
    const days = fieldsOf((await desk.ask("/openapi.json")).body).filter(
      ([name, { format }]) => format === "date" || /^(day|date)$|(Day|Date)$/.test(name),
    );
    expect(new Set(days.map(([name]) => name))).to.deep.equal(new Set(["date", "dueDate", "from", "to"]));
    for (const [name, { format }] of days) expect(format, name).to.equal("date");
  });

  it("publishes its OpenAPI, health, readiness and figures", async () => {
    const { body } = await desk.ask("/openapi.json");
    expect(Object.keys(body.paths)).to.include.members([
      "/orders",
      "/orders/{hash}",
      "/proposals",
      "/book/{zone}/{date}/{slot}",
    ]);
    expect((await desk.ask("/health")).body).to.deep.equal({
      running: true,
      trades: ["exchange", "statements"],
      notices: [],
    });
    expect((await desk.ask("/ready")).body).to.deep.equal({ ready: true });
    const figures = (await desk.ask("/metrics")).body;
    expect(figures).to.match(/dujiang_orders_total\{outcome="kept"\} \d+/);
    expect(figures).to.include('route="GET /book/:zone/:date/:slot"');
  });

  describe("when a book closes", () => {
    it("reports a trade that is opened once, with its round and transaction", async () => {
      const [day, bands] = [desk.day + 1, [band(40, 44, 1_000, PRICE)]];
      const reported: MarketEvent[] = [];
      const stop = desk.exchange.hub.listen((event) => event.topic === "trade" && reported.push(event));
      await desk.send(await desk.order("sell", seller, bands, { day }));
      await desk.send(await desk.order("buy", buyer, bands, { day }));
      const key = await addApiKey(desk.database.db, "trading desk");
      const clear = `/rounds/${ZONE}/${formatDay(day)}`;
      const authorization = { authorization: `Bearer ${key}` };
      expect((await desk.post(clear, "", authorization)).body.error.code).to.equal("BookOpen");
      await goToCutOff(desk.market, day);
      await desk.post(clear, "", authorization);
      const [{ round }] = (await desk.ask(clear)).body.rounds;
      let trades: number[] = [];
      while (trades.length === 0) [{ trades }] = (await desk.ask(clear)).body.rounds;
      // It looks once a second.
      await setTimeout(2_500);
      stop();
      const { body } = await desk.ask("/submissions", { headers: { authorization: `Bearer ${key}` } });
      const [transaction] = body.submissions;
      expect(reported.map(({ data }) => data)).to.deep.equal([
        { trade: String(trades[0]), state: "opened", round, transaction: transaction.hash },
      ]);
    });

    it("takes nothing for a day shortly before its book closes", async () => {
      const day = desk.day + 3;
      const { cutOff } = await desk.exchange.view.hours(day);
      const signed = await desk.order("sell", seller, [band(80, 81, 1_000, PRICE)], { day });
      await desk.market.goTo(cutOff - 600);
      const refused = await desk.send(signed);
      expect(refused.body.error).to.deep.include({ code: "GateClosed" });
    });
  });
});

type Schema = { format?: string };

/** The fields of messages and the parameters of an OpenAPI document, each with its schema. */
function fieldsOf(document: object): [name: string, schema: Schema][] {
  const { properties = {}, ...rest } = document as { properties?: Record<string, Schema> };
  const parameter = document as { in?: string; name: string; schema: Schema };
  return [
    ...(parameter.in === undefined ? [] : [[parameter.name, parameter.schema] satisfies [string, Schema]]),
    ...Object.entries(properties),
    ...[...Object.values(properties), ...Object.values(rest)].flatMap((value) =>
      typeof value === "object" && value !== null ? fieldsOf(value) : [],
    ),
  ];
}
