import { useState } from "react";
import { type Sentence, useWords } from "../words/index.ts";

/** Copies a text, and says that it did. */
export function Copy({ text, what }: { text: string; what: Sentence }) {
  const say = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <button type="button" className="button s" onClick={() => void copy()} onBlur={() => setCopied(false)}>
      {say(isCopied ? { en: "Copied", zh: "已复制" } : { en: "Copy", zh: "复制" })}
      <span className="hidden"> {say(what)}</span>
    </button>
  );
}
