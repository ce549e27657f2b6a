import { asc } from "drizzle-orm";
import type { PrivateKeyAccount } from "viem/accounts";
import { ChainView } from "../../../operator/chain/view.ts";
import type { Database } from "../../../operator/db/database.ts";
import { legs, orders, rounds } from "../../../operator/db/schema.ts";
import { EventHub } from "../../../operator/events/hub.ts";
import { createLog } from "../../../operator/log.ts";
import { Metrics } from "../../../operator/metrics.ts";
import { keepOrder } from "../../../operator/orders/store.ts";
import { ClearingDesk } from "../../../operator/rounds/clear.ts";
import type { JournalPoint } from "../../../operator/sending/sender.ts";
import { Submitter } from "../../../operator/submission/submitter.ts";
import {
  type Band,
  buildOrder,
  type Day,
  marketOf,
  orderDigest,
  type Platform,
  readEvents,
  readOrderConditions,
  type SignedOrder,
  signOrder,
} from "../../../sdk/index.ts";
import type { Member, TestMarket } from "../../sdk/market.ts";

export const ZONE = 4;

/** The parts of the service behind its door, over a chain and tables of a test. */
export function behindTheDoor(
  db: Database,
  platform: Platform,
  accounts: readonly PrivateKeyAccount[],
  { passed, transactionGas = 16_777_216 }: { passed?: (point: JournalPoint) => void; transactionGas?: number } = {},
) {
  const view = new ChainView(platform, 0);
  const [hub, metrics, log] = [new EventHub(), new Metrics(), createLog("silent")];
  return {
    view,
    metrics,
    desk: new ClearingDesk({ db, view, hub, metrics, rule: "middle" }),
    submitter: new Submitter({
      ...{ db, platform, view, accounts, hub, metrics, log, transactionGas },
      ...(passed && { passed }),
    }),
  };
}

/** An order as the door keeps it, with a nonce that is the same in every run. */
export async function signedOrder(
  market: TestMarket,
  side: "sell" | "buy",
  member: Member,
  { bands, day, nonce, paymentDays = 0 }: { bands: Band[]; day: Day; nonce: bigint; paymentDays?: number },
): Promise<SignedOrder> {
  const { platform } = market;
  const input = { side, trader: member.account.address, meter: member.meter, day, bands, nonce, paymentDays };
  const order = buildOrder(input, await readOrderConditions(platform, member.meter, day));
  return signOrder(order, marketOf(platform), member.account);
}

export async function keep(db: Database, platform: Platform, signed: readonly SignedOrder[]): Promise<void> {
  for (const each of signed) {
    const order = { ...each.order, trader: each.order.trader.toLowerCase() as `0x${string}` };
    const hash = orderDigest(order, marketOf(platform));
    await keepOrder(db, { ...each, order }, { hash, zone: ZONE });
  }
}

/** Steps until nothing is left to do. */
export async function finish(submitter: Submitter): Promise<void> {
  for (let steps = 0; steps < 1_000; steps += 1) if (!(await submitter.step())) return;
  throw new Error("The submitter did not come to an end.");
}

/** What tables and chain say in the end, but for the numbers that depend on who came first. */
export async function finalState(db: Database, platform: Platform) {
  const trades = (await readEvents(platform, "TradeEscrow", ["TradeOpened"])).map(({ args }) =>
    [args.round, args.sellOrder, args.buyOrder, args.energy, args.terms.energyFen].map(String).join(" "),
  );
  const kept = await db.select().from(orders).orderBy(asc(orders.hash));
  const legRows = await db.select().from(legs).orderBy(asc(legs.round), asc(legs.place));
  return {
    trades: trades.sort(),
    orders: kept.map(({ hash, state, filled, usedFen }) => ({ hash, state, filled, usedFen })),
    legs: legRows.map(({ round, place, state, reason }) => ({ round, place, state, reason })),
    rounds: (await db.select().from(rounds).orderBy(asc(rounds.number))).map(({ number, state, price }) => ({
      number,
      state,
      price,
    })),
  };
}
