import { graphql, type ResultOf } from "../indexed/index.ts";

/** A meter's day with everything that was ever reported of it. */
export const METER_DAY = graphql(`query MeterDay($meter: BigInt!, $date: Date!, $id: String!) {
  meter(id: $meter) { id ownerId traderId direction voltage source capacityW active zoneId zone { name } }
  meterDay(id: $id) {
    id day state version quality rootId finalisableAt metered meteredWh position positionWh mintedWh claimableWh surplusWh
    retiredWh reportedAt reportedTx finalisedAt finalisedTx lapsedAt lapsedTx
    correctedVersion corrected correctedWh adjustableAt correctedAt correctedTx
  }
  meterDayVersions(where: { meterDayId: $id }, orderBy: "version", limit: 100) {
    items { version quality meteredWh reportedAt reportedTx }
  }
  meterDayAcceptances(where: { meterDayId: $id }, limit: 100) {
    items { participantId version acceptedAt acceptedTx }
  }
  meterDayObjections(where: { meterDayId: $id }, orderBy: "objectedAt", limit: 100) {
    items { participantId version reasonHash objectedAt objectedTx }
  }
  retirements(where: { consumptionMeterDayId: $id }, orderBy: "retiredAt", limit: 200) {
    items { id participantId energyWh retiredAt retiredTx meterDay { meterId } }
  }
  trades(
    where: { OR: [{ sellerMeterId: $meter }, { buyerMeterId: $meter }], date: $date }, limit: 1000
  ) { items { id sellerId buyerId } }
  _meta { status { market { block { number } } } }
}`);

export type MeterDayAnswer = ResultOf<typeof METER_DAY>;
export type MeterDayRow = NonNullable<MeterDayAnswer["meterDay"]>;

/** How the index names a meter's day. */
export const meterDayId = (meter: string, date: string): string => `${meter}-${date}`;
