import { graphql, type ResultOf } from "../indexed/index.ts";

/** A debt with everything that the index has about it. */
export const DEBT = graphql(`query Debt($id: BigInt!) {
  debt(id: $id) {
    id code status debtorId creditorId issueDate dueDate lastPaymentDate amountFen paidFen lateFeePaidFen reducedFen
    tradeId receivableId standsStillUntil postedTx dischargedAt dischargedTx defaultedAt defaultedTx
    recoveringAt recoveringTx recovererId recoveryEvidenceHash writtenOffAt writtenOffTx writeOffEvidenceHash
    payments(orderBy: "paidAt", limit: 200) { items { id way againstId amountFen lateFeeFen paidAt paidTx } }
  }
  _meta { status { market { block { number } } } }
}`);

export type DebtAnswer = ResultOf<typeof DEBT>;
export type Debt = NonNullable<DebtAnswer["debt"]>;
