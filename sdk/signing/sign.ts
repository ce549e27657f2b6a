import type { Address, Hex, LocalAccount } from "viem";
import type { ClaimDesk, Confirmation } from "../finance/confirmation.ts";
import type { Order, SignedOrder } from "../market/order.ts";
import type { Trade } from "../market/trade.ts";
import type { DepositToken, Permit } from "../money/permit.ts";
import { DujiangError } from "../types/errors.ts";
import {
  confirmationTypedData,
  type Market,
  type MarketTypedData,
  orderTypedData,
  permitTypedData,
  tradeTypedData,
  typedDataJson,
} from "./typed-data.ts";

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

/** The signature of one of the two parties under a bilateral trade. */
export async function signTrade(trade: Trade, market: Market, signer: Signer): Promise<Hex> {
  await requireSigner(signer, [trade.seller, trade.buyer]);
  return signTypedData(tradeTypedData(trade, market), signer);
}

/** An order with its trader's signature. */
export async function signOrder(order: Order, market: Market, signer: Signer): Promise<SignedOrder> {
  await requireSigner(signer, [order.trader]);
  return { order, signature: await signTypedData(orderTypedData(order, market), signer) };
}

/** The debtor's signature under a drafted claim. */
export async function signConfirmation(confirmation: Confirmation, desk: ClaimDesk, signer: Signer): Promise<Hex> {
  await requireSigner(signer, [confirmation.debtor]);
  return signTypedData(confirmationTypedData(confirmation, desk), signer);
}

/** The holder's signature under leave to move deposits. */
export async function signPermit(permit: Permit, token: DepositToken, signer: Signer): Promise<Hex> {
  await requireSigner(signer, [permit.owner]);
  return signTypedData(permitTypedData(permit, token), signer);
}

/** Has a wallet of any kind sign typed data of the market, without asking who it is. */
export async function signTypedData(typedData: MarketTypedData, signer: Signer): Promise<Hex> {
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

/** A wallet that is a contract signs through the key of a person, so its own check comes when the signature is used. */
async function requireSigner(signer: Signer, parties: readonly Address[]): Promise<void> {
  const address = "getAddress" in signer ? await signer.getAddress() : signer.address;
  if (parties.some((party) => BigInt(party) === BigInt(address))) return;
  throw new SignerError(`${address} signs neither as ${parties.join(" nor as ")}: use the wallet of a party.`);
}
