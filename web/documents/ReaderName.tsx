import type { Reader } from "../../sdk/documents/readers.ts";
import { Who } from "../records/Who.tsx";
import { useWallet } from "../wallets/index.ts";
import { type Sentence, useWords } from "../words/index.ts";

/** A reader: a participant, or an office by its account. */
export function ReaderName({ reader }: { reader: Reader | string }) {
  const say = useWords();
  const account = useWallet()?.account;
  const text = String(reader);
  if (/^\d+$/.test(text)) return <Who id={Number(text)} />;
  const isMine = account?.toLowerCase() === text.toLowerCase();
  return (
    <>
      <code>{`${text.slice(0, 8)}…${text.slice(-6)}`}</code>
      {isMine && say({ en: " (you)", zh: "（我方）" })}
    </>
  );
}

/** A reader where no link may stand. */
export const readerWords = (reader: string): Sentence =>
  /^\d+$/.test(reader)
    ? { en: `participant ${reader}`, zh: `参与方 ${reader}` }
    : { en: `${reader.slice(0, 8)}…${reader.slice(-6)}`, zh: `${reader.slice(0, 8)}…${reader.slice(-6)}` };
