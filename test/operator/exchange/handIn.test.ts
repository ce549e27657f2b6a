import { expect } from "chai";
import type { EIP1193RequestFn } from "viem";
import { getTransaction, writeContract } from "viem/actions";
import { addApiKey } from "../../../operator/gateway/apiKeys.ts";
import {
  allPages,
  buildTrade,
  cancelOrder,
  checkOrder,
  listOrders,
  lockMargin,
  marketOf,
  type Operator,
  OperatorError,
  openSession,
  orderDigest,
  type PageOptions,
  propose,
  readConditions,
  signOrder,
  signTrade,
  submitOrder,
  walletOf,
  watch,
} from "../../../sdk/index.ts";
import { asBesu } from "../../besu/asBesu.ts";
import type { Member } from "../../utils/market.ts";
import { band, Desk } from "../utils/desk.ts";

const PRICE = 30_000;
const ZONE = 4;

describe("what the sdk hands in to the operator", function () {
  this.timeout(300_000);
  let desk: Desk;
  let seller: Member;
  let buyer: Member;
  let operator: Operator;

  before(async () => {
    desk = await Desk.open();
    seller = await desk.market.generator("solarPlant");
    buyer = await desk.market.consumer("factory");
    operator = { url: desk.service.url };
  });
  after(() => desk?.close());

  const market = () => marketOf(desk.market.platform);
  const refusal = async (attempt: Promise<unknown>): Promise<OperatorError> => {
    try {
      await attempt;
    } catch (error) {
      expect(error).to.be.instanceOf(OperatorError);
      return error as OperatorError;
    }
    throw new Error("It was not refused.");
  };

  it("is kept as `signOrder` returned it, and taken back", async () => {
    const signed = await desk.order("sell", seller, [band(40, 44, 100_000, PRICE)]);
    const kept = await submitOrder(operator, signed);
    expect(kept).to.deep.include({ hash: orderDigest(signed.order, market()), state: "open" });
    expect((await submitOrder(operator, signed)).receivedAt).to.equal(kept.receivedAt);
    const cancelled = await cancelOrder(
      { ...operator, language: "zh" },
      kept.hash as `0x${string}`,
      market(),
      seller.account,
    );
    expect(cancelled).to.deep.include({ hash: kept.hash, state: "cancelled" });
    expect(cancelled.note).to.include("签名在链上仍然有效");
  });

  it("holds with the v of a hardware wallet, which is 0 or 1", async () => {
    const { order } = await desk.order("sell", seller, [band(44, 45, 100_000, PRICE)]);
    const provider = {
      request: async ({ params: [, text] }: { params: [string, string] }) => {
        const signature = await seller.account.signTypedData(JSON.parse(text));
        return `${signature.slice(0, -2)}${signature.endsWith("1b") ? "00" : "01"}`;
      },
    };
    const signed = await signOrder(order, market(), { address: seller.account.address, provider });
    expect(signed.signature).to.match(/1[bc]$/);
    expect((await submitOrder(operator, signed)).state).to.equal("open");
  });

  it("is refused in both languages, with the figures", async () => {
    const signed = await desk.order("sell", seller, [band(45, 46, 1_550, PRICE)]);
    const error = await refusal(submitOrder(operator, signed));
    expect([error.status, error.code, error.figures.energyWh]).to.deep.equal([422, "NotInLots", 1_550]);
    expect(error.message).to.equal(error.sentences.en);
    expect(error.sentences.zh).to.include("不是最小交易单位");
    const nobody = await refusal(submitOrder({ url: "http://127.0.0.1:9" }, signed));
    expect([nobody.status, nobody.sentences.zh.includes("没有应答")]).to.deep.equal([0, true]);
  });

  it("is shown to its trader alone, page by page, once it signed a challenge", async () => {
    const { account } = seller;
    expect((await refusal(listOrders(operator, account.address, desk.day))).code).to.equal("SessionNeeded");
    const { token } = await openSession(operator, account.address, market(), account);
    const known = { ...operator, token };
    const { orders, next } = await listOrders(known, account.address, desk.day);
    expect(orders.map(({ state }) => state)).to.deep.equal(["open", "cancelled"]);
    expect(next).to.equal(null);
    const walked: unknown[] = [];
    const inOnes = (page: PageOptions) => listOrders(known, account.address, desk.day, { ...page, limit: 1 });
    for await (const page of allPages(inOnes)) walked.push(page.orders);
    expect(walked).to.deep.equal(orders.map((order) => [order]));
    expect((await refusal(listOrders(known, buyer.account.address, desk.day))).code).to.equal("SessionNeeded");
    const apiKey = await addApiKey(desk.database.db, "settlement");
    expect((await listOrders({ ...operator, token: apiKey }, account.address, desk.day)).orders).to.deep.equal(orders);
    const forged = { ...seller.account, signTypedData: buyer.account.signTypedData };
    expect((await refusal(openSession(operator, account.address, market(), forged))).code).to.equal("InvalidSignature");
    const old = {
      trader: account.address,
      expiry: 1,
      challenge: `0x${"ab".repeat(32)}`,
      signature: `0x${"ab".repeat(65)}`,
    };
    expect((await desk.post("/sessions", old)).body.error.code).to.equal("ChallengeOver");
  });

  it("is checked before it is signed, and nothing is kept of it", async () => {
    const { account } = seller;
    const { order } = await desk.order("sell", seller, [band(46, 47, 100_000, PRICE)]);
    expect((await refusal(checkOrder(operator, order))).code).to.equal("SessionNeeded");
    const known = { ...operator, token: (await openSession(operator, account.address, market(), account)).token };
    const checked = await checkOrder(known, order);
    expect(checked).to.deep.include({ hash: orderDigest(order, market()), state: "keepable", zone: ZONE });
    expect(BigInt(checked.lockedFen) > 0n).to.equal(true);
    expect((await desk.ask(`/orders/${checked.hash}`)).status).to.equal(404);
    const large = await desk.order("sell", seller, [band(46, 47, 2_000_000_000, PRICE)]);
    expect(["AboveCapacity", "InsufficientMargin"]).to.include((await refusal(checkOrder(known, large.order))).code);
    expect((await refusal(checkOrder(operator, order, `0x${"ab".repeat(65)}`))).code).to.equal("InvalidSignature");
    const { signature } = await signOrder(order, market(), account);
    expect((await checkOrder(operator, order, signature)).state).to.equal("keepable");
    const taken = { ...order, maxFen: order.maxFen + 1n };
    await submitOrder(operator, { order, signature });
    expect((await refusal(checkOrder(known, taken))).code).to.equal("NonceTaken");
  });

  it("shows the day's book in one answer, as its slots show it", async () => {
    const { body } = await desk.ask(`/book/${ZONE}/${desk.date}`);
    expect(body.slots).to.have.length(96);
    for (const slot of [44, 46, 50]) {
      const { sells, buys } = (await desk.ask(`/book/${ZONE}/${desk.date}/${slot}`)).body;
      expect(body.slots[slot]).to.deep.equal({ slot, sells, buys });
    }
    expect(body.slots[46].sells).to.deep.equal([{ price: PRICE, energyWh: "100000", orders: 1 }]);
    const none = await desk.ask(`/book/${ZONE}/${desk.date}?levels=0`);
    expect(none.body.slots[46].sells).to.deep.equal([]);
    for (const path of [`/book/999/${desk.date}`, `/book/999/${desk.date}/3`, `/rounds/999/${desk.date}`]) {
      const { status, body } = await desk.ask(path);
      expect([status, body.error.code], path).to.deep.equal([404, "UnknownZone"]);
    }
  });

  it("is reported as it happens, from the last event that was heard", async () => {
    const topics = ["order", "proposal", "reading"] as const;
    const ending = new AbortController();
    const hear = watch(operator, { topics, signal: ending.signal });
    expect((await hear.next()).value?.topic).to.equal("listening");
    const signed = await desk.order("sell", seller, [band(48, 49, 100_000, PRICE)]);
    const { hash } = await submitOrder(operator, signed);
    const { value: opened } = await hear.next();
    expect(opened).to.deep.include({ topic: "order" });
    expect(opened!.data).to.deep.include({ order: hash, state: "open", filledWh: "0", date: desk.date });
    ending.abort();
    await hear.return();

    // What happens while nobody listens.
    await cancelOrder(operator, hash as `0x${string}`, market(), seller.account);
    const meters = { sellerMeter: seller.meter, buyerMeter: buyer.meter };
    const parties = { seller: seller.account.address, buyer: buyer.account.address };
    const terms = { ...parties, ...meters, day: desk.day, bands: [band(40, 44, 1_000, PRICE)] };
    const trade = buildTrade(terms, await readConditions(desk.market.platform, meters));
    const signature = await signTrade(trade, market(), buyer.account);
    const proposed = await propose(operator, trade, buyer.account.address, signature);
    await desk.market.report(
      seller.meter,
      desk.market.today - 1,
      Array.from({ length: 96 }, () => 1),
    );
    const heard: [string, unknown][] = [];
    for await (const { topic, data } of watch(operator, { topics, after: opened!.id })) {
      if (topic !== "listening") heard.push([topic, data.order ?? data.proposal ?? data.meter]);
      if (topic === "reading") break;
    }
    expect(heard).to.deep.equal([
      ["order", hash],
      ["proposal", proposed.hash],
      ["reading", String(seller.meter)],
    ]);
    const { value: missed } = await watch(operator, { after: "of-another-life" }).next();
    expect(missed!.topic).to.equal("missed");
    expect((await refusal(watch(operator, { trader: seller.account.address }).next())).code).to.equal("SessionNeeded");
  });

  it("is sent to the chain without a fee, whatever a node would fill in", async () => {
    let asked = 0;
    const offering = (request: EIP1193RequestFn): EIP1193RequestFn => {
      const node = asBesu(request);
      return (async (call: { method: string; params: [Record<string, unknown>] }) => {
        if (call.method !== "eth_fillTransaction") return node(call as never);
        asked += 1;
        return { raw: "0x", tx: { ...call.params[0], maxFeePerGas: "0x3b9aca00", maxPriorityFeePerGas: "0x3b9aca00" } };
      }) as EIP1193RequestFn;
    };
    const platform = desk.market.through(offering);
    const hash = await writeContract(walletOf(platform, seller.account), lockMargin(platform, 1n));
    const { maxFeePerGas, maxPriorityFeePerGas } = await getTransaction(platform.client, { hash });
    expect([maxFeePerGas, maxPriorityFeePerGas, asked]).to.deep.equal([0n, 0n, 0]);
  });
});
