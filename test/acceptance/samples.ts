import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { TradingDay } from "../../demo/day/day.ts";
import type { LocalChain } from "../../demo/local/chain.ts";
import type { LocalIndexer } from "../../demo/local/indexer.ts";
import type { LocalOperator } from "../../demo/local/operator.ts";
import { root } from "../../scripts/root.ts";
import {
  cancelOrder,
  dayOf,
  formatDay,
  isSignedByKey,
  listOrders,
  marketOf,
  openSession,
  orderDigest,
  tradeDigest,
  watch,
} from "../../sdk/index.ts";
import { samplesIn } from "../utils/samples.ts";

/** A day with everything that runs for it. */
export interface Stack {
  chain: LocalChain;
  operator: LocalOperator;
  indexer: LocalIndexer;
  tradingDay: TradingDay;
  /** Text of the deployment.json. */
  deployment: string;
}

/** Runs the TypeScript of README.md and sdk/README.md as printed, against what is running. */
export function itRunsTheSamples(stack: () => Stack): void {
  let folder: string;
  const sample = async (name: string) => import(pathToFileURL(join(folder, `${name}.ts`)).href);

  before(() => {
    // Inside the project, where the packages are found that samples use.
    mkdirSync(join(root, ".dujiang"), { recursive: true });
    folder = mkdtempSync(join(root, ".dujiang/samples-"));
    for (const { text, place } of [...samplesIn("README.md", "ts"), ...samplesIn("sdk/README.md", "ts")]) {
      const name = /^\/\/ (\w+)\.ts\n/.exec(text)?.[1] ?? place.replace(/\W+\d*/g, "");
      writeFileSync(join(folder, `${name}.ts`), here(text));
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** As printed, but for where this sdk and this chain are. */
  function here(text: string): string {
    return text
      .replace(/"dujiang-sdk(\/\w+)?"/g, (_, room = "") => JSON.stringify(join(root, "sdk", room, "index.ts")))
      .replace(/"(\.\/\w+)\.js"/g, '"$1.ts"')
      .replaceAll("http://127.0.0.1:8545", stack().chain.url);
  }

  it("signs the offer of README.md", async () => {
    const { market } = stack().tradingDay;
    const wallet = market.account("hydroStation");
    const parties = { seller: wallet.address, buyer: market.address("factory") };
    const { trade, signature } = await (await sample("READMEmd")).offer(
      stack().deployment,
      parties,
      "2026-11-24",
      wallet,
    );
    expect(isSignedByKey(tradeDigest(trade, marketOf(market.platform)), signature, wallet.address)).to.equal(true);
  });

  it("locks margin, confirms a payment, claims kWh", async () => {
    const { market, trades } = stack().tradingDay;
    const { platform } = market;
    const margin = await (await sample("lock")).setAside(platform, market.account("factory"), market.id("factory"));
    expect(margin).to.be.an("object");
    const payment = { to: market.address("hydroStation"), amountFen: 100n };
    const confirmed = await (await sample("confirm")).confirmPayment(
      platform,
      market.id("factory"),
      payment,
      market.account("factory"),
    );
    expect(confirmed.functionName).to.equal("confirm");
    expect(await (await sample("claim")).claim(platform, market.account("factory"), [trades.cash])).to.match(/^0x/);
  });

  it("hands an order in, and hears when it is out of the book", async () => {
    const { operator, tradingDay } = stack();
    const { platform, chain } = tradingDay.market;
    const account = tradingDay.market.account("factory");
    const [, meter] = [...tradingDay.meters].find(([{ place }]) => place.owner === "factory") ?? [];
    const day = dayOf(await chain.now()) + 2;
    const signed = await (await sample("signOrder")).bid(platform, account, meter, formatDay(day));
    const own = {
      url: operator.url,
      token: (await openSession(operator, account.address, marketOf(platform), account)).token,
    };
    const heard = (await sample("handIn")).handIn(platform, account, signed, operator.url) as Promise<string>;
    const hash = orderDigest(signed.order, marketOf(platform));
    const refused = new AbortController();
    heard.catch(() => refused.abort());
    const topics = ["order"] as const;
    for await (const { topic, data } of watch(own, { topics, day, trader: account.address, signal: refused.signal })) {
      const { orders } = topic === "listening" ? await listOrders(own, account.address, day) : { orders: [data] };
      if (orders.some((order) => ("hash" in order ? order.hash : order.order) === hash)) break;
    }
    if (!refused.signal.aborted) await cancelOrder(own, hash, marketOf(platform), account);
    expect(await heard).to.equal("cancelled");
  });

  it("reads trades from the index, and proves one without it", async () => {
    const { indexer, tradingDay } = stack();
    const { market, trades } = tradingDay;
    const read = await sample("readTrade");
    expect(await read.readTrade(indexer.graphqlUrl, trades.cash)).to.include({ status: "settled" });
    const sales = await read.readSales(indexer.graphqlUrl, market.id("hydroStation"));
    expect(sales).to.include(String(trades.cash));
    const { holds, checked } = await (await sample("verify")).verify(market.platform, trades.cash);
    expect([holds, checked > 5]).to.deep.equal([true, true]);
  });

  it("computes a day's total without a chain", async () => {
    expect((await sample("total")).total("401.20")).to.equal("3,610.80 元");
  });
}
