import { graphql, type ResultOf } from "../indexed/index.ts";

/** A trade with everything that the index has about it. */
export const TRADE = graphql(`query Trade($id: BigInt!) {
  trade(id: $id) {
    id status sellerId buyerId sellerMeterId buyerMeterId day date zoneId round continuous ruleSetId source paymentDays
    greenCertificates tariff contracted price positionBefore delivered contractedWh deliveredWh claimedWh contractedEnergyFen
    contractedNetworkFen bondFen energyFen networkFen deviationFen invoiced corrected settlement outcomePlace payeeId
    sellOrderDigest buyOrderDigest receivableId frozenUntil
    openedAt openedTx settledAt settledTx lapsedAt lapsedTx ruledAt ruledTx claimedAt claimedTx
    zone { name }
    outcomes { leaves }
    sellerMeterDay { state finalisableAt }
    ruleSet { rules { deviationRules { source toleranceBp rateBp priceFenPerMWh period payee } } }
    adjustments(limit: 50) { items { version differenceWh energyFen networkFen deviationFen adjustedAt adjustedTx } }
  }
  debts(where: { tradeId: $id }, orderBy: "id", limit: 50) {
    items { id code status debtorId creditorId dueDate amountFen paidFen lateFeePaidFen dischargedAt dischargedTx }
  }
  _meta { status { market { block { number } } } }
}`);

export type TradeAnswer = ResultOf<typeof TRADE>;
export type Trade = NonNullable<TradeAnswer["trade"]>;

/** Every trade that a meter sold of a day: what the book of an open trade is made of. */
export const SOLD_OF_DAY = graphql(`query SoldOfDay($meter: BigInt!, $day: Int!) {
  trades(where: { sellerMeterId: $meter, day: $day }, orderBy: "id", limit: 1000) {
    items {
      id status sellerId buyerId sellerMeterId buyerMeterId day ruleSetId source paymentDays
      greenCertificates tariff contracted price positionBefore delivered contractedWh deliveredWh claimedWh
      contractedEnergyFen contractedNetworkFen bondFen energyFen networkFen deviationFen invoiced settlement outcomePlace
      payeeId
    }
  }
}`);

/** A page of trades, as a list shows them. */
export const TRADES = graphql(`query Trades($where: tradeFilter, $after: String) {
  trades(where: $where, orderBy: "id", orderDirection: "desc", limit: 1000, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    items {
      id status sellerId buyerId sellerMeterId buyerMeterId date paymentDays contractedWh deliveredWh contractedEnergyFen
      energyFen deviationFen
    }
  }
  _meta { status { market { block { number } } } }
}`);

export type ListedTrade = ResultOf<typeof TRADES>["trades"]["items"][number];
