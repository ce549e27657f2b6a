import type { Address, Hex } from "viem";
import type { Market } from "../chain/client.ts";
import type { Order, SignedOrder } from "../market/order.ts";
import type { Trade } from "../market/trade.ts";
import { requireSigner, type Signer, signTypedData } from "../signing/sign.ts";
import { DujiangError } from "../types/errors.ts";
import type { Language, Sentence } from "../types/sentence.ts";
import { type Day, formatDay } from "../types/time.ts";
import type { CancelledOrder, CheckedOrder, Hours, Intake, KeptOrder, Proposal, Session } from "./answers.ts";
import type { components } from "./api.ts";
import { type Challenge, cancellationTypedData, challengeTypedData, type SessionPurpose } from "./messages.ts";
import { orderToWire, tradeToWire } from "./wire.ts";

/** Where the market operator's service is, and how it is asked. */
export interface Operator {
  url: string;
  /** In which language it answers; English where nothing is said. */
  language?: Language | undefined;
  /** An API key, or the token of a session. */
  token?: string | undefined;
}

/** Thrown when the operator refuses something or does not answer: its sentence, in both languages where it sent both. */
export class OperatorError extends DujiangError {
  /** HTTP status; 0 if there was no answer. */
  readonly status: number;
  readonly code: string;
  readonly figures: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    sentences: Record<Language, string>,
    figures = {},
    language: Language = "en",
  ) {
    super(sentences);
    this.message = sentences[language];
    this.status = status;
    this.code = code;
    this.figures = figures;
  }
}

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

/** What the operator answers to a question, or to a message. @throws OperatorError with its sentence */
export async function ask<Answer>(operator: Operator, path: string, request: RequestInit = {}): Promise<Answer> {
  const answer = await reach(operator, path, request);
  return (await answer.json()) as Answer;
}

/** A good answer of the operator, not read yet. */
export async function reach(operator: Operator, path: string, request: RequestInit = {}): Promise<Response> {
  const { url, language = "en", token } = operator;
  const headers = new Headers(request.headers);
  headers.set("accept-language", language);
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  const place = `${url.replace(/\/+$/, "")}${path}`;
  let answer: Response;
  try {
    answer = await fetch(place, { ...request, headers });
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new OperatorError(0, "NoAnswer", noAnswer(url), {}, language);
  }
  if (answer.ok) return answer;
  const failure = (await answer.json().catch(() => undefined)) as Partial<components["schemas"]["Failure"]> | undefined;
  if (failure?.error === undefined)
    throw new OperatorError(answer.status, "NotOperator", notOperator(url, answer.status), {}, language);
  const { code, sentences, figures } = failure.error;
  throw new OperatorError(answer.status, code, sentences, figures, language);
}

const noAnswer = (url: string) => ({
  en: `The market operator's service at ${url} does not answer: check the address and the network, and try again.`,
  zh: `运营服务（${url}）没有应答：请检查地址和网络后重试。`,
});

const notOperator = (url: string, status: number) => ({
  en: `What answers at ${url} says ${status} and is not the market operator's service: check the address, or the proxy before it.`,
  zh: `${url} 返回 ${status}，并非运营服务：请检查地址或其前端代理。`,
});
