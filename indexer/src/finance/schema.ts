import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { BID_STATUSES, DRAFT_STATUSES, REQUEST_STATUSES } from "../../../sdk/finance/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { debt } from "../debts/schema.ts";
import { participant } from "../identity/schema.ts";
import { trade } from "../market/schema.ts";

export const draftStatus = onchainEnum("draft_status", wordsOf(DRAFT_STATUSES));
export const requestStatus = onchainEnum("request_status", wordsOf(REQUEST_STATUSES));
export const bidStatus = onchainEnum("bid_status", wordsOf(BID_STATUSES));

// the index's own words
export const encumbranceStatus = onchainEnum("encumbrance_status", ["live", "paid", "released"]);
/** What a payment to a holder is a share of. */
export const paymentPart = onchainEnum("payment_part", ["faceValue", "lateFee"]);

/** What a supplier says it is owed; once the debtor has confirmed, a receivable. */
export const claimDraft = onchainTable(
  "claim_draft",
  (p) => ({
    /** Number of the draft. */
    id: p.bigint().primaryKey(),
    /** Where it stands. */
    status: draftStatus().notNull(),
    debtorId: p.integer().notNull(),
    creditorId: p.integer().notNull(),
    /** What is claimed. */
    amountFen: p.bigint().notNull(),
    /** The day of delivery. */
    deliveryDay: p.integer().notNull(),
    deliveryDate: p.text().notNull(),
    /**
     * Trades by which the supplier sold to the debtor on the day of delivery, when it was drafted: where there are some,
     * the invoice may claim what a trade claims already.
     */
    tradesOfDelivery: p.integer().notNull(),
    /** As agreed; the receivable falls due on the next business day. */
    dueDay: p.integer().notNull(),
    dueDate: p.text().notNull(),
    /** Number of the VAT invoice. */
    invoiceNumber: p.bigint().notNull(),
    /** keccak256 of the VAT invoice's file. */
    invoiceHash: p.hex().notNull(),
    /** The receivable that came of it. */
    receivableId: p.bigint(),
    /** EIP-712 digest that the debtor signed. */
    confirmationDigest: p.hex(),
    draftedAt: p.bigint().notNull(),
    draftedTx: p.hex().notNull(),
    confirmedAt: p.bigint(),
    confirmedTx: p.hex(),
    cancelledAt: p.bigint(),
    /** Id of the document in which the debtor says why not, or keccak256 of a file. */
    refusalReasonHash: p.hex(),
    refusedAt: p.bigint(),
  }),
  (table) => ({ byDebtor: index().on(table.debtorId), byCreditor: index().on(table.creditorId) }),
);

/** What debts and receivables obey from a day on. */
export const financeTerm = onchainTable("finance_term", (p) => ({
  /** The day from which on they hold. */
  effectiveDay: p.integer().primaryKey(),
  effectiveDate: p.text().notNull(),
  /** The longest time to payment, days. */
  longestTenorDays: p.integer().notNull(),
  /** Late fee: annual rate, actual/360. */
  lateRateBp: p.bigint().notNull(),
  /** Days after the last day of payment before a debt is in default. */
  graceDays: p.integer().notNull(),
  publishedAt: p.bigint().notNull(),
  publishedTx: p.hex().notNull(),
  /** When they were taken back, before their day. */
  withdrawnAt: p.bigint(),
}));

