import { type Curve, curve } from "../sdk/types/curve.ts";
import type { Sentence } from "../sdk/types/sentence.ts";
import type { Day } from "../sdk/types/time.ts";
import type { DayPick, MappedMeter, Mapping } from "./mapping.ts";
import { IntakeRejected, type Problem } from "./problem.ts";
import { ask, openMeter } from "./register.ts";
import { gatherDays, gatherIntervals } from "./rows.ts";
import { slotsOf } from "./slots.ts";
import { readTable } from "./table.ts";
import { zoneOf } from "./zone.ts";

/** One day of one meter, as it is reported. */
export interface MeterDay {
  meter: string;
  direction: MappedMeter["direction"];
  /** The delivery day. */
  day: Day;
  /** The date of the file that it was read from. */
  source: Day;
  curve: Curve;
  /** What was assumed about how the file is written; undefined where nothing had to be. */
  assumed?: Sentence | undefined;
}

/**
 * Takes the days asked for out of a CSV file, all of them or none. Rows of other dates are passed over, whatever they hold;
 * a row that cannot be placed in time rejects the file, because it might belong to a day asked for.
 * @param picks instead of the days of the mapping
 * @throws IntakeRejected with every reason found
 */
export function readMeterDays(
  csv: Uint8Array | string,
  mapping: Mapping,
  picks: DayPick[] = mapping.days ?? [],
): MeterDay[] {
  const { layout } = mapping;
  const table = readTable(csv, mapping, layout.rows === "days" && layout.records !== undefined);
  const problems: Problem[] = [];
  const meters = mapping.meters.map((meter) => openMeter(meter, mapping, table));
  ask(meters, picks, mapping, problems);
  const registers = meters.flatMap((meter) => meter.registers);
  if (layout.rows === "days") gatherDays(table, mapping, layout, registers, problems);
  else gatherIntervals(table, mapping, layout, registers, problems);
  // One for all: a zone is slow to open and remembers what it was asked.
  const zone = zoneOf(mapping.zone);
  const read = meters.flatMap((meter) => {
    const slots = new Map<Day, number[]>();
    for (const source of new Set(meter.picks.map((pick) => pick.source))) {
      slots.set(source, slotsOf(meter, source, mapping, zone, problems));
    }
    return meter.picks.map(({ source, day }) => ({ meter, day, source, slots: slots.get(source) ?? [] }));
  });
  if (problems.length > 0) throw new IntakeRejected(problems, table.assumed);
  const { assumed } = table;
  return read.map(({ meter: { meter, direction }, day, source, slots }) => {
    return { meter, direction, day, source, curve: curve(slots), assumed };
  });
}
