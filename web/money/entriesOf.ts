import type { Sentence } from "../../sdk/types/sentence.ts";

/** One thing that happened to a participant's money. */
export interface Entry {
  key: string;
  at: bigint;
  what: Sentence;
  /** Negative where it left the free deposits, or the margin. */
  amountFen: bigint;
  tx: string;
}

/** What the index lists of a participant's money. */
export interface ListedMoney {
  depositEntrys: {
    items: { id: string; kind: string; amountFen: string; bankId: number; bookedAt: string; bookedTx: string }[];
  };
  depositTransfers: {
    items: {
      id: string;
      senderId: number;
      recipientId: number;
      amountFen: string;
      transferredAt: string;
      transferredTx: string;
    }[];
  };
  marginMovements: {
    items: { id: string; kind: string; lockedFen: string; round: string | null; movedAt: string; movedTx: string }[];
  };
  accountMoves: {
    items: { id: string; fromBankId: number; toBankId: number; balanceFen: string; movedAt: string; movedTx: string }[];
  };
}

/** All of it in one list, latest first. */
export function entriesOf(money: ListedMoney, participant: number): Entry[] {
  const entries: Entry[] = [
    ...money.depositEntrys.items.map(({ id, kind, amountFen, bankId, bookedAt, bookedTx }): Entry => {
      const isIssued = kind === "issued";
      const what = isIssued
        ? { en: `issued by bank ${bankId}`, zh: `银行 ${bankId} 发放` }
        : { en: `redeemed at bank ${bankId}`, zh: `由银行 ${bankId} 赎回` };
      return { key: `entry ${id}`, at: BigInt(bookedAt), what, amountFen: signed(amountFen, isIssued), tx: bookedTx };
    }),
    ...money.depositTransfers.items.map(
      ({ id, senderId, recipientId, amountFen, transferredAt, transferredTx }): Entry => {
        const isReceived = recipientId === participant;
        const what = isReceived
          ? { en: `from participant ${senderId}`, zh: `来自参与方 ${senderId}` }
          : { en: `to participant ${recipientId}`, zh: `付给参与方 ${recipientId}` };
        const fen = signed(amountFen, isReceived);
        return { key: `transfer ${id}`, at: BigInt(transferredAt), what, amountFen: fen, tx: transferredTx };
      },
    ),
    ...money.marginMovements.items.flatMap(({ id, kind, lockedFen, round, movedAt, movedTx }): Entry[] => {
      const said = MARGIN[kind]?.(round ?? "");
      if (said === undefined || lockedFen === "0") return [];
      const fen = signed(lockedFen, said.isBack);
      return [{ key: `margin ${id}`, at: BigInt(movedAt), what: said.what, amountFen: fen, tx: movedTx }];
    }),
    ...money.accountMoves.items.map(({ id, fromBankId, toBankId, balanceFen, movedAt, movedTx }): Entry => {
      const what = {
        en: `moved from bank ${fromBankId} to bank ${toBankId}`,
        zh: `由银行 ${fromBankId} 转户至银行 ${toBankId}`,
      };
      return { key: `move ${id}`, at: BigInt(movedAt), what, amountFen: BigInt(balanceFen), tx: movedTx };
    }),
  ];
  return entries.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
}

const signed = (fen: string, isIn: boolean) => (isIn ? BigInt(fen) : -BigInt(fen));

/** Announcing moves nothing yet, and what is allowed on terms is no money. */
const MARGIN: Record<string, (round: string) => { what: Sentence; isBack: boolean }> = {
  locked: () => ({ what: { en: "locked as margin", zh: "缴存交易保证金" }, isBack: false }),
  released: () => ({ what: { en: "margin taken back", zh: "取回交易保证金" }, isBack: true }),
  drawn: (round) => ({
    what: { en: `margin drawn by round ${round}`, zh: `第 ${round} 轮动用交易保证金` },
    isBack: false,
  }),
};
