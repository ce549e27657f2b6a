import type { Hours } from "../../../sdk/operator/answers.ts";
import type { Sentence } from "../../../sdk/types/sentence.ts";
import { DAY_SECONDS } from "../../../sdk/types/time.ts";

/** How far a day is on its way to the gate, by the chain's time: in words, and how long that lasts. */
export interface Closing {
  words: Sentence;
  /** Seconds until the next step; none once the gate has closed. */
  left: number | undefined;
}

type Closes = Pick<Hours, "opensAt" | "ordersUntil" | "cutOff" | "gate">;

/** @param now Unix second on the chain */
export function closingOf({ opensAt, ordersUntil, cutOff, gate }: Closes, now: number): Closing {
  if (now < opensAt) return { words: { en: "not open yet", zh: "尚未开放" }, left: opensAt - now };
  if (now < ordersUntil) return { words: { en: "takes orders", zh: "接收报单" }, left: ordersUntil - now };
  if (now < cutOff) return { words: { en: "last orders over", zh: "申报已结束" }, left: cutOff - now };
  if (now < gate) return { words: { en: "auction", zh: "集中出清" }, left: gate - now };
  return { words: { en: "gate closed", zh: "已关闸" }, left: undefined };
}

/** "2 h 05 min", and seconds in the last minutes. */
export function duration(seconds: number): Sentence {
  const [days, hours, minutes] = [
    Math.floor(seconds / DAY_SECONDS),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  const two = (number: number) => String(number).padStart(2, "0");
  if (days > 0) return { en: `${days} d ${hours} h`, zh: `${days} 天 ${hours} 小时` };
  if (hours > 0) return { en: `${hours} h ${two(minutes)} min`, zh: `${hours} 小时 ${two(minutes)} 分` };
  return { en: `${minutes} min ${two(seconds % 60)} s`, zh: `${minutes} 分 ${two(seconds % 60)} 秒` };
}
