import type { Hex } from "viem";
import { contractOf, type Platform } from "../chain/client.ts";

/**
 * The call by which anyone brings a participant's second factor to bear on a subject, for viem's `writeContract`. The
 * subject is the digest of an order or a trade, or what `transferSubject` and `bidSubject` on chain say.
 */
export function confirmSubject(platform: Platform, participant: number, subject: Hex, signature: Hex) {
  return {
    ...contractOf(platform, "SecondFactor"),
    functionName: "confirm" as const,
    args: [participant, subject, signature] as const,
  };
}
