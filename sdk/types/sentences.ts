import type { Sentences } from "./sentence.ts";

/** Sentences for curves and days that contracts refuse. */
export const TYPES_SENTENCES: Sentences = {
  Curve_Malformed: {
    en: "A curve of {length} bytes came, or one with a value of 2^31 or more: a day is 384 bytes, four for each of 96 slots.",
    zh: "收到 {length} 字节的曲线，或其中有值达到 2^31：一天的曲线应为 384 字节，96 个时段每段 4 字节。",
  },
  Schedule_NothingAhead: {
    en: "Nothing takes effect after {today} that could be withdrawn.",
    zh: "{today} 之后没有待生效的内容可撤回。",
  },
  Schedule_OutOfRange: {
    en: "This would take effect on {day}; the day must lie from {earliest} to {latest}.",
    zh: "生效日为 {day}，应在 {earliest} 至 {latest} 之间。",
  },
};
