import { DEBT_CODE_ENTRIES, type DebtState, type Fen, formatYuan, readDebt } from "../../sdk/index.ts";
import type { Words } from "./language.ts";
import type { DayMarket } from "./market.ts";
import { DayRefused } from "./refused.ts";

/** The debtor pays what it owes of a debt now, late fee included. */
export async function pay(market: DayMarket, id: bigint): Promise<void> {
  const debt = await readDebt(market.platform, id);
  const { debtor, creditor, unpaidFen, lateFeeFen } = debt;
  await market.send(debtorOf(market, debt), "DebtLedger", "pay", [id, unpaidFen + lateFeeFen]);
  const fee: Words =
    lateFeeFen === 0n
      ? { zh: "", en: "" }
      : { zh: `，另付逾期费 ${formatYuan(lateFeeFen)}`, en: `, and a late fee of ${formatYuan(lateFeeFen)}` };
  const { zh, en } = wordsOf(debt);
  market.say({
    zh: `${market.nameOf(debtor)}向${market.nameOf(creditor)}清偿债务 ${id}：${formatYuan(unpaidFen)}（${zh}）${fee.zh}。`,
    en: `${market.nameOf(debtor)} paid debt ${id} to ${market.nameOf(creditor)}: ${formatYuan(unpaidFen)} (${en})${fee.en}.`,
  });
}

/** The debtor of the first of two debts between the same two, opposite ways and both due, settles what is mutual. */
export async function setOff(market: DayMarket, id: bigint, against: bigint): Promise<void> {
  const [debt, other] = await readBoth(market, id, against);
  await market.send(debtorOf(market, debt), "DebtLedger", "setOff", [id, against]);
  const [left, otherLeft] = await readBoth(market, id, against);
  const settledFen = owed(debt) - owed(left);
  if (settledFen !== owed(other) - owed(otherLeft))
    throw new DayRefused({
      en: `Debts ${id} and ${against} fell unequally.`,
      zh: `债务 ${id} 与 ${against} 的减少额不等。`,
    });
  const [words, otherWords] = [wordsOf(debt), wordsOf(other)];
  const [debtor, creditor] = [market.nameOf(debt.debtor), market.nameOf(debt.creditor)];
  market.say({
    zh: `${debtor}与${creditor}互负债务：债务 ${id}（${words.zh}）与债务 ${against}（${otherWords.zh}）互抵 ${formatYuan(settledFen)}，无须付款；尚欠 ${formatYuan(owed(left))} 和 ${formatYuan(owed(otherLeft))}。`,
    en: `${debtor} and ${creditor} owe each other: debts ${id} (${words.en}) and ${against} (${otherWords.en}) were set off at ${formatYuan(settledFen)}, and no money moved; ${formatYuan(owed(left))} and ${formatYuan(owed(otherLeft))} of them are left.`,
  });
}

function debtorOf(market: DayMarket, { id, debtor }: DebtState) {
  const actor = market.actorOf(debtor);
  if (actor === undefined) throw new DayRefused({ en: `Nobody here owes debt ${id}.`, zh: `此处无人欠债务 ${id}。` });
  return actor;
}

function wordsOf({ id, code }: DebtState): Words {
  if (code === "None") throw new DayRefused({ en: `Debt ${id} was never posted.`, zh: `债务 ${id} 从未入账。` });
  return DEBT_CODE_ENTRIES[code];
}

const readBoth = ({ platform }: DayMarket, id: bigint, against: bigint) =>
  Promise.all([readDebt(platform, id), readDebt(platform, against)]);

const owed = ({ unpaidFen, lateFeeFen }: DebtState): Fen => unpaidFen + lateFeeFen;
