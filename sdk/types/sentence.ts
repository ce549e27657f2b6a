/** A language in which the platform speaks to people. */
export type Language = "en" | "zh";

/** The languages, for options. */
export const LANGUAGES = ["zh", "en"] as const satisfies readonly Language[];

/** The language of the person at a terminal, by the variables that every Unix program reads. */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>): Language {
  return (LC_ALL || LC_MESSAGES || LANG || "").toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** One sentence in each language. */
export type Sentence = Record<Language, string>;

/** Several sentences, a line each. */
export function joined(sentences: readonly Sentence[]): Sentence {
  const lines = (language: Language) => sentences.map((sentence) => sentence[language]).join("\n");
  return { en: lines("en"), zh: lines("zh") };
}

/**
 * A sentence for each refusal, by the error's name in the contracts. `{day}` stands for the error's own value of that
 * name, with the unit that the name says; where it does not say any, `{balance:Fen}` does.
 */
export type Sentences = Record<string, Sentence>;
