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

/** Somebody who takes part: who it is, by which account it acts, and how long it may. */
export const participant = onchainTable("participant", (p) => ({
  /** Number of the participant, in the order of proposal. */
  id: p.integer().primaryKey(),
  /** Where it stands. */
  status: participantStatus().notNull(),
  /** The wallet the participant acts with now. */
  account: p.hex().notNull(),
  /** Size of the firm by the national classification. */
  size: firmSize().notNull(),
  /** As what it takes part, such as generator or bank. */
  kinds: p.text().array().notNull(),
  /** Last day of validity, inclusive. */
  validUntilDay: p.integer().notNull(),
  validUntilDate: p.text().notNull(),
  /** Id of the document that proves who it is, or keccak256 of its sheet. */
  credentialHash: p.hex().notNull(),
  /** ERC-7913 signer; `0x` for none. */
  secondFactor: p.hex().notNull(),
  /** Number of the second factor in force, 0 for none. */
  factor: p.integer().notNull().default(0),
  /** The most that it may commit in a day with its key alone; of meaning only with a second factor. */
  exposureLimitFen: p.bigint().notNull(),
  /** Participants with the same controller are affiliates; all zero if nobody is declared. */
  controller: p.hex().notNull(),
  /** Why it is suspended, as the one who suspended it says; null if it is not. */
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
    /** Its number among the participant's, from 1. */
    number: p.integer().notNull(),
    /** What came of it. */
    decision: decision().notNull(),
    /** Address of the registrar who proposed. */
    proposedBy: p.hex().notNull(),
    /** Address of the registrar who decided; null until then. */
    decidedBy: p.hex(),
    /** Address of the account it is to act by. */
    account: p.hex().notNull(),
    /** Size of the firm by the national classification. */
    size: firmSize().notNull(),
    /** As what it is to take part. */
    kinds: p.text().array().notNull(),
    /** Last day of validity, inclusive. */
    validUntilDay: p.integer().notNull(),
    validUntilDate: p.text().notNull(),
    /** Id of the document that proves who it is, or keccak256 of its sheet. */
    credentialHash: p.hex().notNull(),
    /** ERC-7913 signer; `0x` for none. */
    secondFactor: p.hex().notNull(),
    /** The most that it is to commit in a day with its key alone. */
    exposureLimitFen: p.bigint().notNull(),
    /** Participants with the same controller are affiliates; all zero if nobody is declared. */
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
    /** Number of the participant. */
    participantId: p.integer().notNull(),
    /** Its number among the participant's, from 1. */
    number: p.integer().notNull(),
    /** ERC-7913 signer. */
    signer: p.hex().notNull(),
    enrolledAt: p.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.number] }) }),
);

/** What second factors confirmed: orders, trades and drafted claims by their digest, calls by `callSubject`. */
export const confirmation = onchainTable(
  "confirmation",
  (p) => ({
    /** Number of the participant. */
    participantId: p.integer().notNull(),
    /** Number of the second factor; one that was replaced since no longer counts. */
    factor: p.integer().notNull(),
    /** Digest of what was confirmed. */
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
    /** Number of the participant. */
    participantId: p.integer().notNull(),
    /** The day on which it committed itself. */
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** What it committed in all. */
    exposureFen: p.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.day] }) }),
);

/** Whose an address is, or was until another account took its place. */
export const account = onchainTable(
  "account",
  (p) => ({
    /** The account's address. */
    address: p.hex().primaryKey(),
    /** Whose it is or was. */
    participantId: p.integer().notNull(),
    since: p.bigint().notNull(),
    replacedAt: p.bigint(),
    /** The account that took its place. */
    replacedBy: p.hex(),
  }),
  (table) => ({ byParticipant: index().on(table.participantId) }),
);

/** Another account that two registrars gave a participant, or wanted to, in the order of proposal. */
export const accountReplacement = onchainTable(
  "account_replacement",
  (p) => ({
    participantId: p.integer().notNull(),
    /** Its number among the participant's, from 1. */
    number: p.integer().notNull(),
    /** Where it stands. */
    status: replacementStatus().notNull(),
    /** Address of the account before. */
    former: p.hex().notNull(),
    /** Address of the account after. */
    account: p.hex().notNull(),
    /** Id of the document that says why, or keccak256 of a file. */
    reasonHash: p.hex().notNull(),
    /** Address of the registrar who proposed. */
    proposedBy: p.hex().notNull(),
    /** Address of the registrar who approved; null until then. */
    approvedBy: p.hex(),
    /** Address of the registrar who withdrew it; null if nobody did. */
    withdrawnBy: p.hex(),
    /** From when on it could be completed, unless the account in force objected. */
    completableAt: p.bigint(),
    proposedAt: p.bigint().notNull(),
    /** When it was completed, withdrawn or objected to. */
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
