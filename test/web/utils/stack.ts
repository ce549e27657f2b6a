import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deliveryDay, firstSecond, runTradingDay, type TradingDay } from "../../../demo/day/day.ts";
import { readDay } from "../../../demo/day/readings.ts";
import { LocalChain } from "../../../demo/local/chain.ts";
import { LocalIndexer } from "../../../demo/local/indexer.ts";
import { LocalOperator } from "../../../demo/local/operator.ts";
import { buildPage } from "../../../demo/local/page.ts";
import { LocalWeb } from "../../../demo/local/web.ts";
import { deployPlatform } from "../../../scripts/deploy/deployPlatform.ts";
import { root } from "../../../scripts/root.ts";
import type { Deployment } from "../../../sdk/chain/deployment.ts";
import { AUTHORITY, pemOf } from "../../utils/signedPdf.ts";
import { type Facts, readFacts } from "./facts.ts";
import { Relay } from "./relay.ts";

/** Where the relays stand: any of the three can be away while the page's server runs on. */
export interface Relays {
  node: Relay;
  operator: Relay;
  index: Relay;
}

/** The whole product on free ports, after a trading day: one for all tests of the page. */
export class Stack {
  readonly chain: LocalChain;
  readonly deployment: Deployment;
  readonly operator: LocalOperator;
  readonly indexer: LocalIndexer;
  readonly tradingDay: TradingDay;
  readonly relays: Relays;
  /** What there is to see. */
  readonly facts: Facts;
  /** Of the page. */
  readonly url: string;
  readonly #end: () => Promise<void>;

  private constructor(parts: Omit<Stack, "stop">, end: () => Promise<void>) {
    this.chain = parts.chain;
    this.deployment = parts.deployment;
    this.operator = parts.operator;
    this.indexer = parts.indexer;
    this.tradingDay = parts.tradingDay;
    this.relays = parts.relays;
    this.facts = parts.facts;
    this.url = parts.url;
    this.#end = end;
  }

  static async start(): Promise<Stack> {
    const folder = mkdtempSync(join(tmpdir(), "dujiang-page-"));
    const ends: (() => Promise<unknown> | unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
    const end = async () => {
      delete process.env.DUJIANG_DEPLOYMENTS;
      for (const each of ends.reverse()) await each();
    };
    try {
      process.env.DUJIANG_DEPLOYMENTS = folder;
      return new Stack(await bringUp(folder, ends), end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#end();
  }
}

async function bringUp(folder: string, ends: (() => unknown)[]): Promise<Omit<Stack, "stop">> {
  const network = "local";
  const day = deliveryDay(Date.now() / 1000);
  const [building, preparing] = [buildPage(root), LocalOperator.prepare({ port: "any" })];
  for (const begun of [building, preparing]) begun.catch(() => {});
  const chain = await LocalChain.start({ startsAt: firstSecond(day), port: "any" });
  ends.push(() => chain.stop());
  const deployment = await deployPlatform({ network, localUrl: chain.url, folder });
  const operator = LocalOperator.launch(await preparing, { network, rpcUrl: chain.url });
  ends.push(() => operator.stop());
  await building;
  const indexing = operator.ready.then(() => LocalIndexer.start({ network, rpcUrl: chain.url, port: "any" }));
  indexing.catch(() => {});
  const silent = { language: "en", begin() {}, say() {} } as const;
  const tradingDay = await runTradingDay(chain, deployment, operator, await readDay(day, undefined), silent);
  const indexer = await indexing;
  ends.push(() => indexer.stop());
  const relays = {
    node: await Relay.before(chain.url),
    operator: await Relay.before(operator.url),
    index: await Relay.before(indexer.url),
  };
  ends.push(() => Promise.all(Object.values(relays).map((relay) => relay.leave())));
  const places = { rpcUrl: relays.node.url, operatorUrl: relays.operator.url, indexUrl: relays.index.url };
  const authorities = join(folder, "authorities.pem");
  writeFileSync(authorities, pemOf(AUTHORITY));
  const web = await LocalWeb.start({ network, ...places, port: "any", authorities });
  ends.push(() => web.stop());
  chain.beat();
  await indexer.caughtUpWith(await chain.blockNumber(), { seal: () => chain.seal() });
  return { chain, deployment, operator, indexer, tradingDay, relays, facts: await readFacts(web.url), url: web.url };
}
