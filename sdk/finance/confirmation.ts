import type { Address, Hex } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import { DujiangError } from "../types/errors.ts";
import { DRAFT_STATUSES } from "../types/states.ts";
import type { Day } from "../types/time.ts";
import type { Fen } from "../types/units.ts";

/** Thrown when a draft does not wait to be confirmed. */
export class DraftError extends DujiangError {}

/** Where a confirmation counts: one drafting desk on one chain, and nowhere else. */
export interface ClaimDesk {
  chainId: number;
  draftingDesk: Address;
}

/** What a debtor signs to confirm what a supplier drafted: who owes whom how much, by when, and for which invoice. */
export interface Confirmation {
  debtor: Address;
  creditor: Address;
  amountFen: Fen;
  /** As agreed; on a holiday, the claim falls due on the next business day. */
  dueDay: Day;
  deliveryDay: Day;
  invoiceNumber: bigint;
  /** keccak256 of the VAT invoice's file. */
  invoiceHash: Hex;
  draft: bigint;
  /** Unix second after which the confirmation no longer counts. */
  expiry: bigint;
}

/** Where confirmations for this platform count. */
export function claimDeskOf({ client, addresses }: Platform): ClaimDesk {
  return { chainId: client.chain.id, draftingDesk: addresses.DraftingDesk };
}

/** What the debtor of a draft has to sign, read from the chain. */
export async function readConfirmation(platform: Platform, draft: bigint, expiry: bigint): Promise<Confirmation> {
  const desk = contractOf(platform, "DraftingDesk");
  const { status, creditor, invoice } = await readContract(platform.client, {
    ...desk,
    functionName: "draftOf",
    args: [draft],
  });
  if (DRAFT_STATUSES[status] !== "Drafted")
    throw new DraftError(`Draft ${draft} does not wait to be confirmed: ask for the claim itself.`);
  const [debtorAccount, creditorAccount] = await readContract(platform.client, {
    ...contractOf(platform, "ParticipantRegistry"),
    functionName: "accountsOf",
    args: [[invoice.debtor, creditor]],
  });
  if (debtorAccount === undefined || creditorAccount === undefined)
    throw new DraftError(`Draft ${draft} has no parties.`);
  return {
    ...{ debtor: debtorAccount, creditor: creditorAccount, amountFen: invoice.amountFen },
    ...{ dueDay: invoice.dueDay, deliveryDay: invoice.deliveryDay },
    ...{ invoiceNumber: invoice.number, invoiceHash: invoice.fileHash, draft, expiry },
  };
}