/** A debt whose creditor's side is divided into units that pass from hand to hand. */
export const receivable = onchainTable(
  "receivable",
  (p) => ({
    /** Number of the receivable. */
    id: p.bigint().primaryKey(),
    /** The debt: what is owed of it, and since when. */
    debtId: p.bigint().notNull(),
    debtorId: p.integer().notNull(),
    creditorId: p.integer().notNull(),
    /** The draft that its debtor confirmed, if it comes from one. */
    draftId: p.bigint(),
    /** Whether units never move: the debt was due, or its debtor in default, when it was divided. */
    forRecovery: p.boolean().notNull(),
    /** Whether debtor and creditor had the same controller when it was divided. */
    betweenAffiliates: p.boolean().notNull(),
    /** keccak256 of the VAT invoice's file; empty if none was given. */
    invoiceHash: p.hex(),
    /** The day on which it was divided. */
    issueDay: p.integer().notNull(),
    issueDate: p.text().notNull(),
    /** When it falls due, a business day. */
    dueDay: p.integer().notNull(),
    dueDate: p.text().notNull(),
    /** What was unpaid of the debt when it was divided: as many units. */
    faceFen: p.bigint().notNull(),
    /** Paid out to holders of its face value. */
    collectedFen: p.bigint().notNull(),
    /** Paid out to holders as late fee. */
    lateFeeCollectedFen: p.bigint().notNull(),
    issuedAt: p.bigint().notNull(),
    issuedTx: p.hex().notNull(),
  }),
  (table) => ({
    byDebt: index().on(table.debtId),
    byDebtor: index().on(table.debtorId),
    byCreditor: index().on(table.creditorId),
  }),
);

/** Units (fen of face value) of one receivable in one account. */
export const receivableUnit = onchainTable(
  "receivable_unit",
  (p) => ({
    receivableId: p.bigint().notNull(),
    /** Address of the account. */
    holder: p.hex().notNull(),
    /** Whose account it is; null if nobody's. */
    participantId: p.integer(),
    /** How many it holds. */
    units: p.bigint().notNull(),
    /** Paid out to it of the face value. */
    collectedFen: p.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.receivableId, table.holder] }),
    byParticipant: index().on(table.participantId),
  }),
);

/** A pledge of units that stay with their holder: whom what they bring is paid to first. */
export const encumbrance = onchainTable(
  "encumbrance",
  (p) => ({
    /** Number of the pledge. */
    id: p.bigint().primaryKey(),
    /** Where it stands. */
    status: encumbranceStatus().notNull(),
    receivableId: p.bigint().notNull(),
    /** Address of the account that holds the units. */
    holder: p.hex().notNull(),
    holderId: p.integer(),
    pledgeeId: p.integer().notNull(),
    /** How many are pledged. */
    units: p.bigint().notNull(),
    /** Paid to the pledgee. */
    paidFen: p.bigint().notNull(),
    /** Number in the registration system (中登). */
    registrationNumber: p.text().notNull(),
    pledgedAt: p.bigint().notNull(),
    pledgedTx: p.hex().notNull(),
    /** When it was paid or released. */
    endedAt: p.bigint(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId), byPledgee: index().on(table.pledgeeId) }),
);

/** A claim, or a part of it, passed on. */
export const receivableTransfer = onchainTable(
  "receivable_transfer",
  (p) => ({
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    receivableId: p.bigint().notNull(),
    senderId: p.integer(),
    recipientId: p.integer(),
    /** Address of the account that gave them. */
    from: p.hex().notNull(),
    /** Address of the account that received them. */
    to: p.hex().notNull(),
    /** How many were passed on. */
    units: p.bigint().notNull(),
    transferredAt: p.bigint().notNull(),
    transferredTx: p.hex().notNull(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId) }),
);

/** A payment to a holder, or the part of it that is a share of one thing. */
export const collection = onchainTable(
  "collection",
  (p) => ({
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    receivableId: p.bigint().notNull(),
    participantId: p.integer().notNull(),
    /** Address of the account paid to. */
    holder: p.hex().notNull(),
    /** Whether it is a share of the face value or of the late fee. */
    part: paymentPart().notNull(),
    /** What was paid. */
    amountFen: p.bigint().notNull(),
    collectedAt: p.bigint().notNull(),
    collectedTx: p.hex().notNull(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId), byParticipant: index().on(table.participantId) }),
);

