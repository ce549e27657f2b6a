// Generated from contracts/debts/codes.tsv by `npm run codegen`. Do not edit.

import type { DebtCode } from "./enums.ts";

/** What there is to know about a code of debts. */
export interface DebtCodeEntry {
  zh: string;
  en: string;
  /** The contract that posts debts of this code; undefined where its room does not exist yet. */
  poster?: string;
  /** Whether the creditor's side may become a receivable. */
  claimable: boolean;
  /** Whether payment, default and arrears enter the credit record, and a default closes terms to the debtor. */
  counted: boolean;
}

/** What debts are for, by their code. */
export const DEBT_CODE_ENTRIES = {
  EnergyOnTerms: {
    zh: "账期电费",
    en: "energy on terms",
    poster: "TradeEscrow",
    claimable: true,
    counted: true,
  },
  LateInvoice: {
    zh: "迟报电费",
    en: "late invoice",
    poster: "TradeEscrow",
    claimable: true,
    counted: true,
  },
  NetworkCharge: {
    zh: "输配电费",
    en: "network charge",
    poster: "TradeEscrow",
    claimable: false,
    counted: true,
  },
  DeviationCharge: {
    zh: "偏差费用",
    en: "deviation charge",
    poster: "TradeEscrow",
    claimable: false,
    counted: true,
  },
  Adjustment: {
    zh: "电量更正差额",
    en: "adjustment difference",
    poster: "AdjustmentDesk",
    claimable: true,
    counted: true,
  },
  ConfirmedClaim: {
    zh: "已确权账款",
    en: "confirmed claim",
    poster: "Receivables",
    claimable: true,
    counted: true,
  },
  MonthlyDeviation: {
    zh: "月度偏差费用",
    en: "monthly deviation",
    claimable: false,
    counted: true,
  },
  Statement: {
    zh: "结算单电费",
    en: "statement",
    claimable: true,
    counted: true,
  },
  Guarantee: {
    zh: "履约担保",
    en: "guarantee",
    claimable: true,
    counted: true,
  },
  Award: {
    zh: "裁决款",
    en: "award",
    claimable: true,
    counted: true,
  },
  BuyBack: {
    zh: "回购款",
    en: "buy-back",
    claimable: true,
    counted: true,
  },
  Instalment: {
    zh: "分期款",
    en: "instalment",
    claimable: true,
    counted: true,
  },
} as const satisfies Record<Exclude<DebtCode, "None">, DebtCodeEntry>;
