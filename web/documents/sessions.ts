import type { Operator } from "../../sdk/operator/ask.ts";
import type { Signer } from "../../sdk/signing/sign.ts";
import { reachChain } from "../chain/index.ts";
import { operatorAt } from "../operator/index.ts";

interface Session {
  token: string;
  expiry: number;
}

/** Kept for this visit of this tab alone. */
const kept = new Map<string, Promise<Session>>();
const MARGIN_SECONDS = 60;

/** The operator's store as an account may ask it: signed for once an hour. */
export async function storeFor(signer: Signer & { address: string }): Promise<Operator> {
  const key = signer.address.toLowerCase();
  const found = await kept.get(key)?.catch(() => undefined);
  if (found !== undefined && found.expiry - MARGIN_SECONDS > Date.now() / 1000) return operatorAt(found.token);
  const opening = open(signer);
  kept.set(key, opening);
  opening.catch(() => kept.delete(key));
  return operatorAt((await opening).token);
}

async function open(signer: Signer & { address: string }): Promise<Session> {
  const [{ platform }, { documentPlaceOf, openReadingSession }] = await Promise.all([
    reachChain(),
    import("./papers.ts"),
  ]);
  return openReadingSession(operatorAt(), signer.address as `0x${string}`, documentPlaceOf(platform), signer);
}
