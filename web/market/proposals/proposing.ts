import type { Address, Hex } from "viem";
import { readContract } from "viem/actions";
import { meterRegistry, participantRegistry, tradeEscrow } from "../../../sdk/chain/abi/index.ts";
import { contractAt, marketOf, type Platform } from "../../../sdk/chain/client.ts";
import { type Finding, requireNothingFound } from "../../../sdk/market/finding.ts";
import { encodeSold, readSold } from "../../../sdk/market/opened.ts";
import { reviewTrade } from "../../../sdk/market/review.ts";
import type { Trade } from "../../../sdk/market/trade.ts";
import { signTrade, tradeDigest } from "../../../sdk/market/typedData.ts";
import { traderOn } from "../../../sdk/metering/meter.ts";
import type { Proposal } from "../../../sdk/operator/answers.ts";
import { type Operator, propose } from "../../../sdk/operator/client.ts";
import type { ProviderSigner } from "../../../sdk/signing/sign.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import type { Day } from "../../../sdk/types/time.ts";
import { ensureNetwork } from "../../../sdk/wallets/ensureNetwork.ts";
import { nodeUrl, type Reached } from "../../chain/index.ts";

/** Thrown where a proposal is not what it is said to be. */
export class ProposalError extends DujiangError {}

/** The digest of a bilateral trade: what the wallet shows, and the number of the proposal. Comes with the chain layer: import it lazily. */
export const digestOf = (trade: Trade, platform: Platform): Hex => tradeDigest(trade, marketOf(platform));

/** What a meter says of a proposal: who trades for it, at which account, and whether it delivers. */
export interface ProposedMeter {
  meter: bigint;
  participant: number;
  account: Address;
  isPlant: boolean;
}

/** Who trades for a meter on a day, read at the node. */
export async function readProposedMeter(platform: Platform, meter: bigint, day: Day): Promise<ProposedMeter> {
  const registry = contractAt(platform, meterRegistry);
  const found = await readContract(platform.client, { ...registry, functionName: "meterOf", args: [meter] });
  const participant = traderOn(found, day);
  if (found.direction === 0 || participant === 0)
    throw new ProposalError({
      en: `Meter ${meter} is not registered: compare its number with the other party.`,
      zh: `计量点 ${meter} 未登记：请与对方核对编号。`,
    });
  const account = await readContract(platform.client, {
    ...contractAt(platform, participantRegistry),
    functionName: "accountOf",
    args: [participant],
  });
  return { meter, participant, account, isPlant: found.direction === 1 };
}

/** What the chain would refuse of a trade as things stand, for one signer. */
export const findingsOf = (platform: Platform, trade: Trade, signer: Address | undefined): Promise<Finding[]> =>
  reviewTrade(platform, trade, signer === undefined ? {} : { signer });

/** Signs a trade, after the node was asked for everything it would be refused for, and hands the signature in. */
export async function signAndPropose(
  trade: Trade,
  { reached, signer, operator }: { reached: Reached; signer: ProviderSigner; operator: Operator },
): Promise<Proposal> {
  const { platform, deployment } = reached;
  await ensureNetwork(signer.provider, deployment, [nodeUrl()]);
  requireNothingFound(await findingsOf(platform, trade, signer.address));
  const signature = await signTrade(trade, marketOf(platform), signer);
  const proposal = await propose(operator, trade, signer.address, signature);
  requireSame(proposal.hash, digestOf(trade, platform));
  return proposal;
}

/** The operator's answer is compared, never trusted: a proposal of another digest is another trade. */
export function requireSame(said: string, digest: Hex): void {
  if (said.toLowerCase() === digest) return;
  throw new ProposalError({
    en: `The trade shown comes to ${digest}, and the proposal is ${said}: do not sign it, and report both numbers.`,
    zh: `所示交易的摘要为 ${digest}，而提案编号为 ${said}：请勿签署，并反馈这两个编号。`,
  });
}

/** The call that opens a trade on which both have signed: by anybody. */
export async function openCall(platform: Platform, trade: Trade, proposal: Proposal) {
  const { buyerSignature, sellerSignature } = proposal;
  const sold = encodeSold(await readSold(platform, trade.sellerMeter, trade.day));
  const args = [trade, buyerSignature as Hex, sellerSignature as Hex, sold] as const;
  return { ...contractAt(platform, tradeEscrow), functionName: "open" as const, args };
}
