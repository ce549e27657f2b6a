import { SUBJECT_KINDS } from "../records/enums.ts";
import type { Day } from "../types/time.ts";
import { nameOf } from "../types/words.ts";

/** What a document is about. */
export type Subject =
  | { kind: "Trade" | "Debt" | "Receivable" | "Draft" | "Participant"; id: bigint }
  | { kind: "MeterDay"; meter: bigint; day: Day };

const DAY_BITS = 32n;

/** A subject in the numbers of the registry. */
export function subjectNumbers(subject: Subject | undefined): { subjectKind: number; subject: bigint } {
  if (subject === undefined) return { subjectKind: 0, subject: 0n };
  const subjectKind = SUBJECT_KINDS.indexOf(subject.kind);
  if (subject.kind !== "MeterDay") return { subjectKind, subject: subject.id };
  return { subjectKind, subject: (subject.meter << DAY_BITS) | BigInt(subject.day) };
}

/** The subject of numbers of the registry; undefined where there is none. */
export function subjectOf(kept: { subjectKind: number; subject: bigint }): Subject | undefined {
  const kind = nameOf(SUBJECT_KINDS, kept.subjectKind);
  if (kind === "None") return undefined;
  if (kind !== "MeterDay") return { kind, id: kept.subject };
  return { kind, meter: kept.subject >> DAY_BITS, day: Number(kept.subject & (2n ** DAY_BITS - 1n)) };
}
