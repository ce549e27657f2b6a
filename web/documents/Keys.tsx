import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { reachChain, useChain } from "../chain/index.ts";
import { Asked, Copy, Facts, Failed, Field, save } from "../design/index.ts";
import { Send } from "../wallets/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import { AsReader } from "./AsReader.tsx";
import { EnrolKeys } from "./EnrolKeys.tsx";
import type { KeyStanding, Myself } from "./keyring.ts";

import { LOST_KEY } from "./words.ts";

const TITLE: Sentence = { en: "Reading key", zh: "阅读密钥" };
const LEAST_LETTERS = 12;

/** A reader's key: made and kept in this browser, enrolled by two registrars, replaced after a loss. */
export function Keys() {
  return <AsReader title={TITLE}>{(me) => <OwnKey me={me} />}</AsReader>;
}

function OwnKey({ me }: { me: Myself }) {
  const say = useWords();
  const standing = useChain(["readingKey", me.reader, me.account], async ({ platform }) =>
    (await import("./keyring.ts")).readKeyStanding(platform, me),
  );
  return (
    <>
      <p className="note">
        {say({
          en: "Documents are encrypted for this key, which only reads and signs nothing. It is made in this browser and stays there as an object of which no program gets the private half; the one copy that leaves is a file that your passphrase opens. ",
          zh: "文件为此密钥加密；它只用于阅读，不签署任何内容。密钥在本浏览器中生成并保存，任何程序都不能取出私钥；唯一离开浏览器的是由您的口令加密的备份文件。",
        })}
        {say(LOST_KEY)}
      </p>
      <Asked query={standing}>{(known) => <Known me={me} standing={known} />}</Asked>
      <EnrolKeys />
    </>
  );
}

function Known({ me, standing }: { me: Myself; standing: KeyStanding }) {
  const say = useWords();
  const { enrolled, isHere, waiting } = standing;
  return (
    <>
      <section className="card stack">
        <h2>{say({ en: "In force", zh: "有效密钥" })}</h2>
        <p className={enrolled.inForce && !isHere ? "note bad" : undefined}>{say(saidOf(standing))}</p>
        {enrolled.inForce && (
          <>
            <Facts
              rows={[
                [{ en: "Number", zh: "序号" }, String(enrolled.number)],
                [{ en: "Fingerprint", zh: "指纹" }, <code key="print">{standing.fingerprint}</code>],
              ]}
            />
            <p>
              <Send
                title={{ en: "Retire this key", zh: "停用此密钥" }}
                call={async (platform) => (await import("./keyring.ts")).retireReaderKey(platform)}
              >
                <p>
                  {say({
                    en: `Nobody seals anything for key ${enrolled.number} any more. What was sealed for it stays readable with it; a new key is enrolled by two registrars.`,
                    zh: `此后不再有文件为第 ${enrolled.number} 号密钥加密；已加密的文件仍可用它阅读。新密钥由两名注册员登记。`,
                  })}
                </p>
              </Send>
            </p>
          </>
        )}
      </section>
      {waiting !== undefined && <Waiting me={me} waiting={waiting} />}
      <MakeKey me={me} isFirst={enrolled.number === 0 && waiting === undefined} />
      <LoadKey me={me} />
    </>
  );
}

function saidOf({ enrolled, isHere }: KeyStanding): Sentence {
  if (!enrolled.inForce)
    return {
      en: "You have no key in force: nobody can seal a document for you. Make one below, and have two registrars enrol it.",
      zh: "您没有有效密钥：他人无法为您加密文件。请在下方生成，并由两名注册员登记。",
    };
  if (isHere)
    return {
      en: "It is in this browser: you can open what is sealed for you.",
      zh: "密钥在此浏览器中：可打开为您加密的文件。",
    };
  return {
    en: "It is not in this browser. Load its file below if it is yours. If nobody of yours made it, retire it at once and tell the council: two registrars enrolled it, and what is sealed from now on is readable for its holder.",
    zh: "该密钥不在此浏览器中。如属贵方，请在下方载入备份文件；如非贵方所制，请立即停用并报告理事会：它由两名注册员登记，此后加密的文件可被其持有人阅读。",
  };
}

