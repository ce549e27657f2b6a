import type { KIND_WORDS, KindWord, SUBJECT_WORDS, SubjectWord } from "./words.ts";

/** What a link to the form that seals a file may fill in. */
export interface SealSearch {
  about?: SubjectWord | undefined;
  id?: string | undefined;
  /** The document of which this is a new version. */
  replaces?: string | undefined;
  kind?: KindWord | undefined;
}

const SUBJECTS = [
  "trade",
  "draft",
  "receivable",
  "debt",
  "participant",
  "meterDay",
] satisfies (keyof typeof SUBJECT_WORDS)[];
const KINDS = [
  ...["contract", "invoice", "meterCertificate", "credential", "reason", "exhibit", "evidence", "scoreCard"],
] as (keyof typeof KIND_WORDS)[];

/** Takes from an address what the form knows, and nothing else. */
export function sealSearch({ about, id, replaces, kind }: Record<string, unknown>): SealSearch {
  return {
    about: SUBJECTS.find((each) => each === about),
    id: /^\d{1,18}$/.test(String(id)) ? String(id) : undefined,
    replaces: /^0x[0-9a-f]{64}$/i.test(String(replaces)) ? String(replaces) : undefined,
    kind: KINDS.find((each) => each === kind),
  };
}
