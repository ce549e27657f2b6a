import { useSyncExternalStore } from "react";
import type { Address } from "viem";
import type { Session } from "../../sdk/operator/answers.ts";
import type { Signer } from "../../sdk/signing/sign.ts";
import { reachChain } from "../chain/index.ts";
import { type Door, operatorAt } from "./useOperator.ts";

/** Kept for this visit of this tab alone: who has a token sees a trader's orders. */
const kept = new Map<string, Promise<Session>>();
/** So long before its end a session is replaced. */
const MARGIN_SECONDS = 60;

/** The token under which the operator shows a trader its own orders: signed for once an hour. */
export async function sessionToken(trader: Address, signer: Signer): Promise<string> {
  const key = trader.toLowerCase();
  const found = await kept.get(key)?.catch(() => undefined);
  // The operator's clock decides, which is that of people and not the chain's.
  if (found !== undefined && found.expiry - MARGIN_SECONDS > Date.now() / 1000) return found.token;
  const opening = open(trader, signer);
  kept.set(key, opening);
  opening.catch(() => kept.delete(key));
  return (await opening).token;
}

async function open(trader: Address, signer: Signer): Promise<Session> {
  const [{ platform }, { marketOf, openSession }] = await Promise.all([reachChain(), import("./signing.ts")]);
  return openSession(operatorAt(), trader, marketOf(platform), signer);
}

/** Desks at which an account signed in on this visit of this tab. */
const desks = new Map<string, Session>();
const listeners = new Set<() => void>();
const deskKey = (door: Door, account: Address) => `${door} ${account.toLowerCase()}`;

/** The session of an account at a desk; undefined where it has not signed in. */
export function useDeskSession(door: Door, account: Address | undefined): Session | undefined {
  return useSyncExternalStore(listen, () => (account === undefined ? undefined : desks.get(deskKey(door, account))));
}

/** Signs in at a desk: what it shows, the account's roles on chain decide. */
export async function enterDesk(door: Door, account: Address, signer: Signer): Promise<Session> {
  const [{ platform }, { marketOf, openDesk }] = await Promise.all([reachChain(), import("./signing.ts")]);
  const session = await openDesk(operatorAt(undefined, door), account, marketOf(platform), signer);
  set(deskKey(door, account), session);
  return session;
}

/** Forgets a session: by the reader's will, or because the operator does not know it any more. */
export function leaveDesk(door: Door, account: Address): void {
  set(deskKey(door, account), undefined);
}

function set(key: string, session: Session | undefined): void {
  if (session === undefined) desks.delete(key);
  else desks.set(key, session);
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
