// Generated from questions.graphql and the index's schema by `npm run codegen`. Do not edit.
import type { Question } from "./ask.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type DebtStatus =
  | 'none'
  | 'outstanding'
  | 'defaulted'
  | 'recovering'
  | 'writtenOff'
  | 'discharged';

export type PaymentPart =
  | 'faceValue'
  | 'lateFee';

export type TradeStatus =
  | 'none'
  | 'open'
  | 'settled'
  | 'lapsed'
  | 'ruled';

export type TradeByIdQueryVariables = Exact<{
  id: bigint | string;
}>;


export type TradeByIdQuery = { readonly trade: { readonly id: string, readonly status: TradeStatus, readonly date: string, readonly round: string, readonly paymentDays: number, readonly sellerMeterId: string, readonly buyerMeterId: string, readonly contracted: ReadonlyArray<number>, readonly delivered: ReadonlyArray<number> | null, readonly price: ReadonlyArray<number>, readonly contractedWh: string, readonly deliveredWh: string | null, readonly contractedEnergyFen: string, readonly contractedNetworkFen: string, readonly bondFen: string, readonly energyFen: string | null, readonly networkFen: string | null, readonly deviationFen: string | null, readonly settledAt: string | null, readonly seller: { readonly id: number } | null, readonly buyer: { readonly id: number } | null } | null };

export type SalesOfQueryVariables = Exact<{
  participant: number;
  after?: string | null | undefined;
  limit?: number | null | undefined;
}>;


