import type { components } from "../../../sdk/operator/api.ts";
import type { Sentence } from "../../../sdk/types/sentence.ts";

/** How far an order has come; what is beyond it has not happened yet. */
export const STAGES = ["signed", "received", "cleared", "onChain", "settled"] as const;
export type Stage = (typeof STAGES)[number];

/** The operator's answer about an order. */
export type OperatorOrder = components["schemas"]["Order"];

/** Where an order stands, and why it goes no further if it does not. */
export interface Progress {
  stage: Stage;
  ended: Sentence | undefined;
}

export const STAGE_WORDS: Readonly<Record<Stage, { sign: string; words: Sentence }>> = {
  signed: { sign: "✎", words: { en: "signed", zh: "已签署" } },
  received: { sign: "⇥", words: { en: "received", zh: "已接收" } },
  cleared: { sign: "⚖", words: { en: "cleared", zh: "已出清" } },
  onChain: { sign: "⛓", words: { en: "on chain", zh: "已上链" } },
  settled: { sign: "■", words: { en: "settled", zh: "已结算" } },
};

/**
 * How far an order came: by what the operator answers, and by which of its trades the index has as settled.
 * @param answer undefined while the operator has not kept it
 */
export function progressOf(answer: OperatorOrder | undefined, isSettled: (trade: number) => boolean): Progress {
  if (answer === undefined) return { stage: "signed", ended: undefined };
  const going = answer.legs.filter(({ state }) => state !== "skipped");
  const opened = going.filter(({ state, trade }) => state === "opened" && trade !== null);
  const skipped = answer.legs.find(({ state, sentence }) => state === "skipped" && sentence !== null);
  const ended = endOf(answer, going.length === 0 ? skipped?.sentence : undefined);
  if (going.length === 0) return { stage: "received", ended };
  if (opened.length < going.length) return { stage: "cleared", ended };
  return { stage: opened.every(({ trade }) => isSettled(trade!)) ? "settled" : "onChain", ended };
}

function endOf({ state, dropped, filledWh }: OperatorOrder, skipped: string | null | undefined): Sentence | undefined {
  if (skipped) return { en: skipped, zh: skipped };
  if (state === "cancelled") return { en: "cancelled by you", zh: "已由您撤销" };
  if (state === "dropped" && dropped !== null) return { en: dropped.sentence, zh: dropped.sentence };
  if (state === "expired")
    return filledWh === "0"
      ? { en: "the day was cleared without it: nobody met its prices", zh: "当日出清未成交：无人满足其限价" }
      : { en: "the rest met nobody", zh: "其余部分未成交" };
  return undefined;
}
