import type { Address, Hex } from "viem";
import type { Order } from "../../../sdk/market/order.ts";
import { type OrderWire, orderToWire } from "../../../sdk/operator/wire.ts";
import { type Day, formatDay, parseDay } from "../../../sdk/types/time.ts";
import type { Shelf } from "./draft.ts";

/** An order that was signed in this browser: what was signed stays here, so that "it never arrived" and "it was changed" can be known apart. */
export interface JournalEntry {
  hash: Hex;
  order: Order;
  signature: Hex;
  /** As the operator wrote it, once it said so. */
  receivedAt?: string | undefined;
}

interface Written {
  order: OrderWire;
  signature: Hex;
  receivedAt?: string | undefined;
}

const PREFIX = "order ";

/** Keeps an order, or what became of it; an entry a key, so that two tabs do not overwrite each other. */
export function keepOrder(shelf: Shelf, { hash, order, signature, receivedAt }: JournalEntry): void {
  const written: Written = { order: orderToWire({ order }), signature, receivedAt };
  shelf.setItem(PREFIX + hash, JSON.stringify(written));
}

export function keptOrder(shelf: Shelf, hash: Hex): JournalEntry | undefined {
  const text = shelf.getItem(PREFIX + hash);
  if (text === null) return undefined;
  const { order, signature, receivedAt } = JSON.parse(text) as Written;
  return { hash, order: orderFrom(order), signature, receivedAt };
}

/** What a trader signed here, latest delivery day first. */
export function keptOrders(shelf: Shelf, trader: Address): JournalEntry[] {
  return hashesOn(shelf)
    .map((hash) => keptOrder(shelf, hash)!)
    .filter(({ order }) => BigInt(order.trader) === BigInt(trader))
    .sort((a, b) => b.order.day - a.order.day || (a.hash < b.hash ? -1 : 1));
}

/** What was signed here for a meter and a day. */
export function keptForDay(shelf: Shelf, meter: bigint, day: Day): JournalEntry[] {
  return hashesOn(shelf)
    .map((hash) => keptOrder(shelf, hash)!)
    .filter(({ order }) => order.meter === meter && order.day === day);
}

const hashesOn = (shelf: Shelf): Hex[] =>
  Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? "")
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length) as Hex);

/** The order that `orderToWire` wrote. */
export function orderFrom(wire: Omit<OrderWire, "signature">): Order {
  const { side, continuous, nonce, paymentDays, greenCertificates, bands } = wire;
  return {
    ...{ side, continuous, nonce, paymentDays, greenCertificates },
    trader: wire.trader as Address,
    meter: BigInt(wire.meter),
    day: parseDay(wire.date),
    expiry: BigInt(wire.expiry),
    bands: bands.map((band) => ({ ...band })),
    totalEnergyWh: BigInt(wire.totalEnergyWh),
    totalAmountFen: BigInt(wire.totalAmountFen),
    maxFen: BigInt(wire.maxFen),
  };
}

/** Whether the operator's copy of an order says what was signed. */
export function isSame(order: Order, theirs: Omit<OrderWire, "signature">): boolean {
  const [mine, other] = [orderToWire({ order }), orderToWire({ order: orderFrom(theirs) })];
  return JSON.stringify(mine) === JSON.stringify(other) && formatDay(order.day) === theirs.date;
}
