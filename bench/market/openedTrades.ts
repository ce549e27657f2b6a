import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { http, type Transport } from "viem";
import { LocalChain } from "../../demo/local/chain.ts";
import { type OpenDatabase, openDatabase } from "../../operator/db/openDatabase.ts";
import { legs } from "../../operator/exchange/tables.ts";
import { trade } from "../../operator/exchange/trade.ts";
import { deployPlatform } from "../../scripts/deploy/deployPlatform.ts";
import {
  buildOrder,
  curvesToBands,
  type Day,
  type Deployment,
  marketOf,
  type Platform,
  parseDay,
  platformOf,
  readOrderConditions,
  type SignedOrder,
  signOrder,
  startOfDay,
} from "../../sdk/index.ts";
import { behindTheDoor, finish, keep, ZONE } from "../../test/operator/utils/day.ts";
import { dayStream } from "../../test/operator/utils/stream/day.ts";
import { accountOf, Crowd, type CrowdMember } from "../../test/utils/crowd.ts";
import type { Figure } from "./figure.ts";
import { exponentOf } from "./measure.ts";

const TODAY = parseDay("2026-11-22");
const ORDERS_PER_SIDE = [10, 40, 160];
const CAPACITY_W = 20_000_000;
const MOST_WH = CAPACITY_W / 4;
const FUNDS_FEN = 10_000_000_000n;

/**
 * Trades of 96 slots from a cleared round to opened ones, through the submitter with its journal and one key, on the local
 * chain: seconds of the clock, because two processes take turns.
 */
export const openedTrades: Figure = {
  name: "openedTradesPerSecond",
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), "dujiang-bench-"));
    const chain = await LocalChain.start({ startsAt: startOfDay(TODAY) + 36_000, port: "any" });
    const database = await openDatabase({}, trade.tables);
    try {
      const deployment = await deployPlatform({ network: "local", localUrl: chain.url, folder });
      const market = await gather(deployment, chain.url);
      // The first day warms up what runs.
      const days = [ORDERS_PER_SIDE[0]!, ...ORDERS_PER_SIDE].map((orders, index) => ({
        orders,
        day: TODAY + 2 + index,
      }));
      const runs: Opening[] = [];
      for (const { orders, day } of days) runs.push(await open(market, database, day, orders));
      const growth = runs.slice(1).map(({ trades, seconds }) => ({ size: trades, seconds }));
      const { trades, seconds, chainSeconds } = runs.at(-1)!;
      return {
        value: trades / seconds,
        beside: { trades, chainShare: chainSeconds / seconds },
        growth,
        exponent: exponentOf(growth),
      };
    } finally {
      await database.close();
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface BenchMarket {
  platform: Platform;
  waiting: Waiting;
  sellers: CrowdMember[];
  buyers: CrowdMember[];
}

interface Opening {
  trades: number;
  seconds: number;
  chainSeconds: number;
}

async function gather(deployment: Deployment, url: string): Promise<BenchMarket> {
  const waiting = new Waiting();
  const platform = platformOf(deployment, waiting.over(http(url)));
  const most = Math.max(...ORDERS_PER_SIDE);
  const of = (source: "Solar" | "None") =>
    Array.from({ length: most }, () => ({ source, capacityW: CAPACITY_W, fundsFen: FUNDS_FEN }));
  const members = await Crowd.gather(platform, ZONE, TODAY, [...of("Solar"), ...of("None")]);
  return { platform, waiting, sellers: members.slice(0, most), buyers: members.slice(most) };
}

/** Clears the orders of a day, and takes the time until the last trade of them is open. */
async function open(market: BenchMarket, { db }: OpenDatabase, day: Day, orders: number): Promise<Opening> {
  const { platform, waiting } = market;
  const { desk, submitter } = behindTheDoor(db, platform, [accountOf("marketOperator")]);
  await keep(db, platform, await signedDay(market, day, orders));
  await desk.matchOpen();
  const opened = () => db.$count(legs, eq(legs.state, "opened"));
  const before = await opened();
  const [begun, waitedBefore] = [performance.now(), waiting.milliseconds];
  await finish(submitter);
  const seconds = (performance.now() - begun) / 1000;
  return {
    trades: (await opened()) - before,
    seconds,
    chainSeconds: (waiting.milliseconds - waitedBefore) / 1000,
  };
}

async function signedDay({ platform, sellers, buyers }: BenchMarket, day: Day, orders: number): Promise<SignedOrder[]> {
  const members = [...sellers.slice(0, orders), ...buyers.slice(0, orders)];
  const signed: SignedOrder[] = [];
  for (const [index, { side, energy, limit }] of dayStream(day, orders, orders).entries()) {
    const { account, meter } = members[index]!;
    const bands = curvesToBands(
      energy.map((wh) => Math.min(wh, MOST_WH)),
      limit,
    );
    const order = buildOrder(
      { side, trader: account.address, meter, day, bands, continuous: true },
      await readOrderConditions(platform, meter, day),
    );
    signed.push(await signOrder(order, marketOf(platform), account));
  }
  return signed;
}

/** How long a node was waited for: the time in which at least one question was open. */
class Waiting {
  #open = 0;
  #since = 0;
  #total = 0;

  get milliseconds(): number {
    return this.#total;
  }

  over(transport: Transport): Transport {
    return (options) => {
      const { request, ...rest } = transport(options);
      const timed = async (call: Parameters<typeof request>[0]) => {
        if (this.#open++ === 0) this.#since = performance.now();
        try {
          return await request(call);
        } finally {
          if (--this.#open === 0) this.#total += performance.now() - this.#since;
        }
      };
      return { ...rest, request: timed as typeof request };
    };
  }
}
