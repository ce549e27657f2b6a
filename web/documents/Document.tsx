import "./documents.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Hex } from "viem";
import { reachChain, useChain } from "../chain/index.ts";
import { Asked, Empty, Facts, Failed, Loading, Titled } from "../design/index.ts";
import { Send, useSigner } from "../wallets/index.ts";
import { type Sentence, time, useFormat, useWords } from "../words/index.ts";
import { About } from "./About.tsx";
import { AsReader } from "./AsReader.tsx";
import { copyOf, forgetCopy, type KeptCopy } from "./kept.ts";
import type { Myself } from "./keyring.ts";
import type { DocumentNow } from "./papers.ts";
import { ReaderName } from "./ReaderName.tsx";
import { storeFor } from "./sessions.ts";
import { KIND_WORDS, type KindWord, WHO_SEES, wordOf } from "./words.ts";

const Opened = lazy(() => import("./Opened.tsx"));
const Readers = lazy(() => import("./Readers.tsx"));
const History = lazy(() => import("./History.tsx"));

const TITLE: Sentence = { en: "Document", zh: "文件" };

/** One document: what everybody sees of it, and for its readers what it says. */
export function DocumentView({ id }: { id: Hex }) {
  if (!/^0x[0-9a-fA-F]{64}$/.test(id)) return <NoDocument />;
  return <AsReader title={TITLE}>{(me) => <Asking id={id} me={me} />}</AsReader>;
}

function NoDocument() {
  const say = useWords();
  return (
    <Titled title={TITLE}>
      <Empty>
        {say({
          en: "This is the id of no document: it has 0x and 64 digits.",
          zh: "这不是文件编号：应为 0x 和 64 位十六进制数字。",
        })}
      </Empty>
    </Titled>
  );
}

function Asking({ id, me }: { id: Hex; me: Myself }) {
  const now = useChain(["document", id], async ({ platform }) => (await import("./papers.ts")).readNow(platform, id));
  const copy = useCopy(id);
  if (copy.isPending) return <Loading />;
  return (
    <Asked query={now}>
      {(found) =>
        found === null ? (
          <NotAnchored id={id} copy={copy.data ?? undefined} />
        ) : (
          <Known me={me} now={found} copy={copy.data ?? undefined} />
        )
      }
    </Asked>
  );
}

/** What this browser keeps of it; null where it keeps nothing. Asked again with the chain: what is sent changes both. */
const useCopy = (id: Hex) =>
  useQuery({ queryKey: ["chain", "copies", id], queryFn: async () => (await copyOf(id)) ?? null, staleTime: 0 });

/** Sealed here, and not on the chain yet; or nobody's. */
function NotAnchored({ id, copy }: { id: Hex; copy: KeptCopy | undefined }) {
  const say = useWords();
  const client = useQueryClient();
  const sealed = copy?.sealed;
  if (sealed === undefined)
    return (
      <Empty>
        {say({
          en: "No document is anchored under this id: compare it with what its owner wrote.",
          zh: "此编号下没有登记的文件：请与所有者提供的编号核对。",
        })}
      </Empty>
    );
  const again = () => client.invalidateQueries({ queryKey: ["chain", "copies"] });
  return (
    <section className="card stack">
      <h2>{say({ en: "Encrypted, not anchored yet", zh: "已加密，尚未登记" })}</h2>
      <p>
        {say({
          en: "First the chain gets the hashes of ciphertext and envelopes, then the operator the ciphertext. It waits in this browser until both are done.",
          zh: "先将密文与信封的哈希登记上链，再将密文提交运营方。完成前保存在本浏览器中。",
        })}
      </p>
      <Facts
        rows={[
          [{ en: "Id", zh: "编号" }, <code key="id">{id}</code>],
          [
            { en: "Readers", zh: "读者" },
            <span key="readers" className="row">
              {sealed.envelopes.map(({ reader }) => (
                <ReaderName key={reader} reader={reader} />
              ))}
            </span>,
          ],
        ]}
      />
      <div className="row">
        <Send
          title={{ en: "Anchor it", zh: "登记上链" }}
          isPrimary
          call={async (platform) => (await import("./papers.ts")).anchorDocument(platform, sealed)}
        >
          <p>
            {say({
              en: "Owner, kind, subject, readers and hashes go on the chain for good; name and content do not.",
              zh: "所有者、类型、对象、读者与哈希将永久上链；文件名与内容不上链。",
            })}
          </p>
        </Send>
        <button type="button" className="button" onClick={() => void forgetCopy(id).then(again)}>
          {say({ en: "Discard it", zh: "放弃" })}
        </button>
      </div>
    </section>
  );
}

