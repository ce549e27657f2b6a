import { type Address, encodeAbiParameters, type Hex, keccak256 } from "viem";
import type { Platform } from "../chain/client.ts";
import { type Reader, readerId } from "./readers.ts";

/** Where documents are anchored: one registry on one chain, and nowhere else. */
export interface DocumentPlace {
  chainId: number;
  registry: Address;
}

/** Where documents of this platform are anchored. */
export function documentPlaceOf({ client, addresses }: Platform): DocumentPlace {
  return { chainId: client.chain.id, registry: addresses.DocumentRegistry };
}

const PARTS = [{ type: "uint256" }, { type: "address" }, { type: "uint160" }, { type: "bytes32" }] as const;

/** The id of a document: the twin of `idOf` in contracts/records/DocumentRegistry.sol. */
export function documentId({ chainId, registry }: DocumentPlace, owner: Reader, commitment: Hex): Hex {
  return keccak256(encodeAbiParameters(PARTS, [BigInt(chainId), registry, readerId(owner), commitment]));
}
