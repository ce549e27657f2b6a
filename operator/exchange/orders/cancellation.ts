import { type Hex, hashTypedData } from "viem";
import { type Market, marketDomain } from "../../../sdk/index.ts";

/** What a trader signs to take an order out of the book. */
export function cancellationTypedData(order: Hex, market: Market) {
  return {
    domain: marketDomain(market),
    types: { OrderCancellation: [{ name: "order", type: "bytes32" }] },
    primaryType: "OrderCancellation",
    message: { order },
  } as const;
}

export function cancellationDigest(order: Hex, market: Market): Hex {
  return hashTypedData(cancellationTypedData(order, market));
}
