import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { FIRM_SIZES, PARTICIPANT_STATUSES } from "../../../sdk/types/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { kpiParticipantDay } from "../kpi/schema.ts";

export const participantStatus = onchainEnum("participant_status", wordsOf(PARTICIPANT_STATUSES));
export const firmSize = onchainEnum("firm_size", wordsOf(FIRM_SIZES));

// the index's own words
export const decision = onchainEnum("decision", ["pending", "approved", "rejected", "replaced"]);
export const replacementStatus = onchainEnum("replacement_status", [
  "proposed",
  "approved",
  "objected",
  "withdrawn",
  "completed",
]);

export const participant = onchainTable("participant", (p) => ({
  id: p.integer().primaryKey(),
  status: participantStatus().notNull(),
  /** The wallet the participant acts with now. */
  account: p.hex().notNull(),
  size: firmSize().notNull(),
  kinds: p.text().array().notNull(),
  /** Last day of validity, inclusive. */
  validUntilDay: p.integer().notNull(),
  validUntilDate: p.text().notNull(),
  credentialHash: p.hex().notNull(),
  /** ERC-7913 signer; `0x` for none. */
  secondFactor: p.hex().notNull(),
  /** Number of the second factor in force, 0 for none. */
  factor: p.integer().notNull().default(0),
  /** What the participant may commit in a day with its key alone; of meaning only with a second factor. */
  exposureLimitFen: p.bigint().notNull(),
  /** Participants with the same controller are affiliates; all zero if nobody is declared. */
  controller: p.hex().notNull(),
  suspensionReason: p.hex(),
  /** How often the participant was proposed: once, and once more for each renewal. */
  proposals: p.integer().notNull(),
  /** How often another account was proposed. */
  replacements: p.integer().notNull().default(0),
  proposedAt: p.bigint().notNull(),
  approvedAt: p.bigint(),
}));

/** What one registrar proposed and a second one decided, in the order of proposal. */
export const participantProposal = onchainTable(
  "participant_proposal",
  (p) => ({
    participantId: p.integer().notNull(),
    number: p.integer().notNull(),
    decision: decision().notNull(),
    proposedBy: p.hex().notNull(),
    decidedBy: p.hex(),
    account: p.hex().notNull(),
    size: firmSize().notNull(),
    kinds: p.text().array().notNull(),
    validUntilDay: p.integer().notNull(),
    validUntilDate: p.text().notNull(),
    credentialHash: p.hex().notNull(),
    secondFactor: p.hex().notNull(),
    exposureLimitFen: p.bigint().notNull(),
    controller: p.hex().notNull(),
    proposedAt: p.bigint().notNull(),
    decidedAt: p.bigint(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.number] }) }),
);

/** Every second factor a participant ever had, numbered from 1 in the order of enrolment. */
export const secondFactor = onchainTable(
  "second_factor",
  (p) => ({
    participantId: p.integer().notNull(),
    number: p.integer().notNull(),
    signer: p.hex().notNull(),
    enrolledAt: p.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.number] }) }),
);

/** What second factors confirmed: orders, trades and drafted claims by their digest, calls by `callSubject`. */
export const confirmation = onchainTable(
  "confirmation",
  (p) => ({
    participantId: p.integer().notNull(),
    /** Number of the second factor; one that was replaced since no longer counts. */
    factor: p.integer().notNull(),
    subject: p.hex().notNull(),
    confirmedAt: p.bigint().notNull(),
    confirmedTx: p.hex().notNull(),
    /** When what happens only once happened. */
    usedAt: p.bigint(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.factor, table.subject] }) }),
);

/** What a participant with a second factor committed on a day, the day it did so and not that of delivery. */
export const exposureDay = onchainTable(
  "exposure_day",
  (p) => ({
    participantId: p.integer().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    exposureFen: p.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.day] }) }),
);

/** Whose an address is, or was until another account took its place. */
export const account = onchainTable(
  "account",
  (p) => ({
    address: p.hex().primaryKey(),
    participantId: p.integer().notNull(),
    since: p.bigint().notNull(),
    replacedAt: p.bigint(),
    replacedBy: p.hex(),
  }),
  (table) => ({ byParticipant: index().on(table.participantId) }),
);

/** Another account that two registrars gave a participant, or wanted to, in the order of proposal. */
export const accountReplacement = onchainTable(
  "account_replacement",
  (p) => ({
    participantId: p.integer().notNull(),
    number: p.integer().notNull(),
    status: replacementStatus().notNull(),
    former: p.hex().notNull(),
    account: p.hex().notNull(),
    reasonHash: p.hex().notNull(),
    proposedBy: p.hex().notNull(),
    approvedBy: p.hex(),
    withdrawnBy: p.hex(),
    /** From when on it could be completed, unless the account in force objected. */
    completableAt: p.bigint(),
    proposedAt: p.bigint().notNull(),
    endedAt: p.bigint(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.number] }) }),
);

export const participantRelations = relations(participant, ({ many }) => ({
  proposalHistory: many(participantProposal),
  accountHistory: many(account),
  replacementHistory: many(accountReplacement),
  kpiDays: many(kpiParticipantDay),
}));

export const kpiParticipantDayRelations = relations(kpiParticipantDay, ({ one }) => ({
  participant: one(participant, { fields: [kpiParticipantDay.participantId], references: [participant.id] }),
}));

export const participantProposalRelations = relations(participantProposal, ({ one }) => ({
  participant: one(participant, { fields: [participantProposal.participantId], references: [participant.id] }),
}));

export const accountRelations = relations(account, ({ one }) => ({
  participant: one(participant, { fields: [account.participantId], references: [participant.id] }),
}));

export const accountReplacementRelations = relations(accountReplacement, ({ one }) => ({
  participant: one(participant, { fields: [accountReplacement.participantId], references: [participant.id] }),
}));
