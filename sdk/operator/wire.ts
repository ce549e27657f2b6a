import { getAddress } from "viem";
import type { Order, SignedOrder } from "../market/order.ts";
import type { Trade } from "../market/trade.ts";
import { formatDay, parseDay } from "../types/time.ts";
import type { components } from "./api.ts";

/** An order as the operator takes it: integers beyond doubles as decimal text, the day as a date. */
export type OrderWire = components["schemas"]["SignedOrder"];
/** A bilateral trade as the operator takes it. */
export type TradeWire = components["schemas"]["Trade"];

/** What `POST /orders` takes of what `signOrder` returns. */
export function orderToWire({ order, signature }: Pick<SignedOrder, "order" | "signature">): OrderWire {
  const { side, trader, maxFen, continuous, nonce } = order;
  return {
    ...{ side, trader: trader.toLowerCase(), meter: String(order.meter), continuous, nonce },
    ...termsToWire(order),
    maxFen: String(maxFen),
    ...(signature !== undefined && { signature }),
  };
}

/** The trade as `POST /proposals` takes it. */
export function tradeToWire(trade: Trade): TradeWire {
  return {
    seller: trade.seller.toLowerCase(),
    buyer: trade.buyer.toLowerCase(),
    sellerMeter: String(trade.sellerMeter),
    buyerMeter: String(trade.buyerMeter),
    ...termsToWire(trade),
    maxPaymentFen: String(trade.maxPaymentFen),
    maxBondFen: String(trade.maxBondFen),
    nonce: trade.nonce,
  };
}

/** A trade out of the operator's answer; who signs compares its digest with the one asked for. */
export function tradeFromWire(wire: TradeWire): Trade {
  const { date, paymentDays, greenCertificates, expiry, bands, totalEnergyWh, totalAmountFen } = wire;
  return {
    ...{ seller: getAddress(wire.seller), buyer: getAddress(wire.buyer) },
    ...{ sellerMeter: BigInt(wire.sellerMeter), buyerMeter: BigInt(wire.buyerMeter) },
    ...{ day: parseDay(date), paymentDays, greenCertificates, expiry: BigInt(expiry) },
    bands: bands.map((band) => ({ ...band })),
    ...{ totalEnergyWh: BigInt(totalEnergyWh), totalAmountFen: BigInt(totalAmountFen) },
    ...{ maxPaymentFen: BigInt(wire.maxPaymentFen), maxBondFen: BigInt(wire.maxBondFen), nonce: wire.nonce },
  };
}

function termsToWire({
  day,
  paymentDays,
  greenCertificates,
  expiry,
  bands,
  totalEnergyWh,
  totalAmountFen,
}: Order | Trade) {
  return {
    ...{ date: formatDay(day), paymentDays, greenCertificates, expiry: String(expiry) },
    bands: bands.map((band) => ({ ...band })),
    ...{ totalEnergyWh: String(totalEnergyWh), totalAmountFen: String(totalAmountFen) },
  };
}
