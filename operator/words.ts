import type { Language } from "../sdk/index.ts";

/** A sentence in both languages of the market. */
export type Words = Record<Language, string>;
