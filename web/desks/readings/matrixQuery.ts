import { graphql, type ResultOf } from "../../indexed/index.ts";

/** The last day that the index has seen end: of a later one it does not know yet whose readings are missing. */
export const LAST_ENDED = graphql(`query LastEnded {
  meteringDays(orderBy: "day", orderDirection: "desc", limit: 1) { items { date } }
}`);

/** Meters by their numbers, each with its days of a range: all that the chain says of them, in one question. */
export const METER_MATRIX = graphql(`query MeterMatrix($from: Date!, $to: Date!, $after: String) {
  meters(orderBy: "id", limit: 50, after: $after) {
    items {
      id active direction
      days(where: { date_gte: $from, date_lte: $to }, orderBy: "day", limit: 14) {
        items { date state quality version correctedVersion objectedVersion }
      }
    }
    pageInfo { endCursor hasNextPage }
    totalCount
  }
  missing: meterDays(where: { state: none, date_gte: $from, date_lte: $to }, orderBy: "day", limit: 1) { totalCount }
  _meta { status { market { block { number } } } }
}`);

export type MatrixAnswer = ResultOf<typeof METER_MATRIX>;
export type MatrixMeter = MatrixAnswer["meters"]["items"][number];
export type MatrixDay = NonNullable<MatrixMeter["days"]>["items"][number];

export const OBJECTIONS = graphql(`query Objections($after: String) {
  meterDayObjections(orderBy: "objectedAt", orderDirection: "desc", limit: 50, after: $after) {
    items {
      meterDayId participantId version reasonHash objectedAt objectedTx
      meterDay { meterId date state version correctedVersion finalisableAt }
    }
    pageInfo { endCursor hasNextPage }
  }
  _meta { status { market { block { number } } } }
}`);

export type ObjectionRow = ResultOf<typeof OBJECTIONS>["meterDayObjections"]["items"][number];
