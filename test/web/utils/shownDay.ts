import { mkdtempSync, rmSync } from "node:fs";
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
import { type Deployment, formatDay } from "../../../sdk/index.ts";

/** The product with a trading day behind it, and the page that shows it. */
export interface ShownDay {
  url: string;
  /** Of delivery. */
  date: string;
  day: TradingDay;
  deployment: Deployment;
  rpcUrl: string;
  operatorUrl: string;
  stop(): Promise<void>;
}

/** Brings everything up on ports of its own, as `npm start` does. */
export async function showDay(): Promise<ShownDay> {
  const folder = mkdtempSync(join(tmpdir(), "dujiang-page-"));
  process.env.DUJIANG_DEPLOYMENTS = folder;
  const running: { stop(): Promise<unknown> }[] = [];
  const stop = async () => {
    for (const each of running.reverse()) await each.stop();
    delete process.env.DUJIANG_DEPLOYMENTS;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const delivery = deliveryDay(Date.now() / 1000);
    const building = buildPage(root);
    building.catch(() => {});
    const readings = await readDay(delivery);
    const chain = await LocalChain.start({ startsAt: firstSecond(delivery), port: "any" });
    running.push(chain);
    const deployment = await deployPlatform({ network: "local", localUrl: chain.url, folder });
    const places = { network: "local", rpcUrl: chain.url, port: "any" } as const;
    const operator = await LocalOperator.start(places);
    running.push(operator);
    const indexer = await LocalIndexer.start({ ...places });
    running.push(indexer);
    const day = await runTradingDay(chain, deployment, operator, readings, {
      language: "en",
      begin: () => {},
      say: () => {},
    });
    await indexer.caughtUpWith(await chain.blockNumber(), { seal: () => chain.seal() });
    await building;
    const web = await LocalWeb.start({ ...places, operatorUrl: operator.url, indexUrl: indexer.url });
    running.push(web);
    const date = formatDay(delivery);
    return { url: web.url, date, day, deployment, rpcUrl: chain.url, operatorUrl: operator.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