function Known({ me, now, copy }: { me: Myself; now: DocumentNow; copy: KeptCopy | undefined }) {
  const say = useWords();
  const { count } = useFormat();
  const { document, readers } = now;
  const { id, owner, kind, subject, size, anchoredAt, ciphertextHash, successor } = document;
  const reads = readers.some(({ reader }) => reader === me.reader);
  return (
    <>
      {successor !== undefined && (
        <p className="note warn">
          {say({ en: "A new version took its place: ", zh: "已有新版本：" })}
          <Link to="/documents/$id" params={{ id: successor }} className="mono">
            {successor}
          </Link>
        </p>
      )}
      <section className="card stack">
        <h2>{say({ en: "As the chain has it", zh: "链上登记内容" })}</h2>
        <Facts
          rows={[
            [{ en: "Kind", zh: "类型" }, say(KIND_WORDS[wordOf(kind) as KindWord])],
            [{ en: "About", zh: "对象" }, <About key="about" subject={subject} />],
            [{ en: "Owner", zh: "所有者" }, <ReaderName key="owner" reader={owner} />],
            [{ en: "Anchored", zh: "登记时间" }, time(anchoredAt)],
            [
              { en: "Length, encrypted", zh: "密文长度" },
              say({ en: `${count(size)} bytes`, zh: `${count(size)} 字节` }),
            ],
            [{ en: "Id", zh: "编号" }, <code key="id">{id}</code>],
            [{ en: "Hash of the ciphertext", zh: "密文哈希" }, <code key="hash">{ciphertextHash}</code>],
          ]}
        />
        <details>
          <summary>{say({ en: "Who sees what", zh: "谁能看到什么" })}</summary>
          <p>{say(WHO_SEES)}</p>
        </details>
      </section>
      {copy !== undefined && !copy.isHandedIn && reads && <HandIn copy={copy} />}
      <Suspense fallback={<Loading />}>
        {reads ? (
          <Opened me={me} now={now} />
        ) : (
          <section className="card">
            <Empty>
              {say({
                en: "You are not among its readers: neither the operator nor this page can show you what it says. Its owner can add you.",
                zh: "您不是该文件的读者：运营方与本页面都无法向您显示内容。所有者可将您加入。",
              })}
            </Empty>
          </section>
        )}
        {!reads && <Readers me={me} now={now} opened={undefined} />}
        <History id={id} />
      </Suspense>
    </>
  );
}

/** Hands ciphertext and envelopes to the operator, and goes on after a break where it was. */
function HandIn({ copy }: { copy: KeptCopy }) {
  const say = useWords();
  const client = useQueryClient();
  const signer = useSigner();
  const [parts, setParts] = useState<{ here: number; all: number }>();
  const handing = useMutation({
    mutationFn: async () => {
      const [{ platform }, { handIn, PART_BYTES }, store] = await Promise.all([
        reachChain(),
        import("./papers.ts"),
        storeFor(signer!),
      ]);
      await handIn(platform, store, copy, ({ size, missing }) => {
        const all = Math.ceil(size / PART_BYTES);
        setParts({ here: all - missing.length, all });
      });
      await client.invalidateQueries({ queryKey: ["chain", "copies"] });
    },
  });
  return (
    <section className="note warn stack">
      <p>
        {say({
          en: "The operator has not got everything of it: until then its readers cannot fetch it. What breaks off goes on where it was, after a reload too.",
          zh: "运营方尚未收到全部内容，读者暂时无法获取。中断后（包括重新载入页面后）可从断点继续。",
        })}
      </p>
      {parts !== undefined && (
        <p>
          <progress max={parts.all} value={parts.here} aria-label={say({ en: "Handed in", zh: "已提交" })} />{" "}
          {say({ en: `${parts.here} of ${parts.all} MiB`, zh: `${parts.here} / ${parts.all} MiB` })}
        </p>
      )}
      {handing.isError && <Failed error={handing.error} />}
      <p>
        <button
          type="button"
          className="button primary"
          disabled={handing.isPending || signer === undefined}
          onClick={() => handing.mutate()}
        >
          {say(
            handing.isPending
              ? { en: "Handing in …", zh: "正在提交……" }
              : handing.isError
                ? { en: "Go on where it broke off", zh: "从中断处继续" }
                : { en: "Hand it in to the operator", zh: "提交运营方" },
          )}
        </button>
      </p>
    </section>
  );
}
