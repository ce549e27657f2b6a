import * as format from "./format.ts";
import { useLanguage } from "./language.tsx";

/** The figures of `format.ts` in the language of the page. */
export function useFormat() {
  const language = useLanguage();
  return {
    yuan: (fen: bigint) => format.yuan(language, fen),
    kwh: (wh: bigint, decimals?: number) => format.kwh(language, wh, decimals),
    mwh: (wh: bigint) => format.mwh(language, wh),
    yuanPerMwh: (price: number | bigint) => format.yuanPerMwh(language, price),
    percent: (rate: number) => format.percent(language, rate),
    count: (number: number | bigint) => format.count(language, number),
    longDate: (date: string) => format.longDate(language, date),
  };
}

export type Figures = ReturnType<typeof useFormat>;
