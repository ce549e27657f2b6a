import type { Address, Hex } from "viem";
import { draftingDesk, financingDesk, receivables } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import type { Day } from "../types/time.ts";
import type { BasisPoints, Fen } from "../types/units.ts";

/** What a supplier says it is owed. */
export interface InvoiceInput {
  debtor: number;
  /** When goods were handed over or services rendered. */
  deliveryDay: Day;
  /** The agreed day of payment. */
  dueDay: Day;
  amountFen: Fen;
  /** The number printed on the VAT invoice. */
  number: bigint;
  /** keccak256 of the VAT invoice's file. */
  fileHash: Hex;
}

/** The call by which a supplier drafts a claim, for viem's `writeContract`; so are the others here. */
export function draftClaim(platform: Platform, invoice: InvoiceInput) {
  return { ...contractAt(platform, draftingDesk), functionName: "draft" as const, args: [invoice] as const };
}

/** The call by which anyone who has the debtor's signature makes a draft a receivable. */
export function confirmClaim(platform: Platform, draft: bigint, expiry: bigint, signature: Hex) {
  return {
    ...contractAt(platform, draftingDesk),
    functionName: "confirm" as const,
    args: [draft, expiry, signature] as const,
  };
}

/** The call by which a supplier withdraws a draft. */
export function cancelDraft(platform: Platform, draft: bigint) {
  return { ...contractAt(platform, draftingDesk), functionName: "cancel" as const, args: [draft] as const };
}

/** The call by which the debtor refuses a draft. @param reason id of the document with the reason, or keccak256 of a file */
export function refuseDraft(platform: Platform, draft: bigint, reason: Hex) {
  return { ...contractAt(platform, draftingDesk), functionName: "refuse" as const, args: [draft, reason] as const };
}

/** The call by which a creditor divides what is unpaid of a debt into units. @param invoiceHash of the invoice's file, or zero */
export function issueFromDebt(platform: Platform, debt: bigint, invoiceHash: Hex) {
  return {
    ...contractAt(platform, receivables),
    functionName: "issueFromDebt" as const,
    args: [debt, invoiceHash] as const,
  };
}

/** The call by which a holder passes units on. */
export function passOnUnits(platform: Platform, from: Address, to: Address, receivable: bigint, units: Fen) {
  return {
    ...contractAt(platform, receivables),
    functionName: "safeTransferFrom" as const,
    args: [from, to, receivable, units, "0x"] as const,
  };
}

/** The call by which a holder lets the financing desk hand over units when a bid is accepted, or stops it. */
export function letDeskHandOver(platform: Platform, allowed = true) {
  return {
    ...contractAt(platform, receivables),
    functionName: "setApprovalForAll" as const,
    args: [platform.addresses.FinancingDesk, allowed] as const,
  };
}

/** The call by which a holder pledges units to a bank. @param registrationNumber of the registration system (中登) */
export function pledgeUnits(
  platform: Platform,
  receivable: bigint,
  units: Fen,
  pledgee: number,
  registrationNumber: string,
) {
  return {
    ...contractAt(platform, receivables),
    functionName: "encumber" as const,
    args: [receivable, units, pledgee, registrationNumber] as const,
  };
}

/** The call by which a pledgee gives up what is left of its pledge. */
export function releasePledge(platform: Platform, receivable: bigint, holder: Address) {
  return {
    ...contractAt(platform, receivables),
    functionName: "releaseEncumbrance" as const,
    args: [receivable, holder] as const,
  };
}

/** The call by which anyone has holders paid what was paid of a receivable. */
export function collectUnits(platform: Platform, receivable: bigint, holders: readonly Address[]) {
  return {
    ...contractAt(platform, receivables),
    functionName: "collect" as const,
    args: [receivable, holders] as const,
  };
}

/** The call by which units come from an account that was replaced to the one that took its place. */
export function fetchUnits(platform: Platform, former: Address, ids: readonly bigint[]) {
  return {
    ...contractAt(platform, receivables),
    functionName: "follow" as const,
    args: [former, ids] as const,
  };
}

/** The call by which a holder, or its pledgee, pursues a debtor in default. @param evidence id of the document, or keccak256 of its file */
export function pursueReceivable(platform: Platform, receivable: bigint, holder: Address, evidence: Hex) {
  return {
    ...contractAt(platform, receivables),
    functionName: "startRecovery" as const,
    args: [receivable, holder, evidence] as const,
  };
}

/** What a holder asks banks for. */
export interface RequestInput {
  receivable: bigint;
  units: Fen;
  /** Highest annual rate accepted. */
  maxRateBp: BasisPoints;
  /** The last day on which a bid can be accepted. */
  lastDay: Day;
}

/** The call by which a holder asks banks for bids. */
export function requestFinancing(platform: Platform, { receivable, units, maxRateBp, lastDay }: RequestInput) {
  return {
    ...contractAt(platform, financingDesk),
    functionName: "requestFinancing" as const,
    args: [receivable, units, maxRateBp, lastDay] as const,
  };
}

/** The call by which a requester withdraws its request. */
export function cancelRequest(platform: Platform, request: bigint) {
  return { ...contractAt(platform, financingDesk), functionName: "cancelRequest" as const, args: [request] as const };
}

/** What a bank offers on a request. */
export interface BidInput {
  request: bigint;
  rateBp: BasisPoints;
  /** Whether the seller of the units answers for payment. */
  recourse: boolean;
  /** The last day on which it binds. */
  lastDay: Day;
}

/** The call by which a bank bids. */
export function placeBid(platform: Platform, { request, rateBp, recourse, lastDay }: BidInput) {
  return {
    ...contractAt(platform, financingDesk),
    functionName: "placeBid" as const,
    args: [request, rateBp, recourse, lastDay] as const,
  };
}

/** The call by which a requester accepts a bid, after `letDeskHandOver`. */
export function acceptBid(platform: Platform, bid: bigint) {
  return { ...contractAt(platform, financingDesk), functionName: "accept" as const, args: [bid] as const };
}

/** The call by which anyone frees the money of a bid that no longer binds. */
export function releaseBid(platform: Platform, bid: bigint) {
  return { ...contractAt(platform, financingDesk), functionName: "releaseBid" as const, args: [bid] as const };
}

/** The call by which the bank that financed records the number of the registration system (中登). */
export function recordRegistration(platform: Platform, financing: bigint, registrationNumber: string) {
  return {
    ...contractAt(platform, financingDesk),
    functionName: "recordRegistration" as const,
    args: [financing, registrationNumber] as const,
  };
}
