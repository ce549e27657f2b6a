import { graphql, type ResultOf } from "../indexed/index.ts";

/** What a participant owes and is owed, by due day; what is discharged is asked for apart. */
export const DEBTS = graphql(`query Debts($id: Int!) {
  open: debts(
    where: { AND: [{ OR: [{ debtorId: $id }, { creditorId: $id }] }, { status_not: discharged }] }
    orderBy: "dueDay", limit: 500
  ) { totalCount items { ...DebtRow } }
  ended: debts(
    where: { AND: [{ OR: [{ debtorId: $id }, { creditorId: $id }] }, { status: discharged }] }
    orderBy: "dueDay", orderDirection: "desc", limit: 200
  ) { totalCount items { ...DebtRow } }
  _meta { status { market { block { number } } } }
}
fragment DebtRow on debt {
  id code status debtorId creditorId dueDate amountFen paidFen lateFeePaidFen reducedFen claimed tradeId receivableId
  standsStillUntil dischargedAt dischargedTx postedTx
}`);

export type DebtsAnswer = ResultOf<typeof DEBTS>;
export type DebtRow = DebtsAnswer["open"]["items"][number];
