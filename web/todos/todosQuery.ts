import { graphql, type ResultOf } from "../indexed/index.ts";

/** Everything of the index that may ask something of a participant. */
export const TODOS = graphql(`query Todos($id: Int!) {
  debts(where: { debtorId: $id, status_not: discharged }, orderBy: "dueDay", limit: 200) {
    items { id creditorId dueDate amountFen paidFen reducedFen status }
  }
  claimDrafts(where: { debtorId: $id, status: drafted }, orderBy: "id", limit: 100) {
    items { id creditorId amountFen dueDate }
  }
  sold: trades(where: { sellerId: $id, status: open }, orderBy: "day", limit: 200) {
    items { sellerMeterId date sellerMeterDay { state version finalisableAt } }
  }
  bought: trades(where: { buyerId: $id, status: open }, orderBy: "day", limit: 200) {
    items { sellerMeterId date sellerMeterDay { state version finalisableAt } }
  }
  meterDayAcceptances(where: { participantId: $id }, orderBy: "acceptedAt", orderDirection: "desc", limit: 500) {
    items { meterDayId version }
  }
  financingRequests(where: { requesterId: $id, status: open }, orderBy: "id", limit: 50) {
    items { id receivableId lastDate bids(where: { status: funded }, limit: 1) { totalCount } }
  }
  margin(participantId: $id) { announcedLockedFen announcedTermsFen releasableAt }
}`);

export type TodosAnswer = ResultOf<typeof TODOS>;