/** Units offered to banks. */
export const financingRequest = onchainTable(
  "financing_request",
  (p) => ({
    /** Number of the request. */
    id: p.bigint().primaryKey(),
    /** Where it stands. */
    status: requestStatus().notNull(),
    receivableId: p.bigint().notNull(),
    requesterId: p.integer().notNull(),
    /** How many are offered. */
    units: p.bigint().notNull(),
    /** Highest annual rate accepted. */
    maxRateBp: p.bigint().notNull(),
    /** The last day on which a bid can be accepted. */
    lastDay: p.integer().notNull(),
    lastDate: p.text().notNull(),
    requestedAt: p.bigint().notNull(),
    requestedTx: p.hex().notNull(),
    cancelledAt: p.bigint(),
    financedAt: p.bigint(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId), byRequester: index().on(table.requesterId) }),
);

/** What a bank offers for the units of a request, with the money held for it. */
export const bid = onchainTable(
  "bid",
  (p) => ({
    /** Number of the bid. */
    id: p.bigint().primaryKey(),
    /** Where it stands. */
    status: bidStatus().notNull(),
    requestId: p.bigint().notNull(),
    bidderId: p.integer().notNull(),
    /** Annual rate, actual/360. */
    rateBp: p.bigint().notNull(),
    /** Whether the seller of the units answers for payment. */
    recourse: p.boolean().notNull(),
    /** Whether the bank had the same controller as the requester or the debtor when it bid. */
    toAffiliate: p.boolean().notNull(),
    /** The last day on which it can be accepted. */
    lastDay: p.integer().notNull(),
    lastDate: p.text().notNull(),
    /** Held from bidding until acceptance or release. */
    heldFen: p.bigint().notNull(),
    /** Paid on acceptance. */
    paidFen: p.bigint(),
    placedAt: p.bigint().notNull(),
    placedTx: p.hex().notNull(),
    acceptedAt: p.bigint(),
    /** When its money was released. */
    releasedAt: p.bigint(),
  }),
  (table) => ({ byRequest: index().on(table.requestId), byBidder: index().on(table.bidderId) }),
);

/** An accepted bid, under the bid's number. */
export const financing = onchainTable(
  "financing",
  (p) => ({
    /** Number of the accepted bid. */
    id: p.bigint().primaryKey(),
    requestId: p.bigint().notNull(),
    receivableId: p.bigint().notNull(),
    requesterId: p.integer().notNull(),
    financierId: p.integer().notNull(),
    /** How many were sold. */
    units: p.bigint().notNull(),
    /** Paid for the units. */
    paidFen: p.bigint().notNull(),
    /** Annual rate, actual/360. */
    rateBp: p.bigint().notNull(),
    /** Whether the seller of the units answers for payment. */
    recourse: p.boolean().notNull(),
    /** Days from the financing to the due day, for which interest is discounted. */
    daysToDue: p.integer().notNull(),
    /** Number in the registration system (中登). */
    registrationNumber: p.text(),
    financedAt: p.bigint().notNull(),
    financedTx: p.hex().notNull(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId), byFinancier: index().on(table.financierId) }),
);

export const participantFinanceRelations = relations(participant, ({ many }) => ({
  receivablesOwed: many(receivable, { relationName: "debtor" }),
  receivablesIssued: many(receivable, { relationName: "creditor" }),
  encumbrancesGiven: many(encumbrance, { relationName: "pledgor" }),
  encumbrancesHeld: many(encumbrance, { relationName: "pledgee" }),
  draftsOwed: many(claimDraft, { relationName: "debtor" }),
  draftsIssued: many(claimDraft, { relationName: "creditor" }),
  receivableUnits: many(receivableUnit),
  financingRequests: many(financingRequest),
  bids: many(bid),
  financings: many(financing, { relationName: "financier" }),
  collections: many(collection),
}));

export const tradeFinanceRelations = relations(trade, ({ one }) => ({
  receivable: one(receivable, {
    relationName: "tradeReceivable",
    fields: [trade.receivableId],
    references: [receivable.id],
  }),
}));

export const debtFinanceRelations = relations(debt, ({ one }) => ({
  receivable: one(receivable, {
    relationName: "debtReceivable",
    fields: [debt.receivableId],
    references: [receivable.id],
  }),
}));

