import { graphql, type ResultOf } from "../indexed/index.ts";

/** What a holder has and had: units, financings, bids, pledges. */
export const POSITIONS = graphql(`query Positions($me: Int!) {
  receivableUnits(where: { participantId: $me, units_gt: "0" }, limit: 1000) {
    items {
      holder units collectedFen
      receivable { id debtorId dueDay dueDate faceFen collectedFen debt { status lastPaymentDay standsStillUntil } }
    }
  }
  encumbrances(where: { pledgeeId: $me }, orderBy: "id", orderDirection: "desc", limit: 1000) {
    items { id status receivableId holder holderId units paidFen registrationNumber receivable { dueDay dueDate debtorId } }
  }
  financings(where: { financierId: $me }, orderBy: "id", orderDirection: "desc", limit: 1000) {
    items { id receivableId requesterId units paidFen rateBp recourse daysToDue registrationNumber financedAt receivable { dueDate } }
  }
  bids(where: { bidderId: $me }, orderBy: "id", orderDirection: "desc", limit: 1000) {
    items { id requestId status rateBp recourse lastDay lastDate heldFen paidFen }
  }
  depositAccount(participantId: $me) { balanceFen heldFen }
  _meta { status { market { block { number } } } }
}`);

export type Positions = ResultOf<typeof POSITIONS>;
export type HeldUnits = Positions["receivableUnits"]["items"][number];
export type FinancingRow = Positions["financings"]["items"][number];
export type BankBid = Positions["bids"]["items"][number];
export type PledgeRow = Positions["encumbrances"]["items"][number];
