import {
  type Day,
  type Fen,
  formatDay,
  formatPercent,
  formatYuan,
  readDebtsOfTrade,
  readEvents,
  startOfDay,
} from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import { type DayMarket, documentHash } from "./market.ts";
import { DayRefused } from "./refused.ts";

const PASSED_ON_PERCENT = 30n;
const RATES_BP = { bankA: 420, bankB: 365 } as const;
const MAX_RATE_BP = 500;
const BIDDING_DAYS = 5;

/** The debt of a trade on terms becomes a receivable; part of it pays a supplier, a bank buys the rest. */
export async function finance(market: DayMarket, trade: bigint, today: Day): Promise<bigint> {
  const invoice = documentHash(`VAT invoice of trade ${trade}`);
  const [owed] = await readDebtsOfTrade(market.platform, trade);
  if (owed === undefined)
    throw new DayRefused({ en: `Trade ${trade} left nothing owed.`, zh: `交易 ${trade} 没有留下欠款。` });
  const { id: debt } = owed;
  const id = await market.send("hydroStation", "Receivables", "issueFromDebt", [debt, invoice]);
  const { faceFen, dueDay } = await market.read("Receivables", "receivable", [id]);
  market.say({
    zh: `交易 ${trade} 的债务 ${debt} 成为应收账款 ${id}：${formatYuan(faceFen)}，${formatDay(dueDay)} 由${market.name("factory")}支付。`,
    en: `Debt ${debt}, which trade ${trade} left, became receivable ${id}: ${formatYuan(faceFen)}, due ${formatDay(dueDay)} from ${market.name("factory")}.`,
  });

  const passedOn = (faceFen * PASSED_ON_PERCENT) / 100n;
  const [from, to] = [market.address("hydroStation"), market.address("supplier")];
  await market.send("hydroStation", "Receivables", "safeTransferFrom", [from, to, id, passedOn, "0x"]);
  market.say({
    zh: `${market.name("hydroStation")}拆分 ${formatYuan(passedOn)} 转给${market.name("supplier")}抵付货款。`,
    en: `${market.name("hydroStation")} passed ${formatYuan(passedOn)} of it on to ${market.name("supplier")}.`,
  });

  const onward = [to, market.address("retailer"), id, passedOn, "0x"] as const;
  const stolen = await market.refusal("supplier", "Receivables", "safeTransferFrom", onward);
  market.say({
    zh: `${market.name("supplier")}的密钥若被盗，单凭它转不走这笔账款：${stolen.zh}`,
    en: `A thief of the key of ${market.name("supplier")} cannot pass it on: ${stolen.en}`,
  });

  await sell(market, id, faceFen - passedOn, today + BIDDING_DAYS);
  return id;
}

async function sell(market: DayMarket, receivable: bigint, units: Fen, lastDay: Day): Promise<void> {
  const asked = [receivable, units, MAX_RATE_BP, lastDay] as const;
  const request = await market.send("hydroStation", "FinancingDesk", "requestFinancing", asked);
  const bids = new Map<"bankA" | "bankB", bigint>();
  for (const bank of ["bankA", "bankB"] as const) {
    const bid = await market.send(bank, "FinancingDesk", "placeBid", [request, RATES_BP[bank], false, lastDay]);
    bids.set(bank, bid);
    market.say({
      zh: `${market.name(bank)}报价：年化 ${formatPercent(RATES_BP[bank])}，无追索，资金已冻结。`,
      en: `${market.name(bank)} bid ${formatPercent(RATES_BP[bank])} a year without recourse, its money held.`,
    });
  }
  const [better, worse] = [...bids.keys()].sort((a, b) => RATES_BP[a] - RATES_BP[b]);
  const [accepted, released] = [bids.get(better as "bankA") ?? 0n, bids.get(worse as "bankA") ?? 0n];
  const desk = market.platform.addresses.FinancingDesk;
  await market.send("hydroStation", "Receivables", "setApprovalForAll", [desk, true]);
  await market.send("hydroStation", "FinancingDesk", "accept", [accepted]);
  await market.until({ zh: "释放未中标的资金", en: "releasing the other bid" }, async () => {
    const [event] = await readEvents(market.platform, "FinancingDesk", ["BidReleased"], { id: released });
    return event;
  });
  const { paidFen } = await market.read("FinancingDesk", "bid", [accepted]);
  market.say({
    zh: `${market.name("hydroStation")}接受${market.name(better as LocalActor)}：${formatYuan(units)} 的应收账款换得 ${formatYuan(paidFen)}，一步交割；${market.name(worse as LocalActor)}的资金释放。`,
    en: `${market.name("hydroStation")} took the bid of ${market.name(better as LocalActor)}: ${formatYuan(units)} of the claim for ${formatYuan(paidFen)}, swapped in one step; the money of ${market.name(worse as LocalActor)} was released.`,
  });
}

/** On the due day the debtor pays, and the keeper passes it on to the holders. */
export async function repay(market: DayMarket, id: bigint): Promise<void> {
  const { debt, dueDay, faceFen } = await market.read("Receivables", "receivable", [id]);
  await market.goTo(startOfDay(dueDay) + 9 * 3600);
  await market.send("factory", "DebtLedger", "pay", [debt, faceFen]);
  const collected = await market.until({ zh: "分付还款", en: "handing on the repayment" }, async () => {
    const found = await readEvents(market.platform, "Receivables", ["ReceivableCollected"], { id });
    return sum(found.map(({ args }) => args.amountFen)) === faceFen ? found : undefined;
  });
  for (const { args } of collected) {
    market.say({
      zh: `到期还款：${market.name("factory")} → ${market.nameOf(args.participant)} ${formatYuan(args.amountFen)}。`,
      en: `Repaid at maturity: ${market.name("factory")} to ${market.nameOf(args.participant)}, ${formatYuan(args.amountFen)}.`,
    });
  }
}

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
