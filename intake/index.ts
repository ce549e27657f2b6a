export * from "./load.ts";
export { type DayPick, type Mapping, MappingError, parseDayPicks, parseMapping } from "./mapping.ts";
export { describeProblem, IntakeRejected, type Problem } from "./problem.ts";
export { type MeterDay, readMeterDays } from "./readings.ts";
