/** Meters and their days. */
export { type MeterTraders, NO_NEXT_TRADER, PLANT_SOURCES, slotLimitWh, traderOn } from "./meter.ts";
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
export { assetHash, type MeterInput, registerMeter, setMeterTrader } from "./register.ts";
export { lowValleyCurve, threePartCurve } from "./standard.ts";
