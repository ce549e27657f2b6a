import { type Address, type Hex, hashTypedData } from "viem";
import { marketDomain } from "../signing/typedData.ts";
import type { DocumentPlace } from "./place.ts";

/** What a store of documents asks an account to sign before it hands out what the account reads. */
export interface ReadingChallenge {
  account: Address;
  /** Unix second until which the answer is taken. */
  expiry: number;
  challenge: Hex;
}

/** What an account signs to be handed its documents, still encrypted; it allows nothing else. */
export function readingTypedData({ account, expiry, challenge }: ReadingChallenge, place: DocumentPlace) {
  return {
    domain: marketDomain({ chainId: place.chainId, escrow: place.registry }),
    types: {
      FetchOwnDocuments: [
        { name: "account", type: "address" },
        { name: "expiry", type: "uint64" },
        { name: "challenge", type: "bytes32" },
      ],
    },
    primaryType: "FetchOwnDocuments",
    message: { account, expiry: BigInt(expiry), challenge },
  } as const;
}

/** The EIP-712 digest of a reading challenge. */
export const readingDigest = (challenge: ReadingChallenge, place: DocumentPlace): Hex =>
  hashTypedData(readingTypedData(challenge, place));
