import { graphql } from "../indexed/index.ts";

/** The trades of a participant over some days, as the index has them: what a statement is compared with. */
export const STATED = graphql(`query Stated($where: tradeFilter, $after: String) {
  trades(where: $where, orderBy: "id", limit: 200, after: $after) {
    pageInfo { hasNextPage endCursor }
    items {
      id status sellerId buyerId contractedWh deliveredWh energyFen networkFen deviationFen payeeId
      adjustments(limit: 20) { items { version differenceWh } }
    }
  }
  _meta { status { market { block { number } } } }
}`);
