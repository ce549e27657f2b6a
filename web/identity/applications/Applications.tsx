import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Asked, type Column, Empty, fromIndex, Listing, Mark, Titled } from "../../design/index.ts";
import { blockOf, useIndexed } from "../../indexed/index.ts";
import { useNames } from "../../records/useNames.ts";
import { type Sentence, time, unbroken, useWords } from "../../words/index.ts";
import { AddressBook } from "../AddressBook.tsx";
import { KIND_WORDS } from "../words.ts";
import {
  APPLICATIONS,
  type ApplicationsAnswer,
  type DecidedRow,
  type ReplacementWaiting,
  type WaitingRow,
} from "./applicationQueries.ts";
import { DECISION_WORDS, REPLACEMENT_WORDS, shortOf } from "./fields.ts";

const Proposing = lazy(() => import("./Proposing.tsx"));

/** The registrars' desk: what waits for a second of them, what one of them proposes, and what was decided. */
export function Applications() {
  const query = useIndexed(APPLICATIONS, {});
  return (
    <Titled title={{ en: "Applications", zh: "注册申请" }}>
      <Asked query={query}>{(answer) => <Waiting answer={answer} />}</Asked>
      <Suspense>
        <Proposing />
      </Suspense>
      <AddressBook />
      <Asked query={query}>{(answer) => <Decided answer={answer} />}</Asked>
    </Titled>
  );
}

function Waiting({ answer }: { answer: ApplicationsAnswer }) {
  const say = useWords();
  const [waiting, replacements] = [answer.waiting.items, answer.replacements.items];
  return (
    <section className="card stack">
      <h2>{say({ en: "Waiting", zh: "待办" })}</h2>
      {waiting.length + replacements.length === 0 && (
        <Empty>
          {say({
            en: "Nothing waits: what a registrar proposes stands here until another has decided.",
            zh: "暂无待办：注册员提交的申请将显示于此，直至另一名注册员作出决定。",
          })}
        </Empty>
      )}
      {waiting.length > 0 && <Applied rows={waiting} />}
      {replacements.length > 0 && <Replacements rows={replacements} />}
      <p>
        <Mark trust="indexed" words={fromIndex(blockOf(answer))} />
      </p>
    </section>
  );
}

function Of({ participant }: { participant: number }) {
  const say = useWords();
  const name = useNames()?.get(participant);
  return (
    <>
      <Link to="/applications/$id" params={{ id: String(participant) }} className="unbroken">
        {say({ en: `Application of ${participant}`, zh: `参与方 ${participant} 的申请` })}
      </Link>
      {name !== undefined && <> {say(name)}</>}
    </>
  );
}

/** Its first proposal is that of a newcomer. */
const isNewcomer = ({ number }: { number: number }): Sentence =>
  number === 1 ? { en: "newcomer", zh: "新参与方" } : { en: "renewal", zh: "变更" };

function Applied({ rows }: { rows: readonly WaitingRow[] }) {
  const say = useWords();
  const kinds = (row: WaitingRow) =>
    row.kinds.map((kind) => say(KIND_WORDS[kind] ?? { en: kind, zh: kind })).join(say({ en: ", ", zh: "、" }));
  const columns: Column<WaitingRow>[] = [
    { title: { en: "Application", zh: "申请" }, cell: ({ participantId }) => <Of participant={participantId} /> },
    { title: { en: "For", zh: "事项" }, cell: (row) => say(isNewcomer(row)) },
    { title: { en: "Kinds", zh: "类型" }, cell: kinds },
    { title: { en: "Admitted until", zh: "有效期至" }, cell: ({ validUntilDate }) => unbroken(validUntilDate) },
    { title: { en: "Proposed by", zh: "提交人" }, cell: ({ proposedBy }) => <code>{shortOf(proposedBy)}</code> },
    { title: { en: "Proposed", zh: "提交时间" }, cell: ({ proposedAt }) => time(BigInt(proposedAt)) },
  ];
  return (
    <Listing
      label={{ en: "Applications that wait", zh: "待复核的申请" }}
      columns={columns}
      rows={rows}
      keyOf={({ participantId, number }) => `${participantId} ${number}`}
      lines={(row) => ({
        first: [<Of key="of" participant={row.participantId} />, say(isNewcomer(row))],
        second: [kinds(row), time(BigInt(row.proposedAt))],
      })}
    />
  );
}

function Replacements({ rows }: { rows: readonly ReplacementWaiting[] }) {
  const say = useWords();
  const status = ({ status: word }: ReplacementWaiting) => say(REPLACEMENT_WORDS[word] ?? { en: word, zh: word });
  const completable = ({ completableAt }: ReplacementWaiting) =>
    completableAt === null ? "—" : time(BigInt(completableAt));
  const columns: Column<ReplacementWaiting>[] = [
    { title: { en: "Application", zh: "申请" }, cell: ({ participantId }) => <Of participant={participantId} /> },
    { title: { en: "For", zh: "事项" }, cell: () => say({ en: "another account", zh: "更换账户" }) },
    { title: { en: "State", zh: "状态" }, cell: status },
    { title: { en: "Proposed by", zh: "提交人" }, cell: ({ proposedBy }) => <code>{shortOf(proposedBy)}</code> },
    { title: { en: "Completed from", zh: "可完成时间" }, cell: completable },
  ];
  return (
    <Listing
      label={{ en: "Accounts that are to be replaced", zh: "待更换的账户" }}
      columns={columns}
      rows={rows}
      keyOf={({ participantId, number }) => `${participantId} ${number}`}
      lines={(row) => ({
        first: [<Of key="of" participant={row.participantId} />, say({ en: "another account", zh: "更换账户" })],
        second: [status(row), completable(row)],
      })}
    />
  );
}

function Decided({ answer }: { answer: ApplicationsAnswer }) {
  const say = useWords();
  const rows = answer.decided.items;
  if (rows.length === 0) return null;
  const decision = ({ decision: word }: DecidedRow) => say(DECISION_WORDS[word] ?? { en: word, zh: word });
  const at = ({ decidedAt }: DecidedRow) => (decidedAt === null ? "—" : time(BigInt(decidedAt)));
  const short = (account: string | null) => (account === null ? "—" : <code>{shortOf(account)}</code>);
  const columns: Column<DecidedRow>[] = [
    { title: { en: "Application", zh: "申请" }, cell: ({ participantId }) => <Of participant={participantId} /> },
    { title: { en: "For", zh: "事项" }, cell: (row) => say(isNewcomer(row)) },
    { title: { en: "Decision", zh: "决定" }, cell: decision },
    { title: { en: "Proposed by", zh: "提交人" }, cell: ({ proposedBy }) => short(proposedBy) },
    { title: { en: "Decided by", zh: "复核人" }, cell: ({ decidedBy }) => short(decidedBy) },
    { title: { en: "Decided", zh: "决定时间" }, cell: at },
  ];
  return (
    <details className="card">
      <summary>{say({ en: `Decided lately: ${rows.length}`, zh: `最近办结：${rows.length} 件` })}</summary>
      <Listing
        label={{ en: "Applications decided lately", zh: "最近办结的申请" }}
        columns={columns}
        rows={rows}
        keyOf={({ participantId, number }) => `${participantId} ${number}`}
        lines={(row) => ({
          first: [<Of key="of" participant={row.participantId} />, decision(row)],
          second: [say(isNewcomer(row)), at(row)],
        })}
      />
    </details>
  );
}
