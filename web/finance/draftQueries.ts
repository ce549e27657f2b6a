import { graphql, type ResultOf } from "../indexed/index.ts";

export const DRAFTS = graphql(`query Drafts($me: Int!) {
  claimDrafts(where: { OR: [{ debtorId: $me }, { creditorId: $me }] }, orderBy: "id", orderDirection: "desc", limit: 1000) {
    items {
      id status debtorId creditorId amountFen deliveryDate dueDate invoiceNumber invoiceHash receivableId tradesOfDelivery
      draftedAt confirmedAt cancelledAt refusedAt refusalReasonHash
    }
  }
  _meta { status { market { block { number } } } }
}`);

export type DraftRow = ResultOf<typeof DRAFTS>["claimDrafts"]["items"][number];
