import type { Address } from "viem";
import type { Session } from "../../sdk/operator/answers.ts";
import type { Signer } from "../../sdk/signing/sign.ts";
import { reachChain } from "../chain/index.ts";
import { operatorAt } from "./useOperator.ts";

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
