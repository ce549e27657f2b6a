import { useSyncExternalStore } from "react";
import type { Language, Sentence } from "../../sdk/types/sentence.ts";

export type { Language, Sentence };

const TAGS: Record<Language, string> = { zh: "zh-CN", en: "en" };
const listeners = new Set<() => void>();

/** The language of the page: /theme.js chose it before the first paint. */
export const language = (): Language => (document.documentElement.lang.startsWith("zh") ? "zh" : "en");

/** What the page speaks from now on, here and on the next visit. */
export function speak(next: Language): void {
  document.documentElement.lang = TAGS[next];
  try {
    localStorage.setItem("language", next);
  } catch {
    // A browser that stores nothing asks again.
  }
  for (const listener of listeners) listener();
}

/** As `lang` of an element whose text is in one language whatever the page speaks. */
export const tagOf = (spoken: Language): string => TAGS[spoken];

export function useLanguage(): Language {
  return useSyncExternalStore(listen, language);
}

/** Says a sentence in the language of the page. */
export function useWords(): (sentence: Sentence) => string {
  const spoken = useLanguage();
  return (sentence) => sentence[spoken];
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
