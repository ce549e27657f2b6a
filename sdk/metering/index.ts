/** Meters and their days. */
export { PLANT_SOURCES, slotLimitWh } from "./meter.ts";
export {
  type CorrectedReading,
  type Corrections,
  finalCurve,
  MeterDayError,
  type MeteredDay,
  type ReadingVersion,
  readCorrections,
  readMeterDay,
  readMeterDays,
} from "./metered.ts";
export { lowValleyCurve, threePartCurve } from "./standard.ts";
