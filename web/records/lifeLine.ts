import type { Sentence } from "../../sdk/types/sentence.ts";

/** The five words of an order's life, and what comes after them. */
export const LIFE = ["signed", "received", "cleared", "onChain", "settled", "paid"] as const;
export type LifeStep = (typeof LIFE)[number];

export const LIFE_WORDS: Readonly<Record<LifeStep, { sign: string; words: Sentence }>> = {
  signed: { sign: "✎", words: { en: "signed", zh: "已签署" } },
  received: { sign: "⇥", words: { en: "received", zh: "已接收" } },
  cleared: { sign: "⚖", words: { en: "cleared", zh: "已出清" } },
  onChain: { sign: "▦", words: { en: "on chain", zh: "已上链" } },
  settled: { sign: "■", words: { en: "settled", zh: "已结算" } },
  paid: { sign: "¥", words: { en: "paid", zh: "已支付" } },
};

/** A step of a life line, with when and where it happened where the chain has that. */
export interface Lived {
  step: LifeStep;
  isReached: boolean;
  at?: string | undefined;
  tx?: string | undefined;
}

/** What the life line of a trade is made of. */
export interface LivedTrade {
  status: string;
  round: string;
  openedAt: string;
  openedTx: string;
  settledAt: string | null;
  settledTx: string | null;
  ruledAt: string | null;
  ruledTx: string | null;
}

/** What became owed by a trade. */
export interface OwedOfTrade {
  status: string;
  dischargedAt: string | null;
  dischargedTx: string | null;
}

/**
 * How far a trade has come. It is on chain, so it was signed and received before; a bilateral trade was cleared by its two
 * signatures. It is paid once nothing of it is owed any more.
 */
export function lifeOf(trade: LivedTrade, debts: readonly OwedOfTrade[]): Lived[] {
  const isSettled = trade.status === "settled" || trade.status === "ruled";
  const owed = debts.filter(({ status }) => status !== "discharged");
  const last = debts.toSorted((a, b) => Number(a.dischargedAt ?? 0) - Number(b.dischargedAt ?? 0)).at(-1);
  const settled = {
    at: trade.settledAt ?? trade.ruledAt ?? undefined,
    tx: trade.settledTx ?? trade.ruledTx ?? undefined,
  };
  const paid =
    last === undefined ? settled : { at: last.dischargedAt ?? undefined, tx: last.dischargedTx ?? undefined };
  return [
    { step: "signed", isReached: true },
    { step: "received", isReached: true },
    { step: "cleared", isReached: true },
    { step: "onChain", isReached: true, at: trade.openedAt, tx: trade.openedTx },
    { step: "settled", isReached: isSettled, ...(isSettled ? settled : {}) },
    { step: "paid", isReached: isSettled && owed.length === 0, ...(isSettled && owed.length === 0 ? paid : {}) },
  ];
}
