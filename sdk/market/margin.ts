import { type Address, encodeFunctionData, type Hex } from "viem";
import { readContract } from "viem/actions";
import { tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, marketOf, type Platform } from "../chain/client.ts";
import { callSubject, factorPlaceOf } from "../identity/secondFactor.ts";
import type { Day } from "../types/time.ts";
import type { Fen } from "../types/units.ts";
import { NONCE_KINDS, type NonceKind } from "./enums.ts";
import type { Order, Side } from "./order.ts";
import { orderDigest } from "./typedData.ts";

/** What a participant has set aside for rounds (交易保证金), and what of that it takes back. */
export interface Margin {
  /** Money held; rounds draw on it for payments, network charges and bonds. */
  lockedFen: Fen;
  /** What it may still buy on terms. */
  termsFen: Fen;
  /** Announced to come back, from `due` on. Until it is released it is still drawn on. */
  release: { lockedFen: Fen; termsFen: Fen; due: number } | undefined;
}

/** What a participant has set aside for rounds. */
export async function readMargin(platform: Platform, participant: number): Promise<Margin> {
  const escrow = contractAt(platform, tradeEscrow);
  const args = [participant] as const;
  const [margin, { due, ...release }] = await Promise.all([
    readContract(platform.client, { ...escrow, functionName: "marginOf", args }),
    readContract(platform.client, { ...escrow, functionName: "marginReleaseOf", args }),
  ]);
  return { ...margin, release: due === 0 ? undefined : { ...release, due } };
}

/** The call by which the sender locks money for rounds, for viem's `writeContract`; likewise the calls below. */
export function lockMargin(platform: Platform, amountFen: Fen) {
  return { ...contractAt(platform, tradeEscrow), functionName: "lockMargin" as const, args: [amountFen] as const };
}

/** Lets rounds buy so much more on terms for the sender. */
export function allowOnTerms(platform: Platform, amountFen: Fen) {
  return { ...contractAt(platform, tradeEscrow), functionName: "allowOnTerms" as const, args: [amountFen] as const };
}

/**
 * What a second factor confirms so that a participant may lock margin, or be allowed to buy on terms, beyond its daily
 * limit: the call, on the day on which it is sent.
 */
export function marginSubject(
  platform: Platform,
  call: ReturnType<typeof lockMargin> | ReturnType<typeof allowOnTerms>,
  participant: number,
  day: Day,
): Hex {
  const to: Address = call.address;
  return callSubject({ to, data: encodeFunctionData(call) }, participant, day, factorPlaceOf(platform));
}

/** Says how much of its margin the sender takes back, instead of what it said before. */
export function announceRelease(platform: Platform, { lockedFen, termsFen }: Pick<Margin, "lockedFen" | "termsFen">) {
  const args = [lockedFen, termsFen] as const;
  return { ...contractAt(platform, tradeEscrow), functionName: "announceRelease" as const, args };
}

/** Gives back what a participant announced, once its notice has run out. By anyone. */
export function releaseMargin(platform: Platform, participant: number) {
  return {
    ...contractAt(platform, tradeEscrow),
    functionName: "releaseMargin" as const,
    args: [participant] as const,
  };
}

/** Signs an order on chain: what an account that is a contract sends instead of a signature. */
export function presign(platform: Platform, order: Order) {
  const args = [orderDigest(order, marketOf(platform))] as const;
  return { ...contractAt(platform, tradeEscrow), functionName: "presign" as const, args };
}

/** Cancels nonces of the sender, until the cut-off (截止) of the day. */
export function cancel(platform: Platform, kind: NonceKind, day: Day, nonces: readonly number[]) {
  const args = [NONCE_KINDS.indexOf(kind), day, nonces] as const;
  return { ...contractAt(platform, tradeEscrow), functionName: "cancel" as const, args };
}

/** Cancels the 112 nonces of a page at once, until the cut-off of the day. */
export function cancelPage(platform: Platform, kind: NonceKind, day: Day, page: number) {
  const args = [NONCE_KINDS.indexOf(kind), day, page] as const;
  return { ...contractAt(platform, tradeEscrow), functionName: "cancelPage" as const, args };
}

/** What the nonces of orders of a side are of. */
export const nonceKindOf = (side: Side): NonceKind => (side === "sell" ? "SellOrder" : "BuyOrder");
