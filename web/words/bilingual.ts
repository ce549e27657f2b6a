import type { Sentence } from "../../sdk/types/sentence.ts";

export type { Sentence };

const CHINESE = /[\p{Script=Han}（《“]/u;

/** A text in which the English comes first and the Chinese after it, perhaps behind a dot; English alone stands for both. */
export function bothOf(text: string): Sentence {
  const at = text.search(CHINESE);
  if (at < 0) return { en: text, zh: text };
  // What a Chinese sentence begins with in Latin letters belongs to it.
  const [behindDot] = text.split(" · ").slice(1);
  if (behindDot !== undefined) return { en: text.slice(0, text.indexOf(" · ")), zh: behindDot };
  return { en: text.slice(0, at).trim(), zh: text.slice(at).trim() };
}
