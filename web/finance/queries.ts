import { graphql, type ResultOf } from "../indexed/index.ts";

/** A receivable with all that its life line is made of. */
const CLAIM = graphql(`fragment Claim on receivable {
  id debtId debtorId creditorId draftId forRecovery betweenAffiliates invoiceHash
  issueDate dueDay dueDate faceFen collectedFen lateFeeCollectedFen issuedAt issuedTx
  debt { status code tradeId lastPaymentDay lastPaymentDate amountFen paidFen reducedFen standsStillUntil dischargedAt defaultedAt recoveringAt writtenOffAt }
  encumbrances(orderBy: "id", limit: 1000) { items { id status holder holderId pledgeeId units paidFen registrationNumber pledgedAt endedAt } }
  financings(orderBy: "id", limit: 1000) { items { id units paidFen rateBp recourse financierId requesterId registrationNumber financedAt } }
  units(limit: 1000) { items { holder participantId units collectedFen } }
}`);

export const CLAIMS = graphql(
  `query Claims {
    receivables(orderBy: "id", orderDirection: "desc", limit: 1000) { items { ...Claim } }
    _meta { status { market { block { number } } } }
  }`,
  [CLAIM],
);

export const CLAIM_BY_ID = graphql(
  `query ClaimById($id: BigInt!) {
    receivable(id: $id) {
      ...Claim
      debtor { credit { ...Record } }
      transfers(orderBy: "transferredAt", limit: 1000) { items { id senderId recipientId units transferredAt transferredTx } }
      collections(orderBy: "collectedAt", limit: 1000) { items { id participantId part amountFen collectedAt collectedTx } }
      financingRequests(orderBy: "id", limit: 1000) { items { id status requesterId units maxRateBp lastDate } }
    }
    _meta { status { market { block { number } } } }
  }`,
  [
    CLAIM,
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
