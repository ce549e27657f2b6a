import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the adjustment desk refuses. */
export const SETTLEMENT_SENTENCES: Sentences = {
  AdjustmentDesk_NotCorrected: {
    en: "Meter {meter} on {day} has no correction: its trades stay as they were settled.",
    zh: "计量点 {meter} 在 {day} 没有更正：其交易保持原结算结果。",
  },
  AdjustmentDesk_NotSettled: {
    en: "Trade {id} is not settled: settle open and lapsed trades first; what an arbiter ruled is not adjusted.",
    zh: "交易 {id} 尚未结算：未结算或已失效的交易请先结算；仲裁裁定的交易不再调整。",
  },
  AdjustmentDesk_TooEarly: {
    en: "The correction of meter {meter} on {day} is open to objection: trades can be adjusted by it from {from} on.",
    zh: "计量点 {meter} 在 {day} 的更正仍在异议期内：自 {from} 起才能据此退补。",
  },
  AdjustmentDesk_WrongCurve: {
    en: "The curve given is not version {version} of meter {meter} on {day}, which is in force: build the arguments from the logs.",
    zh: "所给曲线不是计量点 {meter} 在 {day} 的现行更正第 {version} 版：请由日志重建参数。",
  },
  AdjustmentDesk_WrongTerms: {
    en: "These are not the terms, curves or last outcome of trade {id}, or it is of another meter day: build the arguments from the logs.",
    zh: "所给条款、曲线或上次结果与交易 {id} 不符，或该交易属于另一计量日：请由日志重建参数。",
  },
};
