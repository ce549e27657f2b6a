import { graphql, type ResultOf, useIndexed } from "../../indexed/index.ts";

const METERS = graphql(`query TradersMeters($trader: Int) {
  meters(where: { traderId: $trader, active: true }, orderBy: "id", limit: 500) {
    items { id direction capacityW zone { name } }
  }
}`);

export type TradersMeter = ResultOf<typeof METERS>["meters"]["items"][number];

/** The meters that a participant trades for. */
export const useMeters = (trader: number | undefined) =>
  useIndexed(METERS, { trader }, { enabled: trader !== undefined });
