import { bankReference, type Fen, formatYuan, readBankBooks } from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import { type DayMarket, documentHash } from "./market.ts";
import { DayRefused } from "./refused.ts";

export const SETTLEMENT_BANKS = ["settlementBank", "secondSettlementBank"] as const satisfies readonly LocalActor[];
type SettlementBank = (typeof SETTLEMENT_BANKS)[number];

/** Customers of the second settlement bank; the first keeps all other accounts. */
const OF_SECOND: readonly LocalActor[] = ["secondSettlementBank", "factory", "retailer", "bankB"];

/** Who keeps an account; two large buyers bank elsewhere than the plants, so that their payments cross banks. */
export function bankFor(actor: LocalActor): SettlementBank {
  return OF_SECOND.includes(actor) ? "secondSettlementBank" : "settlementBank";
}

/** Each bank opens the accounts of its customers, with nothing in them: those who are only paid can then redeem, too. */
export async function openAccounts(market: DayMarket): Promise<void> {
  for (const [actor, participant] of market.participants) {
    await market.send(bankFor(actor), "DepositToken", "openAccount", [participant]);
  }
  const [first, second] = SETTLEMENT_BANKS.map((bank) =>
    [...market.participants.keys()].filter((actor) => bankFor(actor) === bank),
  );
  market.say({
    zh: `${market.name("settlementBank")}为 ${first?.length} 户、${market.name("secondSettlementBank")}为 ${second?.length} 户开户：存款是对本人开户银行的债权。`,
    en: `${market.name("settlementBank")} keeps ${first?.length} accounts, ${market.name("secondSettlementBank")} ${second?.length}: a deposit is a claim on one's own bank.`,
  });
}

/** What crossed banks is paid at the central bank, net, and the receiver confirms it; afterwards each bank has what it owes. */
export async function settleBanks(market: DayMarket): Promise<void> {
  const [debtor, creditor] = (await readBankBooks(market.platform)).sort((a, b) =>
    a.receivableFen < b.receivableFen ? -1 : 1,
  );
  if (debtor === undefined || creditor === undefined)
    throw new DayRefused({ en: "The market has no two settlement banks.", zh: "市场没有两家结算银行。" });
  const amount: Fen = creditor.receivableFen;
  if (amount === 0n)
    throw new DayRefused({
      en: "Nothing crossed banks, though two large buyers bank elsewhere than plants.",
      zh: "没有跨行款项，而两家大买方与电站的开户银行不同。",
    });
  const receiver = market.actorOf(creditor.bank);
  if (receiver === undefined)
    throw new DayRefused({
      en: `Participant ${creditor.bank} is no settlement bank of the day.`,
      zh: `参与方 ${creditor.bank} 不是当日的结算银行。`,
    });
  await market.send(receiver, "DepositToken", "settleBetween", [
    debtor.bank,
    amount,
    bankReference(documentHash("transfer at the central bank")),
  ]);
  for (const { bank, positionFen, depositsFen } of await readBankBooks(market.platform)) {
    if (positionFen !== depositsFen) {
      throw new DayRefused({
        en: `${market.nameOf(bank)}: ${positionFen} received, but ${depositsFen} owed to its customers.`,
        zh: `${market.nameOf(bank)}：收到 ${positionFen}，而欠客户 ${depositsFen}。`,
      });
    }
  }
  market.say({
    zh: `跨行轧差：${market.nameOf(debtor.bank)}在央行付给${market.nameOf(creditor.bank)} ${formatYuan(amount)}，由收款行确认；两行头寸各等于其客户存款。`,
    en: `Between banks: ${market.nameOf(debtor.bank)} paid ${market.nameOf(creditor.bank)} the net ${formatYuan(amount)} at the central bank, confirmed by the receiver; each bank's position equals its customers' deposits.`,
  });
}
