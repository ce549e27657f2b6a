import { graphql, type ResultOf } from "../indexed/index.ts";

/** A participant's money, as the index has it. */
export const MONEY = graphql(`query Money($id: Int!) {
  depositAccount(participantId: $id) { balanceFen heldFen bankId frozen }
  depositHolds(where: { participantId: $id }, limit: 50) { items { notary allowed heldFen } }
  margin(participantId: $id) {
    lockedFen termsFen announcedLockedFen announcedTermsFen releasableAt drawnLockedFen drawnTermsFen
  }
  depositEntrys(where: { participantId: $id }, orderBy: "bookedAt", orderDirection: "desc", limit: 200) {
    items { id kind amountFen bankId bankReference bookedAt bookedTx }
  }
  depositTransfers(
    where: { OR: [{ senderId: $id }, { recipientId: $id }] }, orderBy: "transferredAt", orderDirection: "desc", limit: 200
  ) { items { id senderId recipientId amountFen transferredAt transferredTx } }
  marginMovements(where: { participantId: $id }, orderBy: "movedAt", orderDirection: "desc", limit: 200) {
    items { id kind lockedFen termsFen round releasableAt movedAt movedTx }
  }
  accountMoves(where: { participantId: $id }, orderBy: "movedAt", orderDirection: "desc", limit: 50) {
    items { id fromBankId toBankId balanceFen movedAt movedTx }
  }
  _meta { status { market { block { number } } } }
}`);

export type MoneyAnswer = ResultOf<typeof MONEY>;
