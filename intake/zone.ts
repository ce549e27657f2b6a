import { DujiangError } from "../sdk/types/errors.ts";

/** Minutes that a zone's clock is ahead of UTC at an instant, itself in minutes since 1970 UTC. */
export type Zone = (minute: number) => number;

/** Thrown when a time zone is not known. */
export class ZoneError extends DujiangError {}

const FIXED = /^UTC(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/;
const SHOWN = /^GMT(?:([+-])(\d{2}):(\d{2}))?/;
const DAY = 1440;
/** Every zone changes its offset on a multiple of a quarter of an hour. */
const QUARTER = 15;

/** A named zone ("Asia/Shanghai") or a fixed one ("UTC+10", for files that keep standard time all year). */
export function zoneOf(name: string): Zone {
  const fixed = FIXED.exec(name);
  if (fixed !== null) {
    const offset = minutes(fixed);
    return () => offset;
  }
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  } catch {
    throw new ZoneError(`"${name}" is not a time zone: write a name like Asia/Shanghai or a fixed offset like UTC+10.`);
  }
  const known = new Map<number, number>();
  return (minute) => {
    const quarter = Math.floor(minute / QUARTER);
    let offset = known.get(quarter);
    if (offset === undefined) {
      const parts = format.formatToParts(quarter * QUARTER * 60_000);
      const shown = SHOWN.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "");
      if (shown === null) throw new ZoneError(`The clock of "${name}" cannot be read on this computer.`);
      offset = minutes(shown);
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

function minutes([, sign, hours = "0", rest = "0"]: RegExpExecArray): number {
  return (Number(hours) * 60 + Number(rest)) * (sign === "-" ? -1 : 1);
}
