import { formatDay, LAST_DAY } from "../../../sdk/types/time.ts";

type DayAndDate<Of extends string> = Record<Of extends "" ? "day" : `${Of}Day`, number> &
  Record<Of extends "" ? "date" : `${Of}Date`, string>;

/**
 * A day as every row has it, as a number and as text: `dayAndDate(20779, "due")` is `{ dueDay: 20779, dueDate: "2026-11-22" }`.
 *
 * Nothing on chain keeps a day within the years that people write: 9999-12-31 stands for all that come after it.
 */
export function dayAndDate<const Of extends string = "">(onChain: number, of?: Of): DayAndDate<Of> {
  const day = Math.min(onChain, LAST_DAY);
  const [dayName, dateName] = of ? [`${of}Day`, `${of}Date`] : ["day", "date"];
  return { [dayName]: day, [dateName]: formatDay(day) } as DayAndDate<Of>;
}
