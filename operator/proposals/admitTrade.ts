import type { Address } from "viem";
import { dayOf, type Trade } from "../../sdk/index.ts";
import type { ChainView } from "../chain/view.ts";
import { chainRefusal } from "../refusal.ts";

/** Refuses a bilateral trade that cannot be opened as things stand: its time, its parties, their meters. */
export async function admitTrade(trade: Trade, view: ChainView): Promise<void> {
  const { seller, buyer, sellerMeter, buyerMeter, day, expiry } = trade;
  const [now, gate] = await Promise.all([view.now(), view.gate(day)]);
  if (BigInt(now) > expiry) throw chainRefusal("TradeEscrow", "Expired", { expiry });
  if (now < gate.opensAt || now >= gate.closesAt) {
    const [opensAt, closesAt] = [gate.opensAt, gate.closesAt].map((second) => BigInt(Math.max(0, second)));
    throw chainRefusal("TradeEscrow", "GateClosed", { day, opensAt, closesAt });
  }
  await requireParty(view, now, { account: seller, meter: sellerMeter, direction: 1 });
  await requireParty(view, now, { account: buyer, meter: buyerMeter, direction: 2 });
}

/** Whoever takes no part in the market cannot fill the list of who does. */
async function requireParty(
  view: ChainView,
  now: number,
  { account, meter, direction }: { account: Address; meter: bigint; direction: number },
): Promise<void> {
  const [standing, plant] = await Promise.all([view.standing(account), view.meter(meter)]);
  if (!standing.isActive || standing.validUntil < dayOf(now)) {
    throw chainRefusal("TradeEscrow", "ParticipantNotGood", { account });
  }
  if (!plant.active || plant.trader !== standing.id || plant.direction !== direction) {
    throw chainRefusal("TradeEscrow", "MeterNotTradable", { meter, trader: standing.id });
  }
}
