import { plainText } from "../sdk/types/decimal.ts";
import { DujiangError } from "../sdk/types/errors.ts";

/** Minutes that a zone's clock is ahead of UTC at an instant, itself in minutes since 1970 UTC. */
export type Zone = (minute: number) => number;

/** Thrown when a time zone is not known. */
export class ZoneError extends DujiangError {}

const FIXED = /^(?:Z|(?=.)(?:UTC|GMT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?)$/i;
const SHOWN = /^GMT(?:([+-])(\d{2}):(\d{2}))?/;
/** Clocks run from twelve hours behind UTC to fourteen ahead, all of them by whole quarters of an hour. */
const [MOST_BEHIND, MOST_AHEAD] = [-12 * 60, 14 * 60];
const DAY = 1440;
/** Every zone changes its offset on a multiple of a quarter of an hour. */
const QUARTER = 15;

/** What abbreviations may stand for, by those that people write most. */
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  ACST: ["Australia/Darwin", "UTC+9:30"],
  ADT: ["America/Halifax", "UTC-3"],
  AEST: ["Australia/Brisbane", "Australia/Sydney", "UTC+10"],
  AST: ["America/Halifax", "Asia/Riyadh"],
  AWST: ["Australia/Perth", "UTC+8"],
  BST: ["Europe/London", "Asia/Dhaka"],
  CDT: ["America/Chicago", "America/Havana", "UTC-5"],
  CEST: ["Europe/Berlin", "UTC+2"],
  CET: ["Europe/Berlin", "UTC+1"],
  CST: ["Asia/Shanghai", "America/Chicago", "America/Havana"],
  CTT: ["Asia/Shanghai", "UTC+8"],
  EDT: ["America/New_York", "UTC-4"],
  EEST: ["Europe/Helsinki", "UTC+3"],
  EET: ["Europe/Helsinki", "UTC+2"],
  EST: ["America/New_York", "America/Panama", "Australia/Sydney"],
  GST: ["Asia/Dubai", "Atlantic/South_Georgia"],
  HKT: ["Asia/Hong_Kong", "UTC+8"],
  HST: ["Pacific/Honolulu", "UTC-10"],
  IST: ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"],
  JST: ["Asia/Tokyo", "UTC+9"],
  KST: ["Asia/Seoul", "UTC+9"],
  MDT: ["America/Denver", "UTC-6"],
  MET: ["Europe/Berlin", "UTC+1"],
  MSK: ["Europe/Moscow", "UTC+3"],
  MST: ["America/Denver", "America/Phoenix", "Asia/Kuala_Lumpur"],
  NZST: ["Pacific/Auckland", "UTC+12"],
  PDT: ["America/Los_Angeles", "UTC-7"],
  PST: ["America/Los_Angeles", "Asia/Manila"],
  SGT: ["Asia/Singapore", "UTC+8"],
  SST: ["Asia/Singapore", "Pacific/Pago_Pago"],
  WEST: ["Europe/Lisbon", "UTC+1"],
  WET: ["Europe/Lisbon", "UTC+0"],
};
/** Names of the tz database that look like abbreviations and stand for one country's clock. */
const COUNTRIES = ["PRC", "ROC", "ROK", "GB", "NZ", "UCT"];

/**
 * A zone of the tz database ("Asia/Shanghai"), or an exact offset ("UTC+10", "+08:00") for files that keep standard time.
 * Runtimes also know abbreviations, and take CST for Chicago's: those are refused.
 */
export function zoneOf(written: string): Zone {
  const name = plainText(written);
  const fixed = FIXED.exec(name);
  if (fixed !== null) {
    const offset = offsetOf(fixed[1], fixed[2], fixed[3]);
    if (offset === undefined)
      throw new ZoneError({
        en: `"${name}" is an offset that no clock has: ${OFFSETS.en}.`,
        zh: `“${name}”不是任何时钟使用的偏移：${OFFSETS.zh}。`,
      });
    return () => offset;
  }
  const candidates = ABBREVIATIONS[name.toUpperCase()];
  if (candidates !== undefined) {
    throw new ZoneError({
      en: `"${name}" is an abbreviation and no time zone: write which one is meant, ${candidates.slice(0, -1).join(", ")} or ${candidates.at(-1)}.`,
      zh: `“${name}”是缩写，不是时区：请写明是 ${candidates.slice(0, -1).join("、")} 还是 ${candidates.at(-1)}。`,
    });
  }
  let format: Intl.DateTimeFormat | undefined;
  // What begins like an offset was none above, and no other word of a few letters names one clock.
  if (!/^(?:UTC|GMT)?\s*[+-]/i.test(name) && (!/^[a-z]{1,5}$/i.test(name) || isPlaceName(name))) {
    try {
      format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    } catch {}
  }
  if (format === undefined) {
    throw new ZoneError({
      en: `"${name}" is not a time zone: write a name like Asia/Shanghai or an offset like UTC+8; ${OFFSETS.en}.`,
      zh: `“${name}”不是时区：请写 Asia/Shanghai 之类的名称或 UTC+8 之类的偏移；${OFFSETS.zh}。`,
    });
  }
  return clockOf(name, format);
}

const OFFSETS = {
  en: "offsets run from UTC-12:00 to UTC+14:00 by quarters of an hour",
  zh: "偏移为 UTC-12:00 至 UTC+14:00，以一刻钟为单位",
};

/** "Japan" is a place, "JST" is not; some places are written in capitals. */
function isPlaceName(name: string): boolean {
  return COUNTRIES.includes(name.toUpperCase()) || (name.length > 3 && name !== name.toUpperCase());
}

/** Minutes ahead of UTC; undefined where no clock has such an offset. */
export function offsetOf(sign: string | undefined, hours = "0", rest = "0"): number | undefined {
  const offset = minutes(sign, hours, rest);
  const exists = Number(rest) < 60 && offset % QUARTER === 0 && offset >= MOST_BEHIND && offset <= MOST_AHEAD;
  return exists ? offset : undefined;
}

function clockOf(name: string, format: Intl.DateTimeFormat): Zone {
  const known = new Map<number, number>();
  return (minute) => {
    const quarter = Math.floor(minute / QUARTER);
    let offset = known.get(quarter);
    if (offset === undefined) {
      const parts = format.formatToParts(quarter * QUARTER * 60_000);
      const shown = SHOWN.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "");
      if (shown === null)
        throw new ZoneError({
          en: `The clock of "${name}" cannot be read on this computer.`,
          zh: `本机无法读取“${name}”的时钟。`,
        });
      offset = minutes(shown[1], shown[2], shown[3]);
      known.set(quarter, offset);
    }
    return offset;
  };
}

/** Whether the zone's clock is put forward or back on a calendar day (given as days since 1970-01-01). */
export function changesClock(zone: Zone, day: number): boolean {
  const offsets: number[] = [];
  // No zone is a whole day away from UTC, so all of its day lies within a day to either side.
  for (let minute = (day - 1) * DAY; minute < (day + 2) * DAY; minute += QUARTER) {
    if (Math.floor(clockMinute(zone, minute) / DAY) === day) offsets.push(zone(minute));
  }
  return offsets.length !== DAY / QUARTER || offsets.some((offset) => offset !== offsets[0]);
}

/** The zone's own calendar and clock at an instant, as minutes since 1970-01-01 00:00 on that clock. */
export function clockMinute(zone: Zone, minute: number): number {
  return minute + zone(minute);
}

function minutes(sign: string | undefined, hours = "0", rest = "0"): number {
  return (Number(hours) * 60 + Number(rest)) * (sign === "-" ? -1 : 1);
}
