import { narrow } from "./cellNumber.ts";
import type { Cell } from "./clipboard.ts";

/** What the first column says of when its rows are. */
export interface SlotTimes {
  /** Minutes from the first row to the next; 15 where there is only one. */
  step: number;
  /** Minutes since midnight of the first row; counted places stand for their beginnings. */
  first: number;
  /** Whether the first row begins then for certain; a lone clock time may as well be its end. */
  isBeginning: boolean;
}

interface Time {
  minute: number;
  isBeginning: boolean;
  /** Counted places do not say how long they are. */
  isPlace: boolean;
}

const CLOCK = String.raw`(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\sT]*)?(\d{1,2})(?::(\d{2})(?::\d{2})?|[时点](?:(\d{1,2})分)?)\s*(am|pm)?`;
const TIME = new RegExp(`^${CLOCK}$`, "i");
const STRETCH = new RegExp(`^${CLOCK}\\s*(?:-|–|—|~|至|到)\\s*${CLOCK}$`, "i");
const PLACE = /^(?:P|时段|第)\s*(\d{1,2})(?:点|时段)?$/i;

/** Whether a cell is the time of a row. */
export const isTime = ({ text }: Cell): boolean => timeOf(text) !== undefined;

/** Whether cells are numbers that count the rows of a day from 0 or 1 on. */
export function isCount(cells: readonly Cell[]): boolean {
  const first = narrow(cells[0]?.text ?? "");
  if ((cells.length !== 24 && cells.length !== 96) || (first !== "0" && first !== "1")) return false;
  return cells.every(({ text }, row) => narrow(text) === String(row + (first === "0" ? 0 : 1)));
}

/**
 * When the rows are, if every row follows the one before by the same quarter of an hour or hour.
 * @returns the cell that does not follow otherwise
 */
export function readTimes(cells: readonly Cell[]): SlotTimes | { wrong: Cell } {
  const times = cells.map(({ text }) => timeOf(text));
  const missing = times.indexOf(undefined);
  if (missing >= 0) return { wrong: cells[missing]! };
  const known = times as Time[];
  const [head, second] = known;
  const places = known.every(({ isPlace }) => isPlace);
  const step =
    second === undefined ? 15 : places ? (known.length === 24 ? 60 : 15) : after(head!, second, known.length === 2);
  const rowStep = places ? 1 : step;
  for (const [row, time] of known.entries()) {
    if (row === 0) continue;
    const isLast = row === known.length - 1;
    if ((step !== 15 && step !== 60) || after(known[row - 1]!, time, isLast) !== rowStep) return { wrong: cells[row]! };
  }
  // Places are counted from 1 on, or from 0.
  const first = places ? Math.max(0, head!.minute - 1) * step : head!.minute;
  return { step, first, isBeginning: head!.isBeginning };
}

/** Midnight ends the last row as 24:00 or as 00:00. */
function after(before: Time, { minute }: Time, isLast: boolean): number {
  return (isLast && minute === 0 ? 24 * 60 : minute) - before.minute;
}

function timeOf(text: string): Time | undefined {
  const plain = narrow(text).replace(
    /^(上午|下午)\s*(.*)$/,
    (_, half, rest) => `${rest} ${half === "上午" ? "am" : "pm"}`,
  );
  const place = PLACE.exec(plain);
  if (place !== null) return { minute: Number(place[1]), isBeginning: true, isPlace: true };
  const match = STRETCH.exec(plain) ?? TIME.exec(plain);
  if (match === null) return undefined;
  const [, hours, minutes, spoken, half] = match;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  const minute = hour * 60 + Number(minutes ?? spoken ?? "0");
  return minute > 24 * 60 ? undefined : { minute, isBeginning: STRETCH.test(plain), isPlace: false };
}
