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

/** What somebody is known for: a trader for its own orders, or who works at the desk by a role on chain. */
export const SESSION_PURPOSES = ["ownOrders", "desk"] as const;
/** One of `SESSION_PURPOSES`. */
export type SessionPurpose = (typeof SESSION_PURPOSES)[number];

/** What the operator asks somebody to sign before it shows, or lets it do, what is not for everybody. */
export interface Challenge {
  trader: Address;
  purpose: SessionPurpose;
  /** Unix second until which the answer is taken. */
  expiry: number;
  challenge: Hex;
}

const CHALLENGE_FIELDS = [
  { name: "trader", type: "address" },
  { name: "expiry", type: "uint64" },
  { name: "challenge", type: "bytes32" },
] as const;

/** What is signed to be known for one purpose: the message for the other has another name, so that neither passes for both. */
export function challengeTypedData({ trader, purpose, expiry, challenge }: Challenge, market: Market) {
  const primaryType = purpose === "desk" ? "OperateDesk" : "ReadOwnOrders";
  return {
    domain: marketDomain(market),
    types: { [primaryType]: CHALLENGE_FIELDS },
    primaryType,
    message: { trader, expiry: BigInt(expiry), challenge },
  } as const;
}

/** The EIP-712 digest of a challenge. */
export const challengeDigest = (challenge: Challenge, market: Market): Hex =>
  hashTypedData(challengeTypedData(challenge, market) as Parameters<typeof hashTypedData>[0]);
