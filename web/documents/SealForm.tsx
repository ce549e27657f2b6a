import "./documents.css";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Hex } from "viem";
import type { Subject } from "../../sdk/documents/subject.ts";
import { parseDay } from "../../sdk/types/time.ts";
import { reachChain } from "../chain/index.ts";
import { Failed, Field, reading } from "../design/index.ts";
import { useIndexed } from "../indexed/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import { AsReader } from "./AsReader.tsx";
import { KEYED_READERS } from "./documentQueries.ts";
import type { Myself } from "./keyring.ts";
import { readerWords } from "./ReaderName.tsx";
import type { SealSearch } from "./sealSearch.ts";
import { KIND_WORDS, type KindWord, kindOf, SUBJECT_WORDS, type SubjectWord, WHO_SEES } from "./words.ts";

const TITLE: Sentence = { en: "Seal a file", zh: "加密文件" };
const MOST_BYTES = 20 * 1024 * 1024;

/** Seals a file for named readers; the next screen anchors it and hands it in. */
export function SealForm({ search }: { search: SealSearch }) {
  return <AsReader title={TITLE}>{(me) => <Form me={me} search={search} />}</AsReader>;
}

function Form({ me, search }: { me: Myself; search: SealSearch }) {
  const say = useWords();
  const navigate = useNavigate();
  const [file, setFile] = useState<File>();
  const [kind, setKind] = useState<KindWord>(search.kind ?? (search.about === "draft" ? "invoice" : "contract"));
  const [about, setAbout] = useState<SubjectWord | "">(search.about ?? "");
  const [number, setNumber] = useState(search.id ?? "");
  const [date, setDate] = useState("");
  const [readers, setReaders] = useState<readonly string[]>([]);
  const subject = subjectFrom(about, number, date);
  const isTooLarge = file !== undefined && file.size > MOST_BYTES;
  const sealing = useMutation({
    mutationFn: async () => {
      const [{ platform }, { seal: sealFor }, { readerOfText }] = await Promise.all([
        reachChain(),
        import("./papers.ts"),
        import("./keyring.ts"),
      ]);
      const input = {
        ...{ file: file!, name: file!.name, owner: me.reader, kind: kindOf(kind) },
        ...(typeof subject === "object" && { subject }),
        ...(search.replaces !== undefined && { predecessor: search.replaces as Hex }),
      };
      const id = await sealFor(platform, input, readers.map(readerOfText));
      await navigate({ to: "/documents/$id", params: { id } });
    },
  });
  return (
    <>
      <p className="note">{say(WHO_SEES)}</p>
      {search.replaces !== undefined && (
        <p className="note warn">
          {say({
            en: "This is a new version: it has a key of its own and is read only by those whom you name now. The former one stays readable for its readers.",
            zh: "这是新版本：使用新的密钥，仅由此处指定的读者阅读；旧版本的读者仍可阅读旧版本。",
          })}
        </p>
      )}
      <section className="card stack">
        <div className="columns">
          <Field
            label={{ en: "File", zh: "文件" }}
            wrong={
              isTooLarge ? { en: "It has more than 20 MB: divide it.", zh: "文件超过 20 MB：请拆分。" } : undefined
            }
            hint={
              file === undefined
                ? {
                    en: "Up to 20 MB; it is encrypted before it leaves this browser.",
                    zh: "最大 20 MB；离开本浏览器前即已加密。",
                  }
                : { en: file.name, zh: file.name }
            }
          >
            <input type="file" onChange={({ target }) => setFile(target.files?.[0])} />
          </Field>
          <Field label={{ en: "What it is", zh: "类型" }}>
            <select value={kind} onChange={({ target }) => setKind(target.value as KindWord)}>
              {Object.entries(KIND_WORDS).map(([word, words]) => (
                <option key={word} value={word}>
                  {say(words)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={{ en: "About", zh: "对象" }}>
            <select value={about} onChange={({ target }) => setAbout(target.value as SubjectWord | "")}>
              <option value="">{say({ en: "nothing in particular", zh: "无特定对象" })}</option>
              {Object.entries(SUBJECT_WORDS).map(([word, words]) => (
                <option key={word} value={word}>
                  {say(words)}
                </option>
              ))}
            </select>
          </Field>
          {about !== "" && (
            <Field
              label={
                about === "meterDay"
                  ? { en: "Number of the meter", zh: "计量点编号" }
                  : { en: "Its number", zh: "编号" }
              }
              wrong={
                subject === "wrong" && number !== ""
                  ? { en: "Write its number, such as 17.", zh: "请填写编号，例如 17。" }
                  : undefined
              }
            >
              <input inputMode="numeric" value={number} onChange={({ target }) => setNumber(target.value)} />
            </Field>
          )}
          {about === "meterDay" && (
            <Field label={{ en: "Day", zh: "日期" }}>
              <input type="date" value={date} onChange={({ target }) => setDate(target.value)} />
            </Field>
          )}
        </div>
        {about === "trade" && typeof subject === "object" && (
          <TakeEvidence
            id={number}
            take={(bundle) => {
              setFile(bundle);
              setKind("evidence");
            }}
          />
        )}
        <ReaderChoice me={me} chosen={readers} choose={setReaders} />
        {sealing.isError && <Failed error={sealing.error} />}
        <p>
          <button
            type="button"
            className="button primary"
            disabled={sealing.isPending || file === undefined || isTooLarge || subject === "wrong"}
            onClick={() => sealing.mutate()}
          >
            {say(sealing.isPending ? { en: "Encrypting …", zh: "正在加密……" } : { en: "Encrypt it", zh: "加密" })}
          </button>
        </p>
      </section>
    </>
  );
}

/** Proves a trade from the node and takes the bundle as the file. */
function TakeEvidence({ id, take }: { id: string; take: (file: File) => void }) {
  const say = useWords();
  const gathering = useMutation({
    mutationFn: async () => {
      const [{ platform }, { evidence, evidenceFile, evidenceName }] = await Promise.all([
        reachChain(),
        import("./exhibit.ts"),
      ]);
      take(
        new File([evidenceFile(await evidence(platform, BigInt(id)))], evidenceName(id), { type: "application/json" }),
      );
    },
  });
  return (
    <div className="stack">
      {gathering.isError && <Failed error={gathering.error} />}
      <p>
        <button type="button" className="button s" disabled={gathering.isPending} onClick={() => gathering.mutate()}>
          {say(
            gathering.isPending
              ? { en: "Proving …", zh: "正在举证……" }
              : { en: `Take the evidence of trade ${id} as the file`, zh: `以交易 ${id} 的证据包为文件` },
          )}
        </button>
      </p>
    </div>
  );
}

interface ReaderChoiceProps {
  me: Myself;
  chosen: readonly string[];
  choose: (readers: readonly string[]) => void;
}

/** Who reads it beside owner and auditor: everybody who has a key in force. */
function ReaderChoice({ me, chosen, choose }: ReaderChoiceProps) {
  const say = useWords();
  const { keyed, auditor } = useKeyedReaders();
  const offered = keyed.filter((reader) => reader !== String(me.reader) && reader !== auditor);
  return (
    <fieldset className="readers">
      <legend>{say({ en: "Readers", zh: "读者" })}</legend>
      <p className="soft">
        {say({
          en: "You and the auditor in charge read it in any case. Who is missing here has no reading key yet.",
          zh: "您本人与现任审计方必为读者。未列出者尚未登记阅读密钥。",
        })}
      </p>
      <ul className="row">
        {offered.map((reader) => (
          <li key={reader}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(reader)}
                onChange={({ target }) =>
                  choose(target.checked ? [...chosen, reader] : chosen.filter((each) => each !== reader))
                }
              />
              <span>{say(readerWords(reader))}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** Readers with a key in force, and the auditor, as the index has them; the chain is asked again when something is sealed. */
export function useKeyedReaders(): { keyed: string[]; auditor: string | undefined } {
  const { data } = useIndexed(KEYED_READERS, {});
  const keys = data?.readerKeys.items ?? [];
  const keyed = keys.flatMap(({ reader, retiredAt, revokedAt, number }) => {
    const isLatest = keys.every((each) => each.reader !== reader || each.number <= number);
    return isLatest && retiredAt === null && revokedAt === null ? [reader] : [];
  });
  keyed.sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
  return { keyed, auditor: data?.documentAuditors.items[0]?.reader };
}

/** Undefined for nothing in particular. */
function subjectFrom(about: SubjectWord | "", number: string, date: string): Subject | "wrong" | undefined {
  if (about === "") return undefined;
  if (!/^[1-9]\d{0,17}$/.test(number.trim())) return "wrong";
  const id = BigInt(number.trim());
  if (about !== "meterDay") return { kind: kindOf(about), id };
  const day = reading(date, parseDay).value;
  return day === undefined ? "wrong" : { kind: "MeterDay", meter: id, day };
}
