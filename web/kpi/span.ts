import type { Sentence } from "../../sdk/types/sentence.ts";

const UNITS = [
  { seconds: 86_400n, en: "d", zh: "天" },
  { seconds: 3_600n, en: "h", zh: "小时" },
  { seconds: 60n, en: "min", zh: "分" },
  { seconds: 1n, en: "s", zh: "秒" },
] as const;

/** A length of time in its two largest units, which stay on one line: 1 d 2 h, 45 min 3 s. */
export function spanOf(seconds: bigint): Sentence {
  const first = UNITS.findIndex((unit) => seconds >= unit.seconds);
  if (first < 0) return { en: "0\u00a0s", zh: "0\u00a0秒" };
  let rest = seconds;
  const parts = UNITS.slice(first, first + 2).flatMap((unit) => {
    const amount = rest / unit.seconds;
    rest %= unit.seconds;
    return amount === 0n ? [] : [{ en: `${amount}\u00a0${unit.en}`, zh: `${amount}\u00a0${unit.zh}` }];
  });
  return { en: parts.map(({ en }) => en).join("\u00a0"), zh: parts.map(({ zh }) => zh).join("\u00a0") };
}
