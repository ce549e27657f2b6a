/** Languages, and figures as people read them. */
export { bothOf } from "./bilingual.ts";
export {
  type Amount,
  count,
  kwh,
  longDate,
  moment,
  mwh,
  percent,
  time,
  unbroken,
  written,
  yuan,
  yuanPerMwh,
} from "./format.ts";
export { type Language, language, type Sentence, speak, tagOf, useLanguage, useWords } from "./language.tsx";
export { type Figures, useFormat } from "./useFormat.ts";
