import { type Address, type Hex, hashTypedData } from "viem";
import type { Market } from "../chain/client.ts";
import { marketDomain } from "../signing/typedData.ts";

/** What a trader signs to take an order out of the book. */
export function cancellationTypedData(order: Hex, market: Market) {
  return {
    domain: marketDomain(market),
    types: { OrderCancellation: [{ name: "order", type: "bytes32" }] },
    primaryType: "OrderCancellation",
    message: { order },
  } as const;
}

/** The EIP-712 digest of a cancellation. */
export const cancellationDigest = (order: Hex, market: Market): Hex =>
  hashTypedData(cancellationTypedData(order, market));

/** What the operator asks a trader to sign before it shows what is the trader's alone. */
export interface Challenge {
  trader: Address;
  /** Unix second until which the answer is taken. */
  expiry: number;
  challenge: Hex;
}

/** What a trader signs to be shown its own orders; it allows nothing else. */
export function challengeTypedData({ trader, expiry, challenge }: Challenge, market: Market) {
  return {
    domain: marketDomain(market),
    types: {
      ReadOwnOrders: [
        { name: "trader", type: "address" },
        { name: "expiry", type: "uint64" },
        { name: "challenge", type: "bytes32" },
      ],
    },
    primaryType: "ReadOwnOrders",
    message: { trader, expiry: BigInt(expiry), challenge },
  } as const;
}

/** The EIP-712 digest of a challenge. */
export const challengeDigest = (challenge: Challenge, market: Market): Hex =>
  hashTypedData(challengeTypedData(challenge, market));