export type SalesOfQuery = { readonly participant: { readonly sales: { readonly items: ReadonlyArray<{ readonly id: string, readonly status: TradeStatus, readonly date: string, readonly contractedWh: string, readonly deliveredWh: string | null, readonly contracted: ReadonlyArray<number>, readonly delivered: ReadonlyArray<number> | null, readonly price: ReadonlyArray<number>, readonly energyFen: string | null, readonly networkFen: string | null, readonly deviationFen: string | null, readonly buyer: { readonly id: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type PurchasesOfQueryVariables = Exact<{
  participant: number;
  after?: string | null | undefined;
  limit?: number | null | undefined;
}>;


export type PurchasesOfQuery = { readonly participant: { readonly purchases: { readonly items: ReadonlyArray<{ readonly id: string, readonly status: TradeStatus, readonly date: string, readonly contractedWh: string, readonly deliveredWh: string | null, readonly contracted: ReadonlyArray<number>, readonly delivered: ReadonlyArray<number> | null, readonly price: ReadonlyArray<number>, readonly energyFen: string | null, readonly networkFen: string | null, readonly deviationFen: string | null, readonly seller: { readonly id: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type ReceivableByIdQueryVariables = Exact<{
  id: bigint | string;
}>;


export type ReceivableByIdQuery = { readonly receivable: { readonly id: string, readonly faceFen: string, readonly issueDate: string, readonly dueDate: string, readonly debt: { readonly status: DebtStatus, readonly paidFen: string, readonly lateFeePaidFen: string, readonly trade: { readonly id: string, readonly date: string } | null, readonly payments: { readonly items: ReadonlyArray<{ readonly amountFen: string }> } | null } | null, readonly transfers: { readonly items: ReadonlyArray<{ readonly senderId: number | null, readonly recipientId: number | null, readonly units: string }> } | null, readonly financings: { readonly items: ReadonlyArray<{ readonly paidFen: string, readonly rateBp: string, readonly registrationNumber: string | null, readonly financier: { readonly id: number } | null }> } | null, readonly collections: { readonly items: ReadonlyArray<{ readonly participantId: number, readonly part: PaymentPart, readonly amountFen: string }> } | null } | null };

export type PricesOfDayQueryVariables = Exact<{
  zone: number;
  date: string;
}>;


export type PricesOfDayQuery = { readonly priceSlots: { readonly items: ReadonlyArray<{ readonly slot: number, readonly price: number | null, readonly paymentDays: number | null, readonly continuous: boolean | null, readonly averagePrice: number | null, readonly contractedWh: string, readonly deliveredWh: string, readonly trades: number }> } };

export type MissingReadingsQueryVariables = Exact<{
  before: string;
  after?: string | null | undefined;
  limit?: number | null | undefined;
}>;


export type MissingReadingsQuery = { readonly meterDays: { readonly items: ReadonlyArray<{ readonly meterId: string, readonly date: string, readonly positionWh: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type MarginOfQueryVariables = Exact<{
  participant: number;
}>;


export type MarginOfQuery = { readonly participant: { readonly margin: { readonly lockedFen: string, readonly termsFen: string, readonly announcedLockedFen: string, readonly announcedTermsFen: string, readonly releasableAt: string | null, readonly hold: { readonly heldFen: string } | null } | null } | null };

/** A trade: where it stands, its curves and what it came to. */
export const tradeById: Question<TradeByIdQuery, TradeByIdQueryVariables> =
  "query tradeById($id: BigInt!) { trade(id: $id) { id status date round paymentDays seller { id } buyer { id } sellerMeterId buyerMeterId contracted delivered price contractedWh deliveredWh contractedEnergyFen contractedNetworkFen bondFen energyFen networkFen deviationFen settledAt } }";

/** What a participant sold, contracted and delivered, a page at a time. */
export const salesOf: Question<SalesOfQuery, SalesOfQueryVariables> =
  "query salesOf($participant: Int!, $after: String, $limit: Int = 100) { participant(id: $participant) { sales(orderBy: \"id\", orderDirection: \"desc\", after: $after, limit: $limit) { items { id status date buyer { id } contractedWh deliveredWh contracted delivered price energyFen networkFen deviationFen } pageInfo { hasNextPage endCursor } } } }";

/** What a participant bought, contracted and delivered, a page at a time. */
export const purchasesOf: Question<PurchasesOfQuery, PurchasesOfQueryVariables> =
  "query purchasesOf($participant: Int!, $after: String, $limit: Int = 100) { participant(id: $participant) { purchases(orderBy: \"id\", orderDirection: \"desc\", after: $after, limit: $limit) { items { id status date seller { id } contractedWh deliveredWh contracted delivered price energyFen networkFen deviationFen } pageInfo { hasNextPage endCursor } } } }";

/** A receivable's whole life: the debt behind it, transfers, financings, collections. */
export const receivableById: Question<ReceivableByIdQuery, ReceivableByIdQueryVariables> =
  "query receivableById($id: BigInt!) { receivable(id: $id) { id faceFen issueDate dueDate debt { status paidFen lateFeePaidFen trade { id date } payments { items { amountFen } } } transfers { items { senderId recipientId units } } financings { items { financier { id } paidFen rateBp registrationNumber } } collections { items { participantId part amountFen } } } }";

/** A day's prices and volumes in a zone, slot by slot, the price that of the latest round. */
export const pricesOfDay: Question<PricesOfDayQuery, PricesOfDayQueryVariables> =
  "query pricesOfDay($zone: Int!, $date: Date!) { priceSlots(where: {zoneId: $zone, date: $date}, orderBy: \"slot\", limit: 96) { items { slot price paymentDays continuous averagePrice contractedWh deliveredWh trades } } }";

/** Days of meters before a date for which no reading came, a page at a time. */
export const missingReadings: Question<MissingReadingsQuery, MissingReadingsQueryVariables> =
  "query missingReadings($before: Date!, $after: String, $limit: Int = 100) { meterDays( where: {state: none, date_lt: $before} orderBy: \"day\" after: $after limit: $limit ) { items { meterId date positionWh } pageInfo { hasNextPage endCursor } } }";

/** What backs a participant's orders; what the hold has beyond the locked margin is held for trades. */
export const marginOf: Question<MarginOfQuery, MarginOfQueryVariables> =
  "query marginOf($participant: Int!) { participant(id: $participant) { margin { lockedFen termsFen announcedLockedFen announcedTermsFen releasableAt hold { heldFen } } } }";
