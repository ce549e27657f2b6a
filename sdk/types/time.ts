import { plainText } from "./decimal.ts";
import { DujiangError } from "./errors.ts";

/** Days since 1970-01-01 as counted in Shanghai (UTC+8, no daylight saving). */
export type Day = number;
/** A quarter of an hour of a day: 0 is 00:00–00:15, 95 is 23:45–24:00. */
export type Slot = number;

/** Thrown when a day, a date or a time is not one the market knows. */
export class DayError extends DujiangError {}
/** Thrown when a slot is not 0 to 95. */
export class SlotError extends DujiangError {}

/** Quarter-hours of a day. */
export const SLOTS = 96;
/** Seconds of a quarter-hour. */
export const SLOT_SECONDS = 900;
/** Seconds of a day: Shanghai has no daylight saving. */
export const DAY_SECONDS = 86_400;
const SHANGHAI_SECONDS = 8 * 3600;
/** 9999-12-31: the last day that four digits of a year can name. */
export const LAST_DAY = 2_932_896;

/** The Shanghai day in which a second lies. */
export function dayOf(unixSeconds: number | bigint): Day {
  return checkDay(Math.floor((Number(unixSeconds) + SHANGHAI_SECONDS) / DAY_SECONDS));
}

/** The slot of its Shanghai day in which a second lies. */
export function slotOf(unixSeconds: number | bigint): Slot {
  return Math.floor((Number(unixSeconds) - startOfDay(dayOf(unixSeconds))) / SLOT_SECONDS);
}

/** Unix seconds of a day's midnight in Shanghai; day 0 began before 1970 did in Greenwich, so it is -28800. */
export function startOfDay(day: Day): number {
  return checkDay(day) * DAY_SECONDS - SHANGHAI_SECONDS;
}

/** Unix seconds at which a slot of a day begins. */
export function startOfSlot(day: Day, slot: Slot): number {
  return startOfDay(day) + checkSlot(slot) * SLOT_SECONDS;
}

/** 20779 -> "2026-11-22". */
export function formatDay(day: Day): string {
  return new Date(checkDay(day) * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

/** "2026-11-22" -> 20779; digits of full width are digits. */
export function parseDay(text: string): Day {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(plainText(text)) ?? [];
  const day = year === undefined ? undefined : dayFromDate(Number(year), Number(month), Number(date));
  if (day === undefined)
    throw new DayError({
      en: `"${text}" is not a date from 1970 on: write it like 2026-11-22.`,
      zh: `“${text}”不是 1970 年以后的有效日期：请写成 2026-11-22 的形式。`,
    });
  return day;
}

/** 20779 -> 20261122, the form in which people read and sign a day in a wallet. */
export function dateNumber(day: Day): number {
  const at = new Date(checkDay(day) * DAY_SECONDS * 1000);
  return at.getUTCFullYear() * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate();
}

/** 20261122 -> 20779. */
export function dayFromDateNumber(number: number): Day {
  const day = Number.isSafeInteger(number)
    ? dayFromDate(Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100)
    : undefined;
  if (day === undefined)
    throw new DayError({
      en: `${number} is not a date from 1970 on: write it like 20261122.`,
      zh: `${number} 不是 1970 年以后的有效日期：请写成 20261122 的形式。`,
    });
  return day;
}

/** The day of a calendar date; undefined when the calendar has no such date from 1970 to 9999. */
export function dayFromDate(year: number, month: number, date: number): Day | undefined {
  const at = new Date(Date.UTC(year, month - 1, date));
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return exists && year >= 1970 && year <= 9999 ? at.getTime() / 1000 / DAY_SECONDS : undefined;
}

/** 36 -> "09:00–09:15". */
export function slotLabel(slot: Slot): string {
  return slotsLabel(slot, slot + 1);
}

/** 36, 72 -> "09:00–18:00"; the second slot is not part of the stretch. */
export function slotsLabel(fromSlot: Slot, toSlot: number): string {
  return `${clock(checkSlot(fromSlot))}–${clock(checkSlot(toSlot - 1) + 1)}`;
}

function clock(slot: number): string {
  const minutes = slot * 15;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function checkDay(day: Day): Day {
  if (!Number.isInteger(day) || day < 0 || day > LAST_DAY) {
    throw new DayError({
      en: `Day ${day} is not a whole number of days since 1970-01-01 in Shanghai.`,
      zh: `日 ${day} 不是自 1970-01-01（北京时间）起的整数天数。`,
    });
  }
  return day;
}

function checkSlot(slot: Slot): Slot {
  if (!Number.isInteger(slot) || slot < 0 || slot >= SLOTS) {
    throw new SlotError({
      en: `Slot ${slot} does not exist: a day has the slots 0 to 95.`,
      zh: `时段 ${slot} 不存在：一天的时段为 0 至 95。`,
    });
  }
  return slot;
}
