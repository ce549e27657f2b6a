import { dayOf, type Trade } from "../../../sdk/index.ts";
import {
  requireGood,
  requireMeter,
  requireNoDefault,
  requireOpen,
  requireUnexpired,
} from "../admission/requirements.ts";
import type { ChainView } from "../chainView.ts";

/**
 * Refuses a bilateral trade that cannot be opened as things stand: its time, its parties, their meters, terms for a
 * buyer in default. A stranger to the market cannot fill the list of its members.
 */
export async function admitTrade(trade: Trade, view: ChainView): Promise<void> {
  const [now, { opensAt, cutOff }] = await Promise.all([view.now(), view.hours(trade.day)]);
  requireUnexpired(trade, now);
  requireOpen(trade.day, now, { opensAt, closesAt: cutOff });
  const parties = [
    { account: trade.seller, meter: trade.sellerMeter, side: "sell" },
    { account: trade.buyer, meter: trade.buyerMeter, side: "buy" },
  ] as const;
  for (const { account, meter, side } of parties) {
    const [standing, plant] = await Promise.all([view.standing(account), view.meter(meter)]);
    requireGood(standing, account, now);
    requireMeter(plant, { meter, trader: standing.id, side, days: [dayOf(now)] });
    if (side === "buy") await requireNoDefault(standing.id, trade.paymentDays, { view, openedBy: "wallets" });
  }
}
