import { LANGUAGES, type Language, languageOf, type Sentence } from "../sdk/types/sentence.ts";

/** What `--language` says, or LANG. Found before anything is parsed, because help is in it, too. */
export const language: Language = chosenLanguage(process.argv) ?? languageOf(process.env);

/** A text in the language of the person at the terminal. */
export const inWords = (words: Sentence): string => words[language];

function chosenLanguage(argv: readonly string[]): Language | undefined {
  const at = argv.findIndex((part) => part === "--language" || part.startsWith("--language="));
  const chosen = argv[at]?.split("=")[1] ?? argv[at + 1];
  return at < 0 ? undefined : LANGUAGES.find((known) => known === chosen);
}
