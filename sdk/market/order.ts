import type { Address, Hex } from "viem";
import type { Curve } from "../types/curve.ts";
import { divideUp } from "../types/rounding.ts";
import { type Day, startOfDay } from "../types/time.ts";
import type { Fen, Price, Wh } from "../types/units.ts";
import { networkCharge } from "./amount.ts";
import { type Band, bandTotals } from "./band.ts";
import { randomNonce } from "./nonce.ts";
import { TermsError, type TradeConditions } from "./trade.ts";

/** Whether an order sells or buys. */
export type Side = "sell" | "buy";

/** An order for the market's rounds; it can be filled in parts. */
export interface Order {
  side: Side;
  trader: Address;
  meter: bigint;
  day: Day;
  /** Days after delivery until payment; only orders with the same meet. */
  paymentDays: number;
  /** Whether it may match continuously before the cut-off (截止); if not, it waits for the auction. */
  continuous: boolean;
  /** Whether green certificates (绿证) go with the energy; only orders that say the same meet. */
  greenCertificates: boolean;
  /** Unix second after which it fills no more. */
  expiry: bigint;
  /** Prices are limits: a sale asks at least, a purchase gives at most. */
  bands: readonly Band[];
  totalEnergyWh: Wh;
  totalAmountFen: Fen;
  /** Buy order: the most it can be made to pay in all, energy and network charge; sell order: to pledge in all. */
  maxFen: Fen;
  /** Below 2^32; single use on the day among the trader's orders of the side. */
  nonce: number;
}

/** How far an order is filled: the curve filled so far, and how much of `maxFen` that used. */
export interface Fill {
  filled: Curve;
  usedFen: Fen;
}

/** An order with its trader's signature, and its fill so far if it has one. */
export interface SignedOrder {
  order: Order;
  /** 65 bytes of its account's key; none if the order was signed on chain (`presign`). */
  signature?: Hex | undefined;
  fill?: Fill | undefined;
}

/** What an order must state; `buildOrder` completes the rest. */
export type OrderInput = Pick<Order, "side" | "trader" | "meter" | "day" | "bands"> &
  Partial<Pick<Order, "paymentDays" | "continuous" | "greenCertificates" | "expiry" | "maxFen" | "nonce">>;

/** What the rules ask of an order; `priceCap` is the highest price of the day, at which a sale may be cleared. */
export interface OrderConditions extends TradeConditions {
  priceCap: Price;
}

const WH_IN_MWH = 1_000_000n;
const ONE_BP = 10_000n;

/** An order is filled in parts, each rounded by itself; this covers a hundred of them. */
const ROUNDING_FEN = 100n;

/**
 * Completes an order: totals of its bands, and where nothing else is said cash, for the auction alone, without
 * certificates, a random nonce, an expiry when the delivery day begins, and a maximum that lets it fill completely: a
 * purchase at its own limits, a sale at the price cap.
 */
export function buildOrder(input: OrderInput, conditions: OrderConditions): Order {
  const { bands } = input;
  if (bands.length === 0)
    throw new TermsError({
      en: "An order needs at least one band of hours: it has none.",
      zh: "一份报单至少须有一个分段。",
    });
  const totals = bandTotals(bands);
  return {
    side: input.side,
    trader: input.trader,
    meter: input.meter,
    day: input.day,
    paymentDays: input.paymentDays ?? 0,
    continuous: input.continuous ?? false,
    greenCertificates: input.greenCertificates ?? false,
    expiry: input.expiry ?? BigInt(startOfDay(input.day)),
    bands,
    ...totals,
    maxFen: input.maxFen ?? filledAtOnce({ side: input.side, ...totals }, conditions) + ROUNDING_FEN,
    nonce: input.nonce ?? randomNonce(),
  };
}

/** What an order draws of its trader's margin (交易保证金) at most. */
export interface OrderCost {
  lockedFen: Fen;
  /** What it buys on terms. */
  termsFen: Fen;
}

/**
 * What an order can cost its trader if it is filled completely: of a purchase the energy at its limits, on terms apart, and
 * the network charge; of a sale the bond at the price cap. With an allowance for rounding, and never above its maximum.
 */
export function orderCost(order: Order, conditions: OrderConditions): OrderCost {
  const { side, maxFen, totalEnergyWh, totalAmountFen } = order;
  const most = least(maxFen, filledAtOnce(order, conditions) + ROUNDING_FEN);
  if (side === "sell" || order.paymentDays === 0) return { lockedFen: most, termsFen: 0n };
  const networkFen = networkCharge(totalEnergyWh, conditions.tariff) + ROUNDING_FEN;
  return { lockedFen: least(most, networkFen), termsFen: least(most, totalAmountFen + ROUNDING_FEN) };
}

/**
 * What an order asks of its trader if it is filled at once: of a purchase the energy at its limits and the network charge,
 * of a sale the bond at the price cap, rounded up.
 */
export function filledAtOnce(
  { side, totalEnergyWh, totalAmountFen }: Pick<Order, "side" | "totalEnergyWh" | "totalAmountFen">,
  { tariff, priceCap, bondRateBp }: OrderConditions,
): Fen {
  if (side === "buy") return totalAmountFen + networkCharge(totalEnergyWh, tariff);
  return divideUp(totalEnergyWh * BigInt(priceCap) * BigInt(bondRateBp), WH_IN_MWH * ONE_BP);
}

const least = (a: Fen, b: Fen): Fen => (a < b ? a : b);
