import { asc } from "drizzle-orm";
import type { EIP1193RequestFn } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { requireOwnChain } from "../../../operator/chain/ownChain.ts";
import { createLog } from "../../../operator/common/log.ts";
import { Metrics } from "../../../operator/common/metrics.ts";
import type { Database } from "../../../operator/db/database.ts";
import { ChainView } from "../../../operator/exchange/chainView.ts";
import { EventHub } from "../../../operator/exchange/events/hub.ts";
import { exchangeMetrics } from "../../../operator/exchange/metrics.ts";
import { keepOrders } from "../../../operator/exchange/orders/store.ts";
import { ClearingDesk } from "../../../operator/exchange/rounds/clear.ts";
import { countOn } from "../../../operator/exchange/rounds/numbers.ts";
import { Submitter } from "../../../operator/exchange/submission/submitter.ts";
import { legs, orders, rounds } from "../../../operator/exchange/tables.ts";
import { Refusal } from "../../../operator/gateway/refusal.ts";
import type { JournalPoint } from "../../../operator/sending/sender.ts";
import {
  type Band,
  buildOrder,
  type Day,
  marketOf,
  orderCost,
  orderDigest,
  type Platform,
  readEvents,
  readOrderConditions,
  type SignedOrder,
  signOrder,
  slotLimitWh,
} from "../../../sdk/index.ts";
import type { Member, TestMarket } from "../../utils/market.ts";
import { band } from "./desk.ts";
import { MARGIN } from "./margin.ts";
import { randomOf } from "./random.ts";

export const ZONE = 4;
/** Small transactions, so that a small day takes several. */
export const SMALL_GAS = 1_500_000;
/** What a plant can deliver, with purchases as large as those of `dayOfOrders`. */
const ORDERS_OF_A_PLANT = 50;
const OWNERS = 3;
/** A block for so many questions to the node. */
const QUESTIONS_A_BLOCK = 9;

/** The parts of the service behind its door, over a chain and tables of a test. */
export function behindTheDoor(
  db: Database,
  platform: Platform,
  accounts: readonly PrivateKeyAccount[],
  {
    passed,
    transactionGas = 16_777_216,
    seedWaitMs = 0,
  }: { passed?: (point: JournalPoint) => void; transactionGas?: number; seedWaitMs?: number } = {},
) {
  const view = new ChainView(platform, 0);
  const [hub, metrics, log] = [new EventHub(), exchangeMetrics(new Metrics()), createLog("silent")];
  return {
    view,
    metrics,
    desk: new ClearingDesk({ db, view, hub, metrics, rule: "middle", seedWaitMs }),
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
  terms: { bands: Band[]; day: Day; nonce: number; paymentDays?: number; continuous?: boolean },
): Promise<SignedOrder> {
  const { platform } = market;
  const input = { side, trader: member.account.address, meter: member.meter, ...terms };
  const order = buildOrder(input, await readOrderConditions(platform, member.meter, terms.day));
  return signOrder(order, marketOf(platform), member.account);
}

export async function keep(db: Database, platform: Platform, signed: readonly SignedOrder[]): Promise<void> {
  const view = new ChainView(platform, 1_000);
  const arrived = await Promise.all(
    signed.map(async (each) => {
      const order = { ...each.order, trader: each.order.trader.toLowerCase() as `0x${string}` };
      const { id: participant } = await view.standing(order.trader);
      const capacityWh = slotLimitWh(BigInt((await view.meter(order.meter)).capacityW));
      const cost = orderCost(order, await view.conditions(order.meter, order.day));
      const hash = orderDigest(order, marketOf(platform));
      return { ...each, ...cost, order, hash, participant, capacityWh, zone: ZONE };
    }),
  );
  for (const kept of await keepOrders(db, view, arrived)) if (kept instanceof Refusal) throw kept;
}

/** To the second at which the book of a day closes. */
export async function goToCutOff(market: TestMarket, day: Day): Promise<void> {
  await market.goTo((await new ChainView(market.platform, 0).hours(day)).cutOff);
}

/**
 * Orders of two days of which many meet, at four payment terms: the first day's are cleared, the second's matched. In the
 * end the book of the first day has closed.
 */
export async function dayOfOrders(market: TestMarket, count: number): Promise<SignedOrder[]> {
  market.marginFen = MARGIN;
  const sellers = [
    await market.generator("solarPlant"),
    await market.generator("hydroStation", "HydroRunOfRiver"),
    await market.generator("windFarm", "Wind"),
  ];
  while (sellers.length < count / ORDERS_OF_A_PLANT) {
    sellers.push(await market.withAnotherPlant(sellers[sellers.length % OWNERS] as Member));
  }
  const buyers: Member[] = [];
  for (const actor of ["factory", "household", "supplier", "retailer", "shoppingCentre"] as const) {
    buyers.push(await market.consumer(actor));
  }
  const random = randomOf(2_026);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  const signed: SignedOrder[] = [];
  for (let nonce = 1; nonce <= count; nonce += 1) {
    const side = nonce % 2 === 0 ? "sell" : "buy";
    const members = side === "sell" ? sellers : buyers;
    const isMatched = nonce % 3 === 0;
    const from = upTo(isMatched ? 20 : 80) - 1;
    const price = side === "sell" ? 28_000 + upTo(4_000) : 30_000 + upTo(5_000);
    const bands = [band(from, from + upTo(16) + (isMatched ? 40 : 0), 1_000 * upTo(200), price)];
    const terms = {
      bands,
      day: market.today + (isMatched ? 3 : 2),
      nonce,
      continuous: isMatched,
      paymentDays: ((nonce % 8) >> 1) * 10,
    };
    signed.push(await signedOrder(market, side, members[nonce % members.length] as Member, terms));
  }
  await goToCutOff(market, market.today + 2);
  return signed;
}

/** Fresh tables with the orders of `dayOfOrders`. */
export async function keepDay(db: Database, { platform }: TestMarket, signed: readonly SignedOrder[]) {
  await requireOwnChain(db, platform);
  await countOn(db, platform);
  await keep(db, platform, signed);
}

/** Blocks come while transactions wait, as they do from validators; none before, so that a day always draws by the same. */
export function withBlocks(request: EIP1193RequestFn, mine: () => Promise<unknown>): EIP1193RequestFn {
  let [asked, isMining] = [0, false];
  return (async (call: { method: string }) => {
    isMining ||= call.method.includes("Transaction");
    asked += 1;
    if (isMining && asked % QUESTIONS_A_BLOCK === 0) await mine();
    return request(call as never);
  }) as EIP1193RequestFn;
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
    rounds: (await db.select().from(rounds).orderBy(asc(rounds.number))).map(
      ({ number, day, matching, state, price }) => ({ number, day, matching, state, price }),
    ),
  };
}
