import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { OpenedDocument } from "../../sdk/documents/open.ts";
import { type Column, Field, Listing } from "../design/index.ts";
import { Send } from "../wallets/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import type { Myself } from "./keyring.ts";
import type { DocumentNow, ReaderNow } from "./papers.ts";
import { ReaderName, readerWords } from "./ReaderName.tsx";
import { useKeyedReaders } from "./SealForm.tsx";
import { type KindWord, STAYS_READ, wordOf } from "./words.ts";

interface ReadersProps {
  me: Myself;
  now: DocumentNow;
  /** What it says, once it was opened here: only who can read it lets others read it. */
  opened: OpenedDocument | undefined;
}

/** Who reads a document, and for its owner how that is changed. */
export default function Readers({ me, now: { document, readers }, opened }: ReadersProps) {
  const say = useWords();
  const isOwner = document.owner === me.reader;
  const state = (one: ReaderNow) => say(STATES[stateOf(one, document.owner)]);
  const act = (one: ReaderNow) => (
    <span className="row">
      {one.isReplaced && opened !== undefined && (
        <Send
          isSmall
          title={{ en: `Wrap it again for ${one.reader}`, zh: `为 ${one.reader} 重新封装` }}
          call={async (platform) => (await import("./papers.ts")).wrapAgain(platform, opened, one.reader, "rewrap")}
        >
          <p>
            {say({
              en: `Reader ${one.reader} gets an envelope for its new key; afterwards it is handed in to the operator.`,
              zh: `读者 ${one.reader} 将得到为其新密钥封装的信封；随后提交运营方。`,
            })}
          </p>
        </Send>
      )}
      {isOwner && !one.stays && (
        <Send
          isSmall
          title={{ en: `Remove ${one.reader}`, zh: `移除 ${one.reader}` }}
          call={async (platform) => (await import("./papers.ts")).removeReader(platform, document.id, one.reader)}
        >
          <p>{say(STAYS_READ)}</p>
        </Send>
      )}
    </span>
  );
  const columns: Column<ReaderNow>[] = [
    { title: { en: "Reader", zh: "读者" }, cell: ({ reader }) => <ReaderName reader={reader} /> },
    { title: { en: "Key", zh: "密钥序号" }, cell: ({ key }) => key },
    { title: { en: "State", zh: "状态" }, cell: state },
    { title: { en: "Change", zh: "变更" }, cell: act },
  ];
  return (
    <section className="card stack">
      <h2>{say({ en: "Readers", zh: "读者" })}</h2>
      <Listing
        label={{ en: "Readers", zh: "读者" }}
        columns={columns}
        rows={readers}
        keyOf={({ reader }) => String(reader)}
        lines={(one) => ({
          first: [<ReaderName key="reader" reader={one.reader} />, act(one)],
          second: [state(one), say({ en: `key ${one.key}`, zh: `第 ${one.key} 号密钥` })],
        })}
      />
      {isOwner && opened !== undefined && (
        <AddReader opened={opened} present={readers.map(({ reader }) => String(reader))} />
      )}
      {isOwner && opened === undefined && (
        <p className="soft">{say({ en: "Open it to add a reader.", zh: "打开文件后可增加读者。" })}</p>
      )}
      {isOwner && document.successor === undefined && (
        <p className="no-print">
          <Link
            to="/documents/new"
            search={{ replaces: document.id, kind: wordOf(document.kind) as KindWord }}
            className="button s"
          >
            {say({ en: "Seal a new version", zh: "加密新版本" })}
          </Link>
        </p>
      )}
    </section>
  );
}

const STATES = {
  replaced: { en: "has another key now: needs a new envelope", zh: "密钥已更换，需重新封装" },
  owner: { en: "owns it", zh: "所有者" },
  auditor: { en: "auditor: reads every document", zh: "审计方：阅读全部文件" },
  reads: { en: "reads it", zh: "可阅读" },
} as const satisfies Record<string, Sentence>;

function stateOf({ reader, isReplaced, stays }: ReaderNow, owner: ReaderNow["reader"]): keyof typeof STATES {
  if (isReplaced) return "replaced";
  if (reader === owner) return "owner";
  return stays ? "auditor" : "reads";
}

interface AddReaderProps {
  opened: OpenedDocument;
  present: readonly string[];
}

function AddReader({ opened, present }: AddReaderProps) {
  const say = useWords();
  const [chosen, setChosen] = useState("");
  const offered = useKeyedReaders().keyed.filter((reader) => !present.includes(reader));
  return (
    <div className="row no-print" style={{ alignItems: "end" }}>
      <Field label={{ en: "Another reader", zh: "新增读者" }}>
        <select value={chosen} onChange={({ target }) => setChosen(target.value)}>
          <option value="">{say({ en: "choose", zh: "请选择" })}</option>
          {offered.map((reader) => (
            <option key={reader} value={reader}>
              {say(readerWords(reader))}
            </option>
          ))}
        </select>
      </Field>
      <Send
        title={{ en: "Add the reader", zh: "增加读者" }}
        isDisabled={chosen === ""}
        call={async (platform) => {
          const [{ wrapAgain }, { readerOfText }] = await Promise.all([import("./papers.ts"), import("./keyring.ts")]);
          return wrapAgain(platform, opened, readerOfText(chosen), "add");
        }}
        done={() => setChosen("")}
      >
        <p>
          {say({
            en: `Reader ${chosen} gets an envelope of its own and reads the document for good; nothing is encrypted again.`,
            zh: `读者 ${chosen} 将得到自己的信封并可长期阅读该文件；内容无需重新加密。`,
          })}
        </p>
      </Send>
    </div>
  );
}
