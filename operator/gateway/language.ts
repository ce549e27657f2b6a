import type { Language } from "../../sdk/index.ts";

/** A sentence in both languages of the market. */
export type Words = Record<Language, string>;

/** Of the market's two languages the one that a client would rather read; English where it says nothing. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: Language = "en";
  let weight = 0;
  for (const entry of (acceptLanguage ?? "").split(",").slice(0, 20)) {
    const [tag = "", quality = "q=1"] = entry.trim().toLowerCase().split(";");
    const language = tag.startsWith("zh") ? "zh" : tag.startsWith("en") ? "en" : undefined;
    const q = Number(quality.trim().replace(/^q=/, ""));
    if (language === undefined || !(q > weight)) continue;
    [best, weight] = [language, q];
  }
  return best;
}
