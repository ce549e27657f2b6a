import { dayFromDate, formatDay } from "../../sdk/types/time.ts";

/** "2026-09" -> its first and last day. */
export function monthOf(month: string): { from: string; to: string } {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const next = number === 12 ? dayFromDate(year + 1, 1, 1) : dayFromDate(year, number + 1, 1);
  return { from: `${month}-01`, to: next === undefined ? `${month}-28` : formatDay(next - 1) };
}
