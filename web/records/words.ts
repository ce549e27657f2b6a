import { DEBT_CODE_ENTRIES } from "../../sdk/debts/codes.ts";
import type { DebtCode } from "../../sdk/debts/enums.ts";
import { DEBT_STATUS_WORDS } from "../../sdk/debts/words.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";

/** Where a trade stands. */
export const TRADE_STATUS_WORDS: Record<string, Sentence> = {
  open: { en: "open", zh: "未结算" },
  settled: { en: "settled", zh: "已结算" },
  lapsed: { en: "lapsed", zh: "已失效" },
  ruled: { en: "ruled on", zh: "已裁决" },
};

export const SOURCE_WORDS: Record<string, Sentence> = {
  hydroRunOfRiver: { en: "run-of-river hydro", zh: "径流式水电" },
  hydroSeasonal: { en: "seasonal hydro", zh: "季调节水电" },
  hydroAnnual: { en: "annual hydro", zh: "年调节水电" },
  wind: { en: "wind", zh: "风电" },
  solar: { en: "solar", zh: "光伏" },
  thermal: { en: "thermal", zh: "火电" },
  storage: { en: "storage", zh: "储能" },
};

const CODES: Record<string, Sentence> = Object.fromEntries(
  Object.entries(DEBT_CODE_ENTRIES).map(([name, { en, zh }]) => [asWord(name), { en, zh }]),
);
const STATUSES: Record<string, Sentence> = Object.fromEntries(
  Object.entries(DEBT_STATUS_WORDS).map(([name, words]) => [asWord(name), words]),
);

/** What a debt is for, by the word of the index or of the chain. */
export const debtCodeWords = (code: string | DebtCode): Sentence => CODES[asWord(code)] ?? { en: code, zh: code };

/** Where a debt stands. */
export const debtStatusWords = (status: string): Sentence => STATUSES[asWord(status)] ?? { en: status, zh: status };

function asWord(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Where a meter day stands. */
export const DAY_STATE_WORDS: Record<string, Sentence> = {
  none: { en: "not reported yet", zh: "尚未上报" },
  reported: { en: "reported", zh: "已上报" },
  final: { en: "final", zh: "已定稿" },
  lapsed: { en: "lapsed", zh: "已失效" },
  lateReported: { en: "reported late", zh: "迟报" },
  lateFinal: { en: "final, reported late", zh: "迟报并定稿" },
};

export const QUALITY_WORDS: Record<string, Sentence> = {
  measured: { en: "measured", zh: "实测" },
  estimated: { en: "estimated", zh: "估算" },
};
