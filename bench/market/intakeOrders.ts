import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "../../operator/common/log.ts";
import { readConfig } from "../../operator/config.ts";
import { openDatabase } from "../../operator/db/openDatabase.ts";
import { orders } from "../../operator/exchange/tables.ts";
import { trade } from "../../operator/exchange/trade.ts";
import { Service } from "../../operator/service.ts";
import { platformOf } from "../../sdk/index.ts";
import type { Figure } from "./figure.ts";
import type { FromCrowd, ToCrowd } from "./intake/messages.ts";
import { exponentOf, secondsSince } from "./measure.ts";
import { verifyOrders } from "./verifyOrders.ts";

const SIZES = [250, 1_000, 4_000];
/** Code that has become hot is compiled by then, as in a service that runs for days. */
const WARM_UP = 4_000;
const RUNS = 5;
/** Traders of a province who hand in orders at the same time; fewer, whose orders are kept in smaller statements. */
const CLIENTS = 256;
const FEW_CLIENTS = 64;
const NO_LIMIT = String(100_000_000);

/**
 * Orders through the door of the service as it runs: HTTP on a socket, checks, signature, and PGlite in a folder. Counted
 * is the processor's time of the service with its database, in the fastest of some runs; traders and chain have a process
 * of their own.
 */
export const intakeOrders: Figure = {
  name: "intakeOrdersPerSecond",
  measure: async () => {
    const traders = fork(join(import.meta.dirname, "intake", "traders.ts"));
    const folder = mkdtempSync(join(tmpdir(), "dujiang-bench-"));
    const { rpcUrl, contracts, operatorKey } = await answerOf(traders, "rpcUrl");
    const { db, close } = await openDatabase({ folder }, trade.tables);
    const config = readConfig({ OPERATOR_KEYS: operatorKey, OPERATOR_RATE_PER_TRADER: NO_LIMIT }, [trade]);
    const service = new Service({
      platform: platformOf({ network: "default", chainId: 31_337, startBlock: 0, contracts }, rpcUrl),
      db,
      settings: { ...config, port: 0 },
      trades: config.trades,
      log: createLog("info", join(folder, "log")),
    });
    await service.start();
    try {
      await handIn(traders, service, WARM_UP, CLIENTS);
      const growth = [];
      const fastest = (size: number, clients: number) => fastestOf(RUNS, () => handIn(traders, service, size, clients));
      for (const size of SIZES) growth.push({ size, ...(await fastest(size, CLIENTS)) });
      const { size, seconds, byTheClock } = growth.at(-1)!;
      const few = await fastest(size, FEW_CLIENTS);
      const kept = await db.$count(orders);
      const sent = [...SIZES, size].reduce((sum, size) => sum + RUNS * size, WARM_UP);
      if (kept !== sent) throw new Error(`The service kept ${kept} of ${sent} orders.`);
      return {
        value: size / seconds,
        bar: { atLeast: 1_500 },
        beside: {
          perSecondByTheClock: size / byTheClock,
          fromFewClients: size / few.seconds,
          // How fast this machine is at the moment: the signature alone, as `verifyOrdersPerSecond` has it.
          verifiedPerSecond: (await verifyOrders.measure()).value,
        },
        growth: growth.map(({ size, seconds }) => ({ size, seconds })),
        exponent: exponentOf(growth),
      };
    } finally {
      await service.stop();
      await close();
      traders.send({ end: true } satisfies ToCrowd);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function fastestOf<Run extends { seconds: number }>(runs: number, run: () => Promise<Run>): Promise<Run> {
  const all: Run[] = [];
  while (all.length < runs) all.push(await run());
  return all.sort((left, right) => left.seconds - right.seconds)[0]!;
}

async function handIn(traders: ChildProcess, service: Service, size: number, clients: number) {
  traders.send({ sign: size } satisfies ToCrowd);
  await answerOf(traders, "signed");
  const begun = process.cpuUsage();
  traders.send({ send: service.url, clients } satisfies ToCrowd);
  const { sent } = await answerOf(traders, "sent");
  if (sent.refused.length > 0) throw new Error(`${sent.refused.length} orders were refused: ${sent.refused[0]}`);
  return { seconds: secondsSince(begun), byTheClock: sent.seconds };
}

async function answerOf<Key extends "rpcUrl" | "signed" | "sent">(traders: ChildProcess, key: Key) {
  const [answer] = (await once(traders, "message")) as [FromCrowd];
  if (key in answer) return answer as Extract<FromCrowd, Record<Key, unknown>>;
  throw new Error(`The traders answered ${JSON.stringify(answer)}, not "${key}".`);
}
