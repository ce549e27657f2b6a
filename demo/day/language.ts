/** A text in both languages of the market. */
export interface Words {
  zh: string;
  en: string;
}
export type Language = keyof Words;

export const LANGUAGES = ["zh", "en"] as const satisfies readonly Language[];

/** The language of the person at the terminal, by the variables that every Unix program reads. */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  return (LC_ALL || LC_MESSAGES || LANG || "").toLowerCase().startsWith("zh") ? "zh" : "en";
}
