import type { Address } from "viem";
import { type Day, dayOf, type Side, traderOn } from "../../../sdk/index.ts";
import type { ChainView, Gate } from "../chainView.ts";
import { chainRefusal } from "./chainRefusal.ts";

/** What the chain demands of every trader, for an order and for a bilateral trade alike. */

type Standing = Awaited<ReturnType<ChainView["standing"]>>;
type Plant = Awaited<ReturnType<ChainView["readMeter"]>>;

const DIRECTION = { sell: 1, buy: 2 } as const;

export function requireGood(standing: Standing, account: Address, now: number): void {
  if (standing.isActive && standing.validUntil >= dayOf(now)) return;
  throw chainRefusal("TradeEscrow", "ParticipantNotGood", { account });
}

/** Neither past its expiry nor outside the gate of its day, which may be closed sooner than by the chain. */
export function requireTime({ day, expiry }: { day: Day; expiry: bigint }, now: number, gate: Gate): void {
  if (BigInt(now) > expiry) throw chainRefusal("TradeEscrow", "Expired", { expiry });
  if (now >= gate.opensAt && now < gate.closesAt) return;
  // The first days of all had theirs before seconds were counted.
  const [opensAt, closesAt] = [gate.opensAt, gate.closesAt].map((second) => BigInt(Math.max(0, second)));
  throw chainRefusal("TradeEscrow", "GateClosed", { day, opensAt, closesAt });
}

/** On all of these days, the meter must be the trader's to trade for. */
export function requireMeter(
  plant: Plant,
  { meter, trader, side, days }: { meter: bigint; trader: number; side: Side; days: readonly Day[] },
): void {
  const isTraders = days.every((day) => traderOn(plant, day) === trader);
  if (plant.active && isTraders && plant.direction === DIRECTION[side]) return;
  throw chainRefusal("TradeEscrow", "MeterNotTradable", { meter, trader });
}
