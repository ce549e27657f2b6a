import type { RoundPage } from "../../sdk/operator/answers.ts";
import type { Sentence } from "../words/index.ts";

type Round = RoundPage["rounds"][number];

/** How a round came about. */
export const MATCHING_WORDS: Record<Round["matching"], Sentence> = {
  auction: { en: "auction", zh: "集中出清" },
  continuous: { en: "continuous", zh: "连续撮合" },
};

/** How far a round is. */
export const ROUND_WORDS: Record<Round["state"], Sentence> = {
  cleared: { en: "cleared", zh: "已出清" },
  submitted: { en: "on chain", zh: "已上链" },
  clearedAgain: { en: "cleared again later", zh: "已重新出清" },
};

/** When what is traded in a book is paid. */
export const termOf = (days: number): Sentence =>
  days === 0 ? { en: "cash", zh: "现款" } : { en: `after ${days} days`, zh: `${days} 天后` };
