import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Asked, type Column, Empty, fromIndex, Listing, Mark } from "../design/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { type Sentence, time, useWords } from "../words/index.ts";
import { About, subjectOfRow } from "./About.tsx";
import { AsReader } from "./AsReader.tsx";
import { type DocumentRow, MY_DOCUMENTS } from "./documentQueries.ts";
import { unfinishedCopies } from "./kept.ts";
import type { Myself } from "./keyring.ts";
import { ReaderName, readerWords } from "./ReaderName.tsx";
import { KIND_WORDS, WHO_SEES } from "./words.ts";

const TITLE: Sentence = { en: "Documents", zh: "文件" };

/** What the connected account may read, and what it sealed and did not finish. */
export function Documents() {
  return <AsReader title={TITLE}>{(me) => <Mine me={me} />}</AsReader>;
}

function Mine({ me }: { me: Myself }) {
  const say = useWords();
  const query = useIndexed(MY_DOCUMENTS, { reader: String(me.reader) });
  return (
    <>
      <p className="note">{say(WHO_SEES)}</p>
      <div className="row no-print">
        <Link to="/documents/new" className="button primary">
          {say({ en: "Seal a file", zh: "加密文件" })}
        </Link>
        <Link to="/documents/keys" className="button">
          {say({ en: "Reading key", zh: "阅读密钥" })}
        </Link>
      </div>
      <Unfinished />
      <Asked query={query}>
        {(answer) => {
          const rows = answer.documentReaders.items.flatMap(({ document, removedAt }) =>
            document === null || removedAt !== null ? [] : [document],
          );
          return (
            <>
              {rows.length === 0 ? (
                <div className="card">
                  <Empty>
                    {say({
                      en: "Nothing is sealed for you yet: once your reading key is enrolled, others can name you.",
                      zh: "尚无为您加密的文件：登记阅读密钥后，他人即可将您列为读者。",
                    })}
                  </Empty>
                </div>
              ) : (
                <DocumentList rows={rows} label={{ en: "Documents that you may read", zh: "可读的文件" }} />
              )}
              <p>
                <Mark trust="indexed" words={fromIndex(blockOf(answer))} />
              </p>
            </>
          );
        }}
      </Asked>
    </>
  );
}

/** What was sealed in this browser and did not reach the chain, or the operator. */
function Unfinished() {
  const say = useWords();
  const { data = [] } = useQuery({
    queryKey: ["chain", "copies", "unfinished"],
    queryFn: unfinishedCopies,
    staleTime: 0,
  });
  if (data.length === 0) return null;
  return (
    <section className="note warn stack">
      <p>
        {say({
          en: "Sealed in this browser and not finished: open it to go on where it was.",
          zh: "以下文件已在此浏览器中加密但尚未完成：打开即可从中断处继续。",
        })}
      </p>
      <ul>
        {data.map(({ id }) => (
          <li key={id}>
            <Link to="/documents/$id" params={{ id }} className="mono">
              {short(id)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Documents as everybody sees them; each leads to its screen. */
function DocumentList({ rows, label }: { rows: readonly DocumentRow[]; label: Sentence }) {
  const say = useWords();
  const saidReader = (owner: string) => say(readerWords(owner));
  const link = (row: DocumentRow) => (
    <Link to="/documents/$id" params={{ id: row.id }}>
      {say(KIND_WORDS[row.kind as keyof typeof KIND_WORDS])}
      {row.successorId !== null && say({ en: " (replaced)", zh: "（已被替代）" })}
    </Link>
  );
  const columns: Column<DocumentRow>[] = [
    { title: { en: "Document", zh: "文件" }, cell: link },
    { title: { en: "About", zh: "对象" }, cell: (row) => <About subject={subjectOfRow(row)} /> },
    { title: { en: "Owner", zh: "所有者" }, cell: ({ owner }) => <ReaderName reader={owner} /> },
    { title: { en: "Anchored", zh: "登记时间" }, cell: ({ anchoredAt }) => time(BigInt(anchoredAt)) },
    { title: { en: "Id", zh: "编号" }, cell: ({ id }) => <code>{short(id)}</code> },
  ];
  return (
    <section className="card">
      <Listing
        label={label}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        lines={(row) => ({
          first: [link(row), <About key="about" subject={subjectOfRow(row)} />],
          second: [saidReader(row.owner), time(BigInt(row.anchoredAt)).slice(0, 10)],
        })}
      />
    </section>
  );
}

const short = (id: string): string => `${id.slice(0, 10)}…${id.slice(-6)}`;
