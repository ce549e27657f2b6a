import { getTypesForEIP712Domain, serializeTypedData, type TypedDataDomain } from "viem";
import type { Market } from "../chain/client.ts";

/** Any message as wallets sign it by EIP-712; the rooms that own a message make it. */
export interface SignableData {
  domain: TypedDataDomain;
  types: Record<string, readonly { name: string; type: string }[]>;
  primaryType: string;
  message: Record<string, unknown>;
}

/** The market's name and version in the wallet, and where the signature counts. */
export function marketDomain({ chainId, escrow }: Market) {
  return {
    name: "Dujiang 都江电力市场",
    version: "1",
    chainId,
    verifyingContract: escrow,
  } as const satisfies TypedDataDomain;
}

/** The text that a wallet is sent by `eth_signTypedData_v4`. */
export function typedDataJson(typedData: SignableData): string {
  const types = { EIP712Domain: getTypesForEIP712Domain(typedData), ...typedData.types };
  return serializeTypedData({ ...typedData, types } as Parameters<typeof serializeTypedData>[0]);
}
