import { type Address, type Hex, hashTypedData } from "viem";
import { readContract } from "viem/actions";
import { draftingDesk, participantRegistry } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { requireSigner, type Signer, signTypedData } from "../signing/sign.ts";
import { marketDomain } from "../signing/typedData.ts";
import { DujiangError } from "../types/errors.ts";
import { type Day, dateNumber } from "../types/time.ts";
import type { Fen } from "../types/units.ts";
import { DRAFT_STATUSES } from "./enums.ts";

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

/** The EIP-712 type of a confirmation: the twin of contracts/finance/DraftingDesk.sol. */
export const CONFIRMATION_TYPES = {
  ReceivableConfirmation: [
    { name: "debtor", type: "address" },
    { name: "creditor", type: "address" },
    { name: "amountFen", type: "uint256" },
    { name: "dueDate", type: "uint32" },
    { name: "deliveryDate", type: "uint32" },
    { name: "invoiceNumber", type: "uint256" },
    { name: "invoiceHash", type: "bytes32" },
    { name: "draft", type: "uint256" },
    { name: "expiry", type: "uint64" },
  ],
} as const;

/** Where confirmations for this platform count. */
export function claimDeskOf({ client, addresses }: Platform): ClaimDesk {
  return { chainId: client.chain.id, draftingDesk: addresses.DraftingDesk };
}

/** What the debtor of a draft has to sign, read from the chain. */
export async function readConfirmation(platform: Platform, draft: bigint, expiry: bigint): Promise<Confirmation> {
  const desk = contractAt(platform, draftingDesk);
  const { status, creditor, invoice } = await readContract(platform.client, {
    ...desk,
    functionName: "draftOf",
    args: [draft],
  });
  if (DRAFT_STATUSES[status] !== "Drafted")
    throw new DraftError({
      en: `Draft ${draft} does not wait to be confirmed: ask for the claim itself.`,
      zh: `草拟账款 ${draft} 不在等待确权：请查询账款本身。`,
    });
  const [debtorAccount, creditorAccount] = await readContract(platform.client, {
    ...contractAt(platform, participantRegistry),
    functionName: "accountsOf",
    args: [[invoice.debtor, creditor]],
  });
  if (debtorAccount === undefined || creditorAccount === undefined)
    throw new DraftError({ en: `Draft ${draft} has no parties.`, zh: `草拟账款 ${draft} 没有当事方。` });
  return {
    ...{ debtor: debtorAccount, creditor: creditorAccount, amountFen: invoice.amountFen },
    ...{ dueDay: invoice.dueDay, deliveryDay: invoice.deliveryDay },
    ...{ invoiceNumber: invoice.number, invoiceHash: invoice.fileHash, draft, expiry },
  };
}

/** What a wallet signs under a drafted claim. */
export type ConfirmationTypedData = ReturnType<typeof confirmationTypedData>;

/** A drafted claim as its debtor confirms it. */
export function confirmationTypedData(confirmation: Confirmation, { chainId, draftingDesk }: ClaimDesk) {
  const { debtor, creditor, amountFen, dueDay, deliveryDay, invoiceNumber, invoiceHash, draft, expiry } = confirmation;
  return {
    domain: marketDomain({ chainId, escrow: draftingDesk }),
    types: CONFIRMATION_TYPES,
    primaryType: "ReceivableConfirmation",
    message: {
      ...{ debtor, creditor, amountFen, dueDate: dateNumber(dueDay), deliveryDate: dateNumber(deliveryDay) },
      ...{ invoiceNumber, invoiceHash, draft, expiry },
    },
  } as const;
}

/** The EIP-712 digest of a confirmation: the drafting desk's `hashConfirmation`. */
export function confirmationDigest(confirmation: Confirmation, desk: ClaimDesk): Hex {
  return hashTypedData(confirmationTypedData(confirmation, desk));
}

/** The debtor's signature under a drafted claim. */
export async function signConfirmation(confirmation: Confirmation, desk: ClaimDesk, signer: Signer): Promise<Hex> {
  await requireSigner(signer, [confirmation.debtor]);
  return signTypedData(confirmationTypedData(confirmation, desk), signer);
}
