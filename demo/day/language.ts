import type { Language, Sentence } from "../../sdk/types/sentence.ts";

/** A text in both languages of the market. */
export type Words = Sentence;
export type { Language };

export const LANGUAGES = ["zh", "en"] as const satisfies readonly Language[];
