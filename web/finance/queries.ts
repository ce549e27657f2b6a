import { graphql, type ResultOf } from "../indexed/index.ts";

/** A receivable with all that its life line is made of. */
const LIVED = graphql(`fragment Lived on receivable {
  id debtId debtorId creditorId draftId forRecovery betweenAffiliates invoiceHash
  issueDate dueDay dueDate faceFen collectedFen lateFeeCollectedFen issuedAt issuedTx
  debt { status tradeId lastPaymentDay lastPaymentDate standsStillUntil dischargedAt defaultedAt writtenOffAt }
  encumbrances(orderBy: "id", limit: 100) { items { id status holder holderId pledgeeId units paidFen registrationNumber pledgedAt } }
  financings(orderBy: "id", limit: 100) { items { id units paidFen rateBp recourse financierId financedAt } }
}`);

/** A page of receivables, the newest first: the index answers so many rows at a time, those within them included. */
export const CLAIMS = graphql(
  `query Claims($where: receivableFilter!, $after: String) {
    receivables(where: $where, orderBy: "id", orderDirection: "desc", limit: 50, after: $after) {
      items { ...Lived }
      pageInfo { endCursor hasNextPage }
    }
    _meta { status { market { block { number } } } }
  }`,
  [LIVED],
);

/** How much somebody holds of which receivable. */
export const HELD = graphql(`query Held($me: Int!) {
  receivableUnits(where: { participantId: $me, units_gt: "0" }, orderBy: "receivableId", orderDirection: "desc", limit: 1000) {
    items { receivableId units }
  }
}`);

export const CLAIM_BY_ID = graphql(
  `query ClaimById($id: BigInt!) {
    receivable(id: $id) {
      ...Lived
      debtor { credit { ...Record } }
      units(limit: 1000) { items { holder participantId units collectedFen } }
      transfers(orderBy: "transferredAt", limit: 1000) { items { id senderId recipientId units transferredAt transferredTx } }
      collections(orderBy: "collectedAt", limit: 1000) { items { id participantId part amountFen collectedAt collectedTx } }
      financingRequests(orderBy: "id", limit: 1000) { items { id status requesterId units maxRateBp lastDate } }
    }
    _meta { status { market { block { number } } } }
  }`,
  [
    LIVED,
    graphql(`fragment Record on creditCounter {
      sales salesCharged purchases dischargedOnTime dischargedLate daysLate defaults arrears arrearsStanding writtenOff
    }`),
  ],
);

/** What is owed to a participant and is no receivable yet. */
export const OPEN_DEBTS = graphql(`query OpenDebts($me: Int!) {
  debts(where: { creditorId: $me, claimed: false, status_not: discharged }, orderBy: "dueDay", limit: 1000) {
    items { id code status debtorId dueDate amountFen paidFen reducedFen tradeId }
  }
}`);

export type Claim = ResultOf<typeof CLAIMS>["receivables"]["items"][number];
export type ClaimDetail = NonNullable<ResultOf<typeof CLAIM_BY_ID>["receivable"]>;
export type OpenDebt = ResultOf<typeof OPEN_DEBTS>["debts"]["items"][number];
