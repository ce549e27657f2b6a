import type { Hex } from "viem";
import { marketOf } from "../../../sdk/chain/client.ts";
import { requireNothingFound } from "../../../sdk/market/finding.ts";
import type { Order } from "../../../sdk/market/order.ts";
import { reviewOrder } from "../../../sdk/market/review.ts";
import { orderDigest, signOrder } from "../../../sdk/market/typedData.ts";
import { cancelOrder, type Operator, submitOrder } from "../../../sdk/operator/client.ts";
import type { ProviderSigner } from "../../../sdk/signing/sign.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import { ensureNetwork } from "../../../sdk/wallets/ensureNetwork.ts";
import { nodeUrl, type Reached } from "../../chain/index.ts";
import type { Shelf } from "./draft.ts";
import { type JournalEntry, keepOrder } from "./journal.ts";

/** Thrown when the operator confirms anything but what was signed. */
export class OtherOrderError extends DujiangError {}

/** The digest that the wallet shows of an order. Comes with the chain layer, like all of this file: import it lazily. */
export const digestOf = (order: Order, { platform }: Reached): Hex => orderDigest(order, marketOf(platform));

/**
 * Has an order signed, after the node was asked for everything it would be refused for. It is kept before anybody else hears
 * of it.
 */
export async function sign(
  order: Order,
  { reached, signer, shelf }: { reached: Reached; signer: ProviderSigner; shelf: Shelf },
): Promise<JournalEntry> {
  const { platform, deployment } = reached;
  await ensureNetwork(signer.provider, deployment, [nodeUrl()]);
  requireNothingFound(await reviewOrder(platform, order));
  const { signature } = await signOrder(order, marketOf(platform), signer);
  const entry = { hash: digestOf(order, reached), order, signature };
  keepOrder(shelf, entry);
  return entry;
}

/** Hands in what was signed; again where nobody knows whether it arrived: the same order twice is one. */
export async function send(entry: JournalEntry, operator: Operator, shelf: Shelf): Promise<JournalEntry> {
  const { hash, receivedAt } = await submitOrder(operator, entry);
  if (hash !== entry.hash) {
    throw new OtherOrderError({
      en: `You signed ${entry.hash}, and the power exchange confirms ${hash}: do not rely on it, and report both numbers.`,
      zh: `您签署的是 ${entry.hash}，而电力交易中心确认的是 ${hash}：请勿采信，并反馈这两个编号。`,
    });
  }
  const received = { ...entry, receivedAt };
  keepOrder(shelf, received);
  return received;
}

/** Takes an order out of the book, until its cut-off: its trader signs for that, too. */
export async function withdraw(
  hash: Hex,
  { reached, signer, operator }: { reached: Reached; signer: ProviderSigner; operator: Operator },
): Promise<void> {
  const { platform, deployment } = reached;
  await ensureNetwork(signer.provider, deployment, [nodeUrl()]);
  await cancelOrder(operator, hash, marketOf(platform), signer);
}
