/** Meters and their days. */
export {
  type DayProof,
  dayLeaf,
  METERS_PER_GROUP,
  meterGroup,
  OWN_WORDS,
  type PlaceUnderRoot,
  type Reading,
  type RootReport,
  readingsUnder,
  rootReports,
} from "./dayRoot.ts";
export { type MeterTraders, NO_NEXT_TRADER, PLANT_SOURCES, slotLimitWh, traderOn } from "./meter.ts";
export {
  buildRecordDays,
  type CorrectedReading,
  type Corrections,
  finalCurve,
  MeterDayError,
  type MeteredDay,
  type ProvenDays,
  proveTogether,
  type ReadingVersion,
  readCorrections,
  readDaysEndedBy,
  readFinalDay,
  readMeterDay,
  readMeterDays,
} from "./metered.ts";
export { buildObjection, type ObjectArguments, type Objection, readObjections, reasonHash } from "./objection.ts";
export { assetHash, type MeterInput, registerMeter, setMeterTrader } from "./register.ts";
export { lowValleyCurve, threePartCurve } from "./standard.ts";
