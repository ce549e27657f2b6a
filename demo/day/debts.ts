import { DEBT_CODE_ENTRIES, formatYuan, readDebt } from "../../sdk/index.ts";
import type { Words } from "./language.ts";
import type { DayMarket } from "./market.ts";
import { DayRefused } from "./refused.ts";

/** The debtor pays what it owes of a debt now, late fee included. */
export async function pay(market: DayMarket, id: bigint): Promise<void> {
  const { code, debtor, creditor, unpaidFen, lateFeeFen } = await readDebt(market.platform, id);
  const actor = market.actorOf(debtor);
  if (actor === undefined || code === "None") throw new DayRefused(`Nobody here owes debt ${id}.`);
  await market.send(actor, "DebtLedger", "pay", [id, unpaidFen + lateFeeFen]);
  const fee: Words =
    lateFeeFen === 0n
      ? { zh: "", en: "" }
      : { zh: `，另付逾期费 ${formatYuan(lateFeeFen)}`, en: `, and a late fee of ${formatYuan(lateFeeFen)}` };
  const { zh, en } = DEBT_CODE_ENTRIES[code];
  market.say({
    zh: `${market.nameOf(debtor)}向${market.nameOf(creditor)}清偿债务 ${id}：${formatYuan(unpaidFen)}（${zh}）${fee.zh}。`,
    en: `${market.nameOf(debtor)} paid debt ${id} to ${market.nameOf(creditor)}: ${formatYuan(unpaidFen)} (${en})${fee.en}.`,
  });
}
