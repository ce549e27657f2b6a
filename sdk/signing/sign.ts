import type { Address, Hex, LocalAccount } from "viem";
import { DujiangError } from "../types/errors.ts";
import { type SignableData, typedDataJson } from "./typedData.ts";

/** Thrown when a wallet is not the one that must sign. */
export class SignerError extends DujiangError {}

/** A wallet of ethers. */
export interface EthersSigner {
  getAddress(): Promise<string>;
  signTypedData(
    domain: Record<string, unknown>,
    types: Record<string, { name: string; type: string }[]>,
    message: Record<string, unknown>,
  ): Promise<string>;
}

/** A wallet in a browser or a signing service, EIP-1193, with the account that signs. */
export interface ProviderSigner {
  address: Address;
  provider: { request(call: { method: string; params: [Address, string] }): Promise<unknown> };
}

/** Whatever signs: an account of viem, a wallet of ethers, a wallet in a browser. */
export type Signer = Pick<LocalAccount, "address" | "signTypedData"> | EthersSigner | ProviderSigner;

/** Has a wallet of any kind sign typed data, without asking who it is. */
export async function signTypedData(typedData: SignableData, signer: Signer): Promise<Hex> {
  return withUsualV(await askToSign(typedData, signer));
}

/** Hardware wallets end a signature of a key with 0 or 1, contracts take 27 or 28. Any other signature stays as it is. */
function withUsualV(signature: Hex): Hex {
  const v = /^0x[0-9a-f]{128}(0[01])$/i.exec(signature)?.[1];
  return v === undefined ? signature : `${signature.slice(0, -2) as Hex}${v === "00" ? "1b" : "1c"}`;
}

async function askToSign(typedData: SignableData, signer: Signer): Promise<Hex> {
  // A wallet of ethers has a provider too.
  if ("getAddress" in signer) {
    const types = Object.fromEntries(Object.entries(typedData.types).map(([name, fields]) => [name, [...fields]]));
    return (await signer.signTypedData({ ...typedData.domain }, types, { ...typedData.message })) as Hex;
  }
  if ("provider" in signer) {
    const params: [Address, string] = [signer.address, typedDataJson(typedData)];
    return (await signer.provider.request({ method: "eth_signTypedData_v4", params })) as Hex;
  }
  return signer.signTypedData(typedData as never);
}

/**
 * Refuses a wallet of anybody but the parties. A wallet that is a contract signs through the key of a person, so its own
 * check comes when the signature is used.
 */
export async function requireSigner(signer: Signer, parties: readonly Address[]): Promise<void> {
  const address = "getAddress" in signer ? await signer.getAddress() : signer.address;
  if (parties.some((party) => BigInt(party) === BigInt(address))) return;
  throw new SignerError({
    en: `${address} is not the account of ${parties.join(" or ")}: use the wallet of a party.`,
    zh: `${address} 不是 ${parties.join(" 或 ")} 的账户：请使用交易一方的钱包。`,
  });
}
