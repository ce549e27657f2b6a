import { graphql, type ResultOf } from "../indexed/index.ts";

/** A page of what a participant sold and bought of a day, with curves. */
export const MY_DAY = graphql(`query MyDay($where: tradeFilter, $after: String) {
  trades(where: $where, orderBy: "id", limit: 1000, after: $after) {
    pageInfo { hasNextPage endCursor }
    items {
      id status sellerId buyerId sellerMeterId buyerMeterId day ruleSetId source paymentDays
      greenCertificates tariff contracted price positionBefore delivered contractedWh deliveredWh claimedWh
      contractedEnergyFen contractedNetworkFen bondFen energyFen networkFen deviationFen invoiced settlement outcomePlace
      payeeId date zoneId
    }
  }
  _meta { status { market { block { number } } } }
}`);

export type MyTrade = ResultOf<typeof MY_DAY>["trades"]["items"][number];

/** The leaves of the settlements that finished some trades. */
export const LEAVES_OF = graphql(`query LeavesOf($ids: [BigInt]) {
  trades(where: { id_in: $ids }, limit: 50) { items { id outcomes { leaves } } }
}`);

/** What the meters of a day were metered. */
export const METERED = graphql(`query Metered($meters: [BigInt], $date: Date!) {
  meterDays(where: { meterId_in: $meters, date: $date }, limit: 1000) {
    items { meterId state metered meteredWh version quality }
  }
}`);
