import { graphql, type ResultOf } from "../indexed/index.ts";

/** Everything that is frozen, objected to, suspended, late, in default or in arrears. @param now unix second, today its day */
export const CASES = graphql(`query Cases($now: BigInt!, $today: Int!) {
  frozen: trades(where: { status: open, frozenUntil_gt: $now }, orderBy: "frozenUntil", limit: 500) {
    totalCount items { id sellerId buyerId sellerMeterId date frozenUntil }
  }
  ruled: trades(where: { status: ruled }, orderBy: "ruledAt", orderDirection: "desc", limit: 50) {
    totalCount items { id sellerId buyerId date ruledAt ruledTx }
  }
  objections: meterDayObjections(orderBy: "objectedAt", orderDirection: "desc", limit: 200) {
    totalCount
    items { participantId version reasonHash objectedAt meterDay { meterId date state version correctedVersion } }
  }
  late: debts(
    where: { OR: [
      { status_in: [defaulted, recovering, writtenOff] }
      { AND: [{ status: outstanding }, { lastPaymentDay_lt: $today }] }
    ] }
    orderBy: "lastPaymentDay", limit: 500
  ) {
    totalCount
    items {
      id code status debtorId creditorId issueDate lastPaymentDate amountFen paidFen reducedFen tradeId receivableId
      standsStillUntil defaultedAt recoveringAt writtenOffAt dischargedAt recoveryEvidenceHash writeOffEvidenceHash
    }
  }
  suspended: participants(where: { status: suspended }, orderBy: "id", limit: 500) {
    totalCount items { id suspensionReason }
  }
  accounts: depositAccounts(where: { frozen: true }, orderBy: "participantId", limit: 500) {
    totalCount items { participantId bankId frozenReason }
  }
  _meta { status { market { block { number } } } }
}`);

export type CasesAnswer = ResultOf<typeof CASES>;
export type FrozenRow = CasesAnswer["frozen"]["items"][number];
export type ObjectionRow = CasesAnswer["objections"]["items"][number];
export type LateRow = CasesAnswer["late"]["items"][number];
