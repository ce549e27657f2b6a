import { type Fen, formatYuan, type Order, orderCost, readEvents, readOrderConditions } from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import type { DayMarket } from "./market.ts";

/** Margin (交易保证金) is locked in whole 元. */
const STEP_FEN = 100n;

/** Each trader locks what its orders can cost together; rounds draw on nothing else. */
export async function setAside(
  market: DayMarket,
  actors: Iterable<LocalActor>,
  orders: readonly Order[],
): Promise<void> {
  let locked = 0n;
  let traders = 0;
  for (const actor of actors) {
    const own = orders.filter(({ trader }) => BigInt(trader) === BigInt(market.address(actor)));
    const costFen = await costOf(market, own);
    if (costFen === 0n) continue;
    const amountFen = (costFen / STEP_FEN + 1n) * STEP_FEN;
    await market.send(actor, "TradeEscrow", "lockMargin", [amountFen]);
    locked += amountFen;
    traders += 1;
  }
  market.say({
    zh: `${traders} 个交易者锁定交易保证金 ${formatYuan(locked)}，足以覆盖其全部报单。`,
    en: `${traders} traders locked ${formatYuan(locked)} as margin, as much as all of their orders can cost.`,
  });
}

/** What orders for cash can cost together. */
export async function costOf(market: DayMarket, orders: readonly Order[]): Promise<Fen> {
  let costFen = 0n;
  for (const order of orders) {
    costFen += orderCost(order, await readOrderConditions(market.platform, order.meter, order.day)).lockedFen;
  }
  return costFen;
}

/** What rounds left of it is announced to come back. */
export async function takeMarginBack(market: DayMarket, actors: Iterable<LocalActor>): Promise<void> {
  for (const actor of actors) {
    const { lockedFen, termsFen } = await market.read("TradeEscrow", "marginOf", [market.id(actor)]);
    if (lockedFen + termsFen === 0n) continue;
    await market.send(actor, "TradeEscrow", "announceRelease", [lockedFen, termsFen]);
  }
}

/** The notice has run out: anybody brings each its own back. */
export async function releaseMargins(market: DayMarket): Promise<void> {
  let releasedFen = 0n;
  for (const { args } of await latestAnnouncements(market)) {
    await market.send("household", "TradeEscrow", "releaseMargin", [args.participant]);
    releasedFen += args.lockedFen;
  }
  market.say({
    zh: `通知期满，未用的交易保证金 ${formatYuan(releasedFen)} 退还。`,
    en: `The notice ran out: ${formatYuan(releasedFen)} of margin that no round had drawn came back.`,
  });
}

/** Each participant's last one counts. */
async function latestAnnouncements(market: DayMarket) {
  const announced = await readEvents(market.platform, "TradeEscrow", ["MarginReleaseAnnounced"]);
  return new Map(announced.map((event) => [event.args.participant, event])).values();
}
