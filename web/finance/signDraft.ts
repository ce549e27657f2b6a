import type { Hex } from "viem";
import type { Platform } from "../../sdk/chain/client.ts";
import {
  claimDeskOf,
  confirmationTypedData,
  DraftError,
  readConfirmation,
  signConfirmation,
} from "../../sdk/finance/confirmation.ts";
import type { Signer } from "../../sdk/signing/sign.ts";
import { DIFFERS, fieldsOf } from "./confirming.ts";
import type { DraftRow } from "./draftQueries.ts";

/** The debtor's signature under what the chain has of a draft, which must be what the page showed. */
export async function signDraft(platform: Platform, draft: DraftRow, expiry: bigint, signer: Signer): Promise<Hex> {
  const confirmation = await readConfirmation(platform, BigInt(draft.id), expiry);
  const desk = claimDeskOf(platform);
  const signed: Record<string, unknown> = { ...confirmationTypedData(confirmation, desk).message };
  const isShown = fieldsOf(draft).every(([name, value]) => String(signed[name]).toLowerCase() === value.toLowerCase());
  if (!isShown) throw new DraftError(DIFFERS);
  return signConfirmation(confirmation, desk, signer);
}
