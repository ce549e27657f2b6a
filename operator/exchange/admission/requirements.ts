import type { Address } from "viem";
import { type Day, dayOf, type Side } from "../../../sdk/index.ts";
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

export function requireMeter(plant: Plant, meter: bigint, trader: number, side: Side): void {
  if (plant.active && plant.trader === trader && plant.direction === DIRECTION[side]) return;
  throw chainRefusal("MeterNotTradable", { meter, trader });
}
