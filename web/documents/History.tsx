import { Link } from "@tanstack/react-router";
import { fromIndex, Mark } from "../design/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { type Sentence, time, useWords } from "../words/index.ts";
import { DOCUMENT_HISTORY, type DocumentHistory } from "./documentQueries.ts";
import { ReaderName } from "./ReaderName.tsx";

interface Step {
  at: string;
  words: Sentence;
  reader: string | undefined;
}

/** When it was anchored, and when readers came, were given new envelopes and left. */
export default function History({ id }: { id: string }) {
  const say = useWords();
  const { data } = useIndexed(DOCUMENT_HISTORY, { id: id.toLowerCase() });
  if (data?.document == null) return null;
  const { anchoredTx, predecessorId } = data.document;
  return (
    <section className="card stack">
      <h2>{say({ en: "What happened when", zh: "登记经过" })}</h2>
      <ol className="stack">
        {stepsOf(data).map(({ at, words, reader }) => (
          <li key={`${at} ${words.en} ${reader}`}>
            <span className="unbroken">{time(BigInt(at))}</span> {say(words)}
            {reader !== undefined && <ReaderName reader={reader} />}
          </li>
        ))}
      </ol>
      {predecessorId !== null && (
        <p>
          {say({ en: "It replaces ", zh: "所替代的文件：" })}
          <Link to="/documents/$id" params={{ id: predecessorId }} className="mono">
            {predecessorId}
          </Link>
        </p>
      )}
      <p>
        <Link to="/tx/$hash" params={{ hash: anchoredTx }}>
          {say({ en: "The transaction that anchored it", zh: "登记交易" })}
        </Link>{" "}
        <Mark trust="indexed" words={fromIndex(blockOf(data))} />
      </p>
    </section>
  );
}

function stepsOf({ document, documentReaders }: DocumentHistory): Step[] {
  const anchored = document === null ? [] : [{ at: document.anchoredAt, words: ANCHORED, reader: undefined }];
  const ofReaders = documentReaders.items.flatMap(({ reader, addedAt, rewrappedAt, removedAt }) => [
    { at: addedAt, words: ADDED, reader },
    ...(rewrappedAt === null ? [] : [{ at: rewrappedAt, words: REWRAPPED, reader }]),
    ...(removedAt === null ? [] : [{ at: removedAt, words: REMOVED, reader }]),
  ]);
  return [...anchored, ...ofReaders].sort((a, b) =>
    BigInt(a.at) < BigInt(b.at) ? -1 : BigInt(a.at) > BigInt(b.at) ? 1 : 0,
  );
}

const ANCHORED: Sentence = { en: "anchored", zh: "登记上链" };
const ADDED: Sentence = { en: "reader added: ", zh: "增加读者：" };
const REWRAPPED: Sentence = { en: "new envelope for the new key of ", zh: "为新密钥重新封装：" };
const REMOVED: Sentence = { en: "reader removed: ", zh: "移除读者：" };
