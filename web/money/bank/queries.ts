import { graphql, type ResultOf } from "../../indexed/index.ts";

/** The books of a settlement bank: its position, its customers, what it booked, what is to be confirmed. */
export const BANK_BOOKS = graphql(`query BankBooks($me: Int!) {
  settlementBank(participantId: $me) { capFen issuedFen redeemedFen receivedFen paidFen positionFen depositsFen }
  settlementBanks(limit: 1000) { items { participantId capFen positionFen depositsFen } }
  depositAccounts(where: { bankId: $me }, orderBy: "participantId", limit: 1000) {
    items { participantId balanceFen heldFen frozen frozenReason }
  }
  kept: depositAccounts(where: { bankId_not: null }, limit: 1000) { items { participantId } }
  entries: depositEntrys(where: { bankId: $me }, orderBy: "bookedAt", orderDirection: "desc", limit: 1000) {
    items { id participantId kind amountFen bankReference bookedAt bookedTx }
  }
  pendingMoves(limit: 1000) { items { participantId toBankId confirmedById registrar } }
  bankSettlements(where: { OR: [{ fromBankId: $me }, { toBankId: $me }] }, orderBy: "settledAt", orderDirection: "desc", limit: 1000) {
    items { id fromBankId toBankId amountFen bankReference settledAt }
  }
  _meta { status { market { block { number } } } }
}`);

export type BankBooks = ResultOf<typeof BANK_BOOKS>;
export type Customer = BankBooks["depositAccounts"]["items"][number];
export type Entry = BankBooks["entries"]["items"][number];
export type PendingMove = BankBooks["pendingMoves"]["items"][number];
