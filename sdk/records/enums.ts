// Generated from the contracts by `npm run codegen`. Do not edit.

/** What a document is. The index is the number on chain. */
export const DOCUMENT_KINDS = [
  "None",
  /** Of a trade, or a framework for several. */
  "Contract",
  /** A VAT invoice. */
  "Invoice",
  /** Of a metering centre, on a meter or one of its days. */
  "MeterCertificate",
  /** Licence, authority and other papers of an application. */
  "Credential",
  /** Why something was refused, frozen, suspended or written off. */
  "Reason",
  /** What is laid before an arbiter. */
  "Exhibit",
  /** Everything that proves one trade, as the sdk gathers it. */
  "Evidence",
  /** How a score came about. */
  "ScoreCard",
] as const;
/** One of `DOCUMENT_KINDS`. */
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What a document is about, beside the hash fields that name it. The index is the number on chain. */
export const SUBJECT_KINDS = [
  "None",
  "Trade",
  /** Number of the meter * 2^32 + day. */
  "MeterDay",
  "Debt",
  "Receivable",
  "Draft",
  "Participant",
] as const;
/** One of `SUBJECT_KINDS`. */
export type SubjectKind = (typeof SUBJECT_KINDS)[number];
