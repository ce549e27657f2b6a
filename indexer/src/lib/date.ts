import { formatDay } from "../../../sdk/types/time.ts";

/** 20779 -> "2026-11-22". */
export const dateOf = (day: number): string => formatDay(day);

/** `dateOf` for days that nothing on chain keeps within the years people write; null outside. */
export function dateIfAny(day: number): string | null {
  try {
    return formatDay(day);
  } catch {
    return null;
  }
}
