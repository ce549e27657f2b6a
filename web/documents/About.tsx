import { Link } from "@tanstack/react-router";
import type { Subject } from "../../sdk/documents/subject.ts";
import { formatDay } from "../../sdk/types/time.ts";
import { type Sentence, unbroken, useWords } from "../words/index.ts";
import type { DocumentRow } from "./documentQueries.ts";
import { SUBJECT_WORDS, type SubjectWord, wordOf } from "./words.ts";

/** What a document is about, with the way to it; a dash where it stands for itself. */
export function About({ subject }: { subject: Subject | undefined }) {
  const say = useWords();
  if (subject === undefined) return <>—</>;
  if (subject.kind === "MeterDay") {
    const [id, date] = [String(subject.meter), formatDay(subject.day)];
    return (
      <Link to="/meters/$id/$date" params={{ id, date }}>
        {say({ en: `meter ${id}, ${unbroken(date)}`, zh: `计量点 ${id}，${unbroken(date)}` })}
      </Link>
    );
  }
  const [id, words] = [String(subject.id), numbered(wordOf(subject.kind), String(subject.id))];
  switch (subject.kind) {
    case "Trade":
      return (
        <Link to="/trades/$id" params={{ id }}>
          {say(words)}
        </Link>
      );
    case "Receivable":
      return (
        <Link to="/receivables/$id" params={{ id }}>
          {say(words)}
        </Link>
      );
    case "Participant":
      return (
        <Link to="/participants/$id" params={{ id }}>
          {say(words)}
        </Link>
      );
    case "Draft":
      return <Link to="/drafts">{say(words)}</Link>;
    case "Debt":
      return <Link to="/payables">{say(words)}</Link>;
  }
}

const numbered = (word: SubjectWord, id: string): Sentence => ({
  en: `${SUBJECT_WORDS[word].en} ${id}`,
  zh: `${SUBJECT_WORDS[word].zh} ${id}`,
});

/** The subject of a row of the index. */
export function subjectOfRow(row: DocumentRow): Subject | undefined {
  if (row.meterId !== null && row.meterDay !== null)
    return { kind: "MeterDay", meter: BigInt(row.meterId), day: row.meterDay };
  const named = [
    ["Trade", row.tradeId],
    ["Draft", row.draftId],
    ["Receivable", row.receivableId],
    ["Debt", row.debtId],
    ["Participant", row.participantId],
  ] as const;
  const found = named.find(([, id]) => id !== null);
  return found && { kind: found[0], id: BigInt(found[1]!) };
}
