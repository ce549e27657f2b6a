import { useState } from "react";
import type { Hex } from "viem";
import type { CredentialSheet } from "../../../sdk/identity/credentialSheet.ts";
import { isSame } from "../../chain/index.ts";
import { Facts, Failed, Field } from "../../design/index.ts";
import { type Sentence, useWords } from "../../words/index.ts";

interface ProofFileProps {
  label: Sentence;
  /** What the file has to make. */
  hash: string;
  /** Hears whether the chosen file makes it. */
  choose: (matches: boolean) => void;
}

type Found = { hash: Hex; sheet: CredentialSheet | undefined };

/** A file that the reader has, compared with a hash on the chain; a sheet shows the name and papers in it. It is sent nowhere. */
export function ProofFile({ label, hash, choose }: ProofFileProps) {
  const say = useWords();
  const [found, setFound] = useState<Found>();
  const [error, setError] = useState<unknown>();
  const take = async (file: File | undefined) => {
    setError(undefined);
    setFound(undefined);
    choose(false);
    if (file === undefined) return;
    try {
      const read = await readProof(file);
      setFound(read);
      choose(isSame(read.hash, hash));
    } catch (thrown) {
      setError(thrown);
    }
  };
  const wrong =
    found === undefined || isSame(found.hash, hash)
      ? undefined
      : {
          en: `This file makes ${found.hash}, which is not what stands there: ask who proposed it for the file itself.`,
          zh: `此文件的哈希为 ${found.hash}，与上述不符：请向提交人索取原件。`,
        };
  return (
    <div className="stack">
      <Field
        label={label}
        wrong={wrong}
        hint={
          found === undefined
            ? { en: "It is compared on this device and sent nowhere.", zh: "仅在本设备比对，不上传。" }
            : { en: "It is the file behind the hash.", zh: "与哈希一致。" }
        }
      >
        <input type="file" onChange={({ target }) => void take(target.files?.[0])} />
      </Field>
      {error !== undefined && <Failed error={error} />}
      {found?.sheet !== undefined && wrong === undefined && (
        <Facts
          rows={[
            [{ en: "Name", zh: "名称" }, `${found.sheet.name.zh} · ${found.sheet.name.en}`],
            [
              { en: "Papers", zh: "材料" },
              <ul key="papers">
                {found.sheet.papers.length === 0 && <li>{say({ en: "none", zh: "无" })}</li>}
                {found.sheet.papers.map(({ title, hash: paper }) => (
                  <li key={paper}>
                    {title} <code>{paper}</code>
                  </li>
                ))}
              </ul>,
            ],
          ]}
        />
      )}
    </div>
  );
}

async function readProof(file: File): Promise<Found> {
  const [{ keccak256, readSheet, SheetError }, bytes] = await Promise.all([import("./sheets.ts"), file.arrayBuffer()]);
  const hash = keccak256(new Uint8Array(bytes));
  try {
    return { hash, sheet: readSheet(new TextDecoder().decode(bytes)) };
  } catch (thrown) {
    // Any file may stand behind a hash.
    if (!(thrown instanceof SheetError)) throw thrown;
    return { hash, sheet: undefined };
  }
}
