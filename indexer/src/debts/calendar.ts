import type { Context } from "ponder:registry";
import { calendarDay } from "./schema.ts";

/** A term is extended by so many days at most, whatever was announced, as in FinanceRules. */
const LONGEST_BREAK = 15;

/** A day or, if that is a holiday by what was announced so far, the next business day. */
export async function businessDayFrom(db: Context["db"], day: number): Promise<number> {
  for (let later = 0; later < LONGEST_BREAK; later++) {
    const announced = await db.find(calendarDay, { day: day + later });
    if (announced?.business ?? !isWeekend(day + later)) return day + later;
  }
  return day + LONGEST_BREAK;
}

/** Day 0, 1970-01-01, was a Thursday. */
function isWeekend(day: number): boolean {
  return (day + 3) % 7 >= 5;
}
