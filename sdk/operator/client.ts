import type { Address, Hex } from "viem";
import type { Market } from "../chain/client.ts";
import type { Order, SignedOrder } from "../market/order.ts";
import type { Trade } from "../market/trade.ts";
import { requireSigner, type Signer, signTypedData } from "../signing/sign.ts";
import type { Sentence } from "../types/sentence.ts";
import { type Day, formatDay } from "../types/time.ts";
import type { CancelledOrder, CheckedOrder, Hours, Intake, KeptOrder, Proposal, Session } from "./answers.ts";
import { ask, type Operator } from "./ask.ts";
import { type Challenge, cancellationTypedData, challengeTypedData, type SessionPurpose } from "./messages.ts";
import { orderToWire, tradeToWire } from "./wire.ts";

export { ask, type Operator, OperatorError, reach } from "./ask.ts";

/** Hands in what `signOrder` returned, or an order that its account signed on chain. The same order twice is one. */
export function submitOrder(operator: Operator, signed: Pick<SignedOrder, "order" | "signature">): Promise<KeptOrder> {
  return post(operator, "/orders", orderToWire(signed));
}

/**
 * Whether the operator would keep an order as things stand, before a wallet is asked to sign it: with the token of a
 * session of its trader, or signed.
 * @throws OperatorError with the reason if it would not
 */
export function checkOrder(operator: Operator, order: Order, signature?: Hex): Promise<CheckedOrder> {
  return post(operator, "/orders?dryRun", orderToWire({ order, signature }));
}

/** Takes an order out of the book until its cut-off, by the signature of its trader. */
export async function cancelOrder(
  operator: Operator,
  hash: Hex,
  market: Market,
  signer: Signer,
): Promise<CancelledOrder> {
  const signature = await signTypedData(cancellationTypedData(hash, market), signer);
  return post(operator, `/orders/${hash}/cancellation`, { signature });
}

/** Hands in one party's signature of a bilateral trade, as `signTrade` returned it; complete once the other's is there. */
export function propose(operator: Operator, trade: Trade, signer: Address, signature: Hex): Promise<Proposal> {
  return post(operator, "/proposals", { trade: tradeToWire(trade), signer: signer.toLowerCase(), signature });
}

/** When what can be done for a delivery day, by the rules in force, and what time it is on the chain. */
export function readHours(operator: Operator, day: Day): Promise<Hours> {
  return ask(operator, `/hours/${formatDay(day)}`);
}

/** Stops taking orders for a reason, or goes on where none is given: with an API key, or the token of a desk. */
export function changeIntake(operator: Operator, reason: Sentence | null): Promise<Intake> {
  return post(operator, "/intake", { reason });
}

/** Clears the books of a zone and day that have closed and wait; the numbers of the rounds: with an API key, or the token of a desk. */
export function clearRounds(operator: Operator, zone: number, day: Day): Promise<{ rounds: number[] }> {
  return post(operator, `/rounds/${zone}/${formatDay(day)}`, {});
}

/** Registrars hand in the sheets behind credential hashes, all or none: with an API key, or the token of a desk. */
export function handInNames(operator: Operator, sheets: readonly string[]): Promise<{ names: number }> {
  return post(operator, "/names", { sheets });
}

/** Signs a challenge of the operator, so that it shows a trader its own orders for an hour. */
export function openSession(operator: Operator, trader: Address, market: Market, signer: Signer): Promise<Session> {
  return signIn(operator, trader, "ownOrders", { market, signer });
}

/** Signs a challenge of the operator, so that who holds a role on chain works at its desk for an hour, without an API key. */
export function openDesk(operator: Operator, account: Address, market: Market, signer: Signer): Promise<Session> {
  return signIn(operator, account, "desk", { market, signer });
}

async function signIn(
  operator: Operator,
  trader: Address,
  purpose: SessionPurpose,
  { market, signer }: { market: Market; signer: Signer },
): Promise<Session> {
  await requireSigner(signer, [trader]);
  const challenge = await post<Challenge>(operator, "/challenges", { trader: trader.toLowerCase(), purpose });
  // Whatever the operator answers: what is signed is for this account and purpose.
  const signature = await signTypedData(challengeTypedData({ ...challenge, trader, purpose }, market), signer);
  return post(operator, "/sessions", { ...challenge, signature });
}

function post<Answer>(operator: Operator, path: string, message: unknown): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  return ask(operator, path, { method: "POST", headers, body: JSON.stringify(message) });
}
