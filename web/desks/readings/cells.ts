import type { Sentence } from "../../../sdk/types/sentence.ts";
import type { MatrixDay } from "./matrixQuery.ts";

/** Where a meter's day stands, for who reports it. */
export type CellState = keyof typeof CELLS;

interface CellWords {
  sign: string;
  words: Sentence;
  /** For the legend. */
  meaning: Sentence;
}

/** What needs somebody first. */
export const CELLS = {
  missing: {
    sign: "✗",
    words: { en: "missing", zh: "缺失" },
    meaning: { en: "no reading was reported", zh: "尚未上报读数" },
  },
  lapsed: {
    sign: "✗",
    words: { en: "lapsed", zh: "失效" },
    meaning: { en: "not reported in time: settled as the rules say", zh: "逾期未上报：按规则结算" },
  },
  quarantined: {
    sign: "!",
    words: { en: "quarantined", zh: "隔离" },
    meaning: { en: "what came last is in quarantine", zh: "最近收到的数据处于隔离状态" },
  },
  waiting: {
    sign: "…",
    words: { en: "waiting", zh: "待上链" },
    meaning: { en: "taken, and on the way to the chain", zh: "已接收，等待上链" },
  },
  estimated: {
    sign: "≈",
    words: { en: "estimated", zh: "估算" },
    meaning: { en: "reported by estimate, open to objection", zh: "以估算值上报，异议期内" },
  },
  reported: {
    sign: "○",
    words: { en: "reported", zh: "已上报" },
    meaning: { en: "reported, open to objection", zh: "已上报，异议期内" },
  },
  late: {
    sign: "◔",
    words: { en: "late", zh: "迟报" },
    meaning: { en: "reported after its deadline", zh: "逾期后上报" },
  },
  lateFinal: {
    sign: "◕",
    words: { en: "late, final", zh: "迟报定稿" },
    meaning: { en: "reported after its deadline, and final", zh: "逾期后上报并已定稿" },
  },
  corrected: {
    sign: "✎",
    words: { en: "corrected", zh: "已更正" },
    meaning: { en: "corrected after it was final", zh: "定稿后已更正" },
  },
  final: {
    sign: "●",
    words: { en: "final", zh: "已定稿" },
    meaning: { en: "final, by measurement or estimate", zh: "已定稿（实测或估算）" },
  },
  notEnded: {
    sign: "–",
    words: { en: "not over", zh: "未结束" },
    meaning: { en: "the index has not seen the day end yet", zh: "索引尚未见到该日结束" },
  },
  notDue: {
    sign: "·",
    words: { en: "not due", zh: "无需上报" },
    meaning: { en: "no reading is due of this meter and day", zh: "该计量点该日无需上报" },
  },
} as const satisfies Record<string, CellWords>;

/** A participant objected to what is in force. */
export const OBJECTED: CellWords = {
  sign: "⚑",
  words: { en: "objected to", zh: "有异议" },
  meaning: { en: "a participant objects to what is in force", zh: "有参与方对现行版本提出异议" },
};

export interface Cell {
  state: CellState;
  isObjected: boolean;
}

const STATES: Readonly<Record<string, CellState>> = {
  none: "missing",
  lapsed: "lapsed",
  reported: "reported",
  lateReported: "late",
  lateFinal: "lateFinal",
  final: "final",
};

/**
 * What a cell of the matrix says.
 * @param day as the index has it; undefined where nothing is due
 * @param hasEnded whether the index has seen the day end: a reading is missing only then
 * @param came what the metering service has of it that the chain has not
 */
export function cellOf(day: MatrixDay | undefined, hasEnded: boolean, came?: "quarantined" | "waiting"): Cell {
  const isObjected = day !== undefined && isOpenObjection(day);
  if (came !== undefined) return { state: came, isObjected };
  if (!hasEnded && (day === undefined || day.state === "none")) return { state: "notEnded", isObjected };
  if (day === undefined) return { state: "notDue", isObjected };
  if (day.correctedVersion !== null) return { state: "corrected", isObjected };
  const state = STATES[day.state] ?? "missing";
  return { state: state === "reported" && day.quality === "estimated" ? "estimated" : state, isObjected };
}

/** An objection is answered by another version. */
const isOpenObjection = ({ version, correctedVersion, objectedVersion }: MatrixDay) =>
  objectedVersion !== null && objectedVersion >= (correctedVersion ?? version);
