import { Link } from "@tanstack/react-router";
import { useIndexed } from "../indexed/index.ts";
import { useParticipant } from "../wallets/index.ts";
import { time, useWords } from "../words/index.ts";
import { DOCUMENTS_ABOUT } from "./documentQueries.ts";
import { ReaderName } from "./ReaderName.tsx";
import { KIND_WORDS, type SubjectWord } from "./words.ts";

export interface RelatedProps {
  kind: Exclude<SubjectWord, "meterDay">;
  id: string;
  /** Whether it is a part of a card that says what it is about. */
  isWithin?: boolean;
}

/** The documents about something, for those who read them, and the way to seal one. */
export default function Related({ kind, id, isWithin }: RelatedProps) {
  const say = useWords();
  const participant = useParticipant();
  const named = kind === "participant" ? { participantId: Number(id) } : { [`${kind}Id`]: id };
  const { data } = useIndexed(DOCUMENTS_ABOUT, { where: { subjectKind: kind, ...named } });
  const rows = data?.documents.items ?? [];
  if (rows.length === 0 && participant === undefined) return null;
  const title = say({ en: "Documents", zh: "文件" });
  return (
    <section className={isWithin ? "stack" : "card stack"} aria-label={title}>
      {!isWithin && <h2>{title}</h2>}
      {rows.length > 0 && (
        <ul className="stack">
          {rows.map((row) => (
            <li key={row.id}>
              <Link to="/documents/$id" params={{ id: row.id }}>
                {say(KIND_WORDS[row.kind as keyof typeof KIND_WORDS])}
              </Link>
              {row.successorId !== null && say({ en: " (replaced)", zh: "（已被替代）" })}{" "}
              <small>
                {say({ en: "of ", zh: "所有者：" })}
                <ReaderName reader={row.owner} />
                {say({ en: ", anchored ", zh: "，登记于 " })}
                <span className="unbroken">{time(BigInt(row.anchoredAt))}</span>
              </small>
            </li>
          ))}
        </ul>
      )}
      {participant !== undefined && (
        <p className="no-print">
          <Link to="/documents/new" search={{ about: kind, id }} className="button s">
            {say({ en: "Seal a file about this", zh: "就此加密文件" })}
          </Link>
        </p>
      )}
    </section>
  );
}
