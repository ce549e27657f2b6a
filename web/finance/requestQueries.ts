import { graphql, type ResultOf } from "../indexed/index.ts";

const COUNTED = graphql(`fragment Counted on creditCounter {
  sales salesCharged purchases dischargedOnTime dischargedLate daysLate defaults arrears arrearsStanding writtenOff
}`);

/** A request with what is offered, and the bids on it. */
const REQUEST = graphql(`fragment Request on financingRequest {
  id status receivableId requesterId units maxRateBp lastDay lastDate requestedAt
  bids(orderBy: "rateBp", limit: 100) {
    items { id status bidderId rateBp recourse toAffiliate lastDay lastDate heldFen paidFen placedAt acceptedAt }
  }
}`);

export const REQUESTS = graphql(
  `query Requests($where: financingRequestFilter!, $after: String) {
    financingRequests(where: $where, orderBy: "id", orderDirection: "desc", limit: 50, after: $after) {
      items {
        ...Request
        receivable { id debtorId creditorId dueDay dueDate faceFen invoiceHash betweenAffiliates encumbrances(limit: 100) { items { id status } } }
      }
      pageInfo { endCursor hasNextPage }
    }
    _meta { status { market { block { number } } } }
  }`,
  [REQUEST],
);

/** On which requests a bank has bid. */
export const BID_ON = graphql(`query BidOn($me: Int!) {
  bids(where: { bidderId: $me }, orderBy: "id", orderDirection: "desc", limit: 1000) { items { requestId } }
}`);

export const REQUEST_BY_ID = graphql(
  `query RequestById($id: BigInt!) {
    financingRequest(id: $id) {
      ...Request
      requester { credit { ...Counted } }
      receivable {
        id debtorId creditorId dueDay dueDate issueDate faceFen collectedFen invoiceHash betweenAffiliates draftId debt { status tradeId }
        draft { invoiceNumber deliveryDate tradesOfDelivery }
        debtor { credit { ...Counted } }
        encumbrances(limit: 1000) { items { id status holderId pledgeeId units registrationNumber } }
      }
    }
    _meta { status { market { block { number } } } }
  }`,
  [REQUEST, COUNTED],
);

export type RequestRow = ResultOf<typeof REQUESTS>["financingRequests"]["items"][number];
export type RequestDetail = NonNullable<ResultOf<typeof REQUEST_BY_ID>["financingRequest"]>;
/** The request in an answer of `REQUEST_BY_ID`. */
export const pickRequest = ({ financingRequest }: ResultOf<typeof REQUEST_BY_ID>) => financingRequest;
export type BidRow = NonNullable<RequestDetail["bids"]>["items"][number];
