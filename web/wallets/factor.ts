import { type Address, getAddress, type Hex, hexToBytes, size, slice } from "viem";
import { readContract } from "viem/actions";
import { participantRegistry } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { passkeySignature } from "../../sdk/identity/passkey.ts";
import { confirmSubject, factorDigest, factorPlaceOf, signAsFactor } from "../../sdk/identity/secondFactor.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import type { WalletProvider } from "../../sdk/wallets/ensureNetwork.ts";
import type { FactorAsked, Sender, Stage } from "./sending.ts";
import { send } from "./sending.ts";

/** What a participant confirms with beside its account's key, as far as a page can ask for it. */
export type Factor = { kind: "passkey" } | { kind: "account"; account: Address } | { kind: "elsewhere" };

const ADDRESS_BYTES = 20;

/** The second factor of a participant, by the chain. */
export async function readFactor(platform: Platform, participant: number): Promise<Factor> {
  const registry = contractAt(platform, participantRegistry);
  const args = [participant] as const;
  const signer = await readContract(platform.client, { ...registry, functionName: "secondFactorOf", args });
  if (size(signer) === ADDRESS_BYTES) return { kind: "account", account: getAddress(signer) };
  const isPasskey = size(signer) > ADDRESS_BYTES && isOf(platform, slice(signer, 0, ADDRESS_BYTES));
  return isPasskey ? { kind: "passkey" } : { kind: "elsewhere" };
}

const isOf = ({ addresses }: Platform, verifier: Hex) =>
  addresses.PasskeyVerifier.toLowerCase() === verifier.toLowerCase();

/** Has the account that is the second factor sign in a wallet of this browser. */
export async function signByWallet(
  platform: Platform,
  asked: FactorAsked,
  { account, provider }: { account: Address; provider: WalletProvider },
): Promise<Hex> {
  const accounts = (await provider.request({ method: "eth_requestAccounts" })) as Address[];
  const [found] = accounts.filter((one) => one.toLowerCase() === account.toLowerCase());
  if (found === undefined)
    throw new DujiangError({
      en: `This wallet does not have the account ${account}: choose the wallet of the second person.`,
      zh: `此钱包没有账户 ${account}：请选择复核人的钱包。`,
    });
  return signAsFactor(asked, factorPlaceOf(platform), { address: found, provider } as never);
}

/** Has the device's passkey sign, after it has verified its holder. */
export async function signByPasskey(platform: Platform, asked: FactorAsked): Promise<Hex> {
  const challenge = hexToBytes(factorDigest(asked, factorPlaceOf(platform))) as BufferSource;
  const found = await navigator.credentials.get({ publicKey: { challenge, userVerification: "required" } });
  const { authenticatorData, clientDataJSON, signature } = (found as PublicKeyCredential)
    .response as AuthenticatorAssertionResponse;
  return passkeySignature({
    authenticatorData: new Uint8Array(authenticatorData),
    clientDataJSON: new Uint8Array(clientDataJSON),
    signature: new Uint8Array(signature),
  });
}

/** Hands a signature of the second factor in; anybody may, here the connected account does. */
export const handIn = (asked: FactorAsked, signature: Hex, sender: Sender, note: (stage: Stage) => void) =>
  send(confirmSubject(sender.platform, asked, signature), sender, note);
