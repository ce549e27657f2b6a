import { useState } from "react";
import type { Hex } from "viem";
import { Field, sentencesOf } from "../design/index.ts";
import type { Sentence } from "../words/index.ts";

interface FileHashProps {
  label: Sentence;
  /** What the file is for; that it stays here is said with it. */
  hint: Sentence;
  choose: (hash: Hex | undefined) => void;
}

/** A file of which only the hash goes on chain: it is hashed here and sent nowhere. */
export function FileHash({ label, hint, choose }: FileHashProps) {
  const [hash, setHash] = useState<Hex>();
  const [wrong, setWrong] = useState<Sentence>();
  const take = async (file: File | undefined) => {
    setWrong(undefined);
    let found: Hex | undefined;
    try {
      if (file !== undefined) {
        const [{ keccak256 }, bytes] = await Promise.all([import("./hashing.ts"), file.arrayBuffer()]);
        found = keccak256(new Uint8Array(bytes));
      }
    } catch (error) {
      setWrong(sentencesOf(error));
    }
    setHash(found);
    choose(found);
  };
  const said = hash === undefined ? hint : { en: `keccak256 ${hash}`, zh: `keccak256 ${hash}` };
  return (
    <Field label={label} hint={said} wrong={wrong}>
      <input type="file" onChange={({ target }) => void take(target.files?.[0])} />
    </Field>
  );
}