export const claimDraftRelations = relations(claimDraft, ({ one }) => ({
  debtor: one(participant, { relationName: "debtor", fields: [claimDraft.debtorId], references: [participant.id] }),
  creditor: one(participant, {
    relationName: "creditor",
    fields: [claimDraft.creditorId],
    references: [participant.id],
  }),
  receivable: one(receivable, {
    relationName: "draftReceivable",
    fields: [claimDraft.receivableId],
    references: [receivable.id],
  }),
}));

export const receivableRelations = relations(receivable, ({ one, many }) => ({
  debtor: one(participant, { relationName: "debtor", fields: [receivable.debtorId], references: [participant.id] }),
  creditor: one(participant, {
    relationName: "creditor",
    fields: [receivable.creditorId],
    references: [participant.id],
  }),
  debt: one(debt, { relationName: "receivableDebt", fields: [receivable.debtId], references: [debt.id] }),
  draft: one(claimDraft, {
    relationName: "receivableDraft",
    fields: [receivable.draftId],
    references: [claimDraft.id],
  }),
  units: many(receivableUnit),
  encumbrances: many(encumbrance),
  transfers: many(receivableTransfer),
  collections: many(collection),
  financingRequests: many(financingRequest),
  financings: many(financing),
}));

export const receivableUnitRelations = relations(receivableUnit, ({ one }) => ({
  receivable: one(receivable, { fields: [receivableUnit.receivableId], references: [receivable.id] }),
  participant: one(participant, { fields: [receivableUnit.participantId], references: [participant.id] }),
}));

export const encumbranceRelations = relations(encumbrance, ({ one }) => ({
  receivable: one(receivable, { fields: [encumbrance.receivableId], references: [receivable.id] }),
  holderParticipant: one(participant, {
    relationName: "pledgor",
    fields: [encumbrance.holderId],
    references: [participant.id],
  }),
  pledgee: one(participant, {
    relationName: "pledgee",
    fields: [encumbrance.pledgeeId],
    references: [participant.id],
  }),
}));

export const receivableTransferRelations = relations(receivableTransfer, ({ one }) => ({
  receivable: one(receivable, { fields: [receivableTransfer.receivableId], references: [receivable.id] }),
  sender: one(participant, {
    relationName: "sender",
    fields: [receivableTransfer.senderId],
    references: [participant.id],
  }),
  recipient: one(participant, {
    relationName: "recipient",
    fields: [receivableTransfer.recipientId],
    references: [participant.id],
  }),
}));

export const collectionRelations = relations(collection, ({ one }) => ({
  receivable: one(receivable, { fields: [collection.receivableId], references: [receivable.id] }),
  participant: one(participant, { fields: [collection.participantId], references: [participant.id] }),
}));

export const financingRequestRelations = relations(financingRequest, ({ one, many }) => ({
  receivable: one(receivable, { fields: [financingRequest.receivableId], references: [receivable.id] }),
  requester: one(participant, { fields: [financingRequest.requesterId], references: [participant.id] }),
  bids: many(bid),
  financings: many(financing),
}));

export const bidRelations = relations(bid, ({ one }) => ({
  request: one(financingRequest, { fields: [bid.requestId], references: [financingRequest.id] }),
  bidder: one(participant, { fields: [bid.bidderId], references: [participant.id] }),
  /** Exists once the bid was accepted. */
  financing: one(financing, { fields: [bid.id], references: [financing.id] }),
}));

export const financingRelations = relations(financing, ({ one }) => ({
  bid: one(bid, { fields: [financing.id], references: [bid.id] }),
  request: one(financingRequest, { fields: [financing.requestId], references: [financingRequest.id] }),
  receivable: one(receivable, { fields: [financing.receivableId], references: [receivable.id] }),
  requester: one(participant, {
    relationName: "requester",
    fields: [financing.requesterId],
    references: [participant.id],
  }),
  financier: one(participant, {
    relationName: "financier",
    fields: [financing.financierId],
    references: [participant.id],
  }),
}));