/** A key that registrars have still to enrol. */
function Waiting({ me, waiting }: { me: Myself; waiting: NonNullable<KeyStanding["waiting"]> }) {
  const say = useWords();
  const { x, y } = waiting.point;
  const text = `${me.reader}:${x}${y.slice(2)}`;
  return (
    <section className="card stack">
      <h2>{say({ en: "Waiting for the registrars", zh: "待注册员登记" })}</h2>
      <p>
        {say({
          en: "Hand this text to a registrar, and read the fingerprint to the second one by a way of your own, such as the telephone number that you know. It says nothing that has to be kept secret.",
          zh: "请将此文本交给一名注册员，并通过另一途径（例如您已知的电话）向第二名注册员读出指纹。其中没有需要保密的内容。",
        })}
      </p>
      <Facts
        rows={[
          [{ en: "Key to enrol", zh: "待登记密钥" }, <code key="text">{text}</code>],
          [{ en: "Fingerprint", zh: "指纹" }, <code key="print">{waiting.fingerprint}</code>],
        ]}
      />
      <p>
        <Copy text={text} what={{ en: "the key to enrol", zh: "待登记密钥" }} />
      </p>
    </section>
  );
}

function MakeKey({ me, isFirst }: { me: Myself; isFirst: boolean }) {
  const say = useWords();
  const { phrase, setPhrase, using } = usePhrase();
  const [again, setAgain] = useState("");
  const isSame = again === phrase;
  const make = () =>
    using.mutate(async () => {
      const [{ platform }, { makeKey }] = await Promise.all([reachChain(), import("./keyring.ts")]);
      const text = await makeKey(platform, me, phrase);
      save(new Blob([text], { type: "application/json" }), `dujiang-reading-key-${me.reader}.json`);
      setAgain("");
    });
  return (
    <details className="card" open={isFirst}>
      <summary>{say({ en: "Make a key", zh: "生成密钥" })}</summary>
      <div className="stack">
        <div className="columns">
          <Phrase label={{ en: "Passphrase of its file", zh: "备份文件口令" }} value={phrase} set={setPhrase} />
          <Field
            label={{ en: "The passphrase again", zh: "再次输入口令" }}
            wrong={again !== "" && !isSame ? { en: "It differs from the first.", zh: "与第一次输入不同。" } : undefined}
          >
            <input
              type="password"
              autoComplete="new-password"
              value={again}
              onChange={({ target }) => setAgain(target.value)}
            />
          </Field>
        </div>
        {using.isError && <Failed error={using.error} />}
        <p>
          <button
            type="button"
            className="button primary"
            disabled={using.isPending || phrase.length < LEAST_LETTERS || !isSame}
            onClick={() => make()}
          >
            {say(
              using.isPending
                ? { en: "Making …", zh: "正在生成……" }
                : { en: "Make the key and save its file", zh: "生成密钥并保存备份" },
            )}
          </button>
        </p>
      </div>
    </details>
  );
}

/** A key that was made in another browser, or before this one was cleared. */
function LoadKey({ me }: { me: Myself }) {
  const say = useWords();
  const { phrase, setPhrase, using } = usePhrase();
  const [file, setFile] = useState<File>();
  const load = () =>
    using.mutate(async () => {
      const [{ platform }, { loadKey }] = await Promise.all([reachChain(), import("./keyring.ts")]);
      await loadKey(platform, me, await file!.text(), phrase);
    });
  return (
    <details className="card">
      <summary>{say({ en: "Load a key from its file", zh: "从备份文件载入密钥" })}</summary>
      <div className="stack">
        <div className="columns">
          <Field label={{ en: "The key's file", zh: "密钥备份文件" }}>
            <input type="file" accept=".json,application/json" onChange={({ target }) => setFile(target.files?.[0])} />
          </Field>
          <Phrase label={{ en: "Its passphrase", zh: "其口令" }} value={phrase} set={setPhrase} />
        </div>
        {using.isError && <Failed error={using.error} />}
        <p>
          <button
            type="button"
            className="button"
            disabled={using.isPending || file === undefined || phrase === ""}
            onClick={() => load()}
          >
            {say({ en: "Load it", zh: "载入" })}
          </button>
        </p>
      </div>
    </details>
  );
}

function Phrase({ label, value, set }: { label: Sentence; value: string; set: (text: string) => void }) {
  return (
    <Field
      label={label}
      hint={{
        en: `At least ${LEAST_LETTERS} letters, such as four words.`,
        zh: `至少 ${LEAST_LETTERS} 个字符，例如四个词语。`,
      }}
    >
      <input type="password" autoComplete="off" value={value} onChange={({ target }) => set(target.value)} />
    </Field>
  );
}

/** A passphrase, forgotten once it was used, and what came of using it. */
function usePhrase() {
  const client = useQueryClient();
  const [phrase, setPhrase] = useState("");
  const using = useMutation({
    mutationFn: (work: () => Promise<void>) => work(),
    // The passphrase goes with the screen.
    gcTime: 0,
    onSuccess: async () => {
      setPhrase("");
      await client.invalidateQueries({ queryKey: ["chain", "readingKey"] });
    },
  });
  return { phrase, setPhrase, using };
}
