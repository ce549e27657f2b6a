import { type Sentence, useWords } from "../words/index.ts";

/** How far something was checked: read from the index, checked against the chain, or found to differ from it. */
export type Trust = "indexed" | "checked" | "differs";

const SIGNS: Record<Trust, string> = { indexed: "○", checked: "✓", differs: "✗" };
const CLASSES: Record<Trust, string> = { indexed: "mark", checked: "mark good", differs: "mark bad" };

/** A word and a sign, never a colour alone. */
export function Mark({ trust, words }: { trust: Trust; words: Sentence }) {
  const say = useWords();
  return (
    <span className={CLASSES[trust]}>
      <span aria-hidden="true">{SIGNS[trust]}</span>
      {say(words)}
    </span>
  );
}

/** The mark of what the index says as of a block. */
export const fromIndex = (block: number | undefined): Sentence =>
  block === undefined
    ? { en: "from the index", zh: "来自索引" }
    : { en: `from the index, block ${block}`, zh: `来自索引，区块 ${block}` };

/** The mark of what agrees with the chain as of a block. */
export const onChain = (block: number | bigint): Sentence => ({
  en: `checked against the chain, block ${block}`,
  zh: `已与链上核对，区块 ${block}`,
});
