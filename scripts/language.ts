import type { Language, Sentence } from "../sdk/types/sentence.ts";

/** The language of the person at the terminal, by the variables that every Unix program reads. */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  return (LC_ALL || LC_MESSAGES || LANG || "").toLowerCase().startsWith("zh") ? "zh" : "en";
}

let chosen: Language | undefined;

/** Goes before what the environment says. */
export function speak(language: Language): void {
  chosen = language;
}

export const spokenLanguage = (): Language => chosen ?? languageOf(process.env);

/** A text in that language. */
export const inWords = (words: Sentence): string => words[spokenLanguage()];
