import type { Address } from "viem";
import { type Day, dayOf, type Side, traderOn } from "../../../sdk/index.ts";
import type { ChainView } from "../chainView.ts";
import { chainRefusal } from "./chainRefusal.ts";

/** What the chain demands of every trader, for an order and for a bilateral trade alike. */

type Standing = Awaited<ReturnType<ChainView["standing"]>>;
type Plant = Awaited<ReturnType<ChainView["readMeter"]>>;

const DIRECTION = { sell: 1, buy: 2 } as const;

/** @param second Unix second on whose day the licence must still be valid. */
export function requireGood(standing: Standing, account: Address, second: number): void {
  if (standing.isActive && standing.validUntil >= dayOf(second)) return;
  throw chainRefusal("ParticipantNotGood", { account });
}

/** Within the time in which something can be done for a day. */
export function requireOpen(day: Day, now: number, { opensAt, closesAt }: { opensAt: number; closesAt: number }): void {
  if (now >= opensAt && now < closesAt) return;
  // The first days of all had theirs before seconds were counted.
  const [from, until] = [opensAt, closesAt].map((second) => BigInt(Math.max(0, second)));
  throw chainRefusal("GateClosed", { day, opensAt: from, closesAt: until });
}

export function requireUnexpired({ expiry }: { expiry: bigint }, second: number): void {
  if (BigInt(second) > expiry) throw chainRefusal("Expired", { expiry });
}

/** On all of these days, the meter must be the trader's to trade for. */
export function requireMeter(
  plant: Plant,
  { meter, trader, side, days }: { meter: bigint; trader: number; side: Side; days: readonly Day[] },
): void {
  const isTraders = days.every((day) => traderOn(plant, day) === trader);
  if (plant.active && isTraders && plant.direction === DIRECTION[side]) return;
  throw chainRefusal("MeterNotTradable", { meter, trader });
}

/** How it is opened: between two wallets, or by a round of today or of a later day. */
export type OpenedBy = "wallets" | "roundToday" | "roundLater";

/**
 * Who is in default on any debt buys in cash alone. Wallets are asked for what is in default now, a round for how its day
 * began: in one of a later day, what is in default now counts too.
 */
export async function requireNoDefault(
  buyer: number,
  paymentDays: number,
  { view, openedBy }: { view: ChainView; openedBy: OpenedBy },
): Promise<void> {
  if (paymentDays === 0) return;
  const { now, atMidnight } = await view.defaults(buyer);
  const counts = { wallets: now, roundToday: atMidnight, roundLater: now + atMidnight };
  if (counts[openedBy] > 0) throw chainRefusal("BuyerInDefault", { buyer });
}
