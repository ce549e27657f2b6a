/** Units, days, curves and words that every room shares; nothing here knows a chain. */
export {
  addCurves,
  type Curve,
  CurveError,
  curve,
  decodeCurve,
  decodeStretch,
  deliveries,
  encodeCurve,
  encodeOptionalCurve,
  encodeStretch,
  hashCurve,
  minCurve,
  type Stretch,
  sameCurve,
  subtractCurves,
  sumCurve,
  valueAt,
  ZERO_CURVE,
} from "./curve.ts";
export { hasDayLapsed, isDayFinal, isDayOpen } from "./dayState.ts";
export {
  DAY_STATES,
  type DayState,
  DIRECTIONS,
  type Direction,
  FIRM_SIZES,
  type FirmSize,
  PARTICIPANT_STATUSES,
  type ParticipantStatus,
  QUALITIES,
  type Quality,
  SOURCES,
  type Source,
  VOLTAGES,
  type Voltage,
} from "./enums.ts";
export { DujiangError } from "./errors.ts";
export { type Json, toJson } from "./json.ts";
export { type MultiProof, merkleMultiProof, merkleRoot, merkleSiblings } from "./merkleTree.ts";
export { apportion } from "./rounding.ts";
export { LANGUAGES, type Language, languageOf, type Sentence } from "./sentence.ts";
export {
  DAY_SECONDS,
  type Day,
  DayError,
  dateNumber,
  dayFromDateNumber,
  dayOf,
  formatDay,
  parseDay,
  SLOT_SECONDS,
  SLOTS,
  type Slot,
  SlotError,
  slotLabel,
  slotOf,
  slotsLabel,
  startOfDay,
  startOfSlot,
} from "./time.ts";
export {
  type BasisPoints,
  type Fen,
  formatKwh,
  formatMwh,
  formatPercent,
  formatTariff,
  formatYuan,
  formatYuanPerKwh,
  formatYuanPerMwh,
  LANE_LIMIT,
  type Price,
  parseKwh,
  parseMwh,
  parsePercent,
  parseTariff,
  parseYuan,
  parseYuanPerKwh,
  parseYuanPerMwh,
  type Tariff,
  UnitError,
  type Wh,
} from "./units.ts";
export { WholeError } from "./whole.ts";
export { nameOf, type Words, wordsOf } from "./words.ts";
