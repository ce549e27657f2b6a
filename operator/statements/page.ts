import { html, raw } from "hono/html";
import {
  DEBT_CODE_ENTRIES,
  DEBT_STATUS_WORDS,
  type DebtState,
  type Fen,
  formatDay,
  formatKwh,
  formatYuan,
  type Wh,
} from "../../sdk/index.ts";
import type { Words } from "../gateway/language.ts";
import type { Payment } from "./dayTrade.ts";
import type { Statement, StatementLine } from "./statement.ts";

type Language = keyof Words;

const WORDS = {
  title: { en: "Daily statement", zh: "日清单" },
  participant: { en: "Participant", zh: "参与方" },
  day: { en: "Delivery day", zh: "交割日" },
  final: { en: "All trades of the day have ended.", zh: "当日交易均已了结。" },
  open: {
    en: "Some trades of the day are still open: figures may follow.",
    zh: "当日尚有未了结的交易，后续会有变动。",
  },
  note: {
    en: "For information: days are cleared, months are billed. Amounts are exact to the fen; a correction of the reading comes as an entry of its own, with the differences.",
    zh: "日清单仅供参考，按月结算。金额精确到分；电量数据更正以新的条目列示差额。",
  },
  trade: { en: "Trade", zh: "交易" },
  correction: { en: "correction", zh: "更正" },
  role: { en: "As", zh: "身份" },
  meters: { en: "Meters", zh: "计量点" },
  contracted: { en: "Contracted", zh: "合约电量" },
  delivered: { en: "Delivered", zh: "交付电量" },
  deviation: { en: "Deviation", zh: "偏差电量" },
  amounts: { en: "Received (+), paid (−)", zh: "收（+）付（−）" },
  none: { en: "There is no trade of this participant on this day.", zh: "该参与方当日没有交易。" },
  sold: { en: "Delivered as seller", zh: "售出" },
  bought: { en: "Delivered as buyer", zh: "购入" },
  claimed: { en: "kWh claimed", zh: "已领取电量凭证" },
  claimable: { en: "kWh claimable", zh: "可领取电量凭证" },
  received: { en: "Received", zh: "已收" },
  paid: { en: "Paid", zh: "已付" },
  receivable: { en: "Owed to the participant", zh: "应收" },
  payable: { en: "Owed by the participant", zh: "应付" },
  net: { en: "Net", zh: "净额" },
  seller: { en: "seller", zh: "卖方" },
  buyer: { en: "buyer", zh: "买方" },
  payee: { en: "payee", zh: "收款方" },
  energy: { en: "energy", zh: "电费" },
  networkCharge: { en: "network charge", zh: "输配电费" },
  deviationCharge: { en: "deviation charge", zh: "偏差费用" },
  due: { en: "due", zh: "到期日" },
  debts: { en: "What is owed out of these trades now", zh: "这些交易目前的应付款项" },
  debt: { en: "Debt", zh: "债务" },
  subject: { en: "For", zh: "事由" },
  parties: { en: "Debtor → creditor", zh: "债务人 → 债权人" },
  dueDate: { en: "Due day", zh: "到期日" },
  amount: { en: "Amount", zh: "金额" },
  unpaid: { en: "Unpaid", zh: "未付" },
  lateFee: { en: "Late fee", zh: "逾期费" },
  status: { en: "Status", zh: "状态" },
} as const satisfies Record<string, Words>;

const STYLE = `
  body { font: 14px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; color: #1d2733; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
  table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
  th, td { border-bottom: 1px solid #d5dbe3; padding: .35rem .5rem; text-align: left; vertical-align: top; }
  th { background: #f1f4f8; }
  .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  dl { display: grid; grid-template-columns: max-content max-content; gap: .2rem 2rem; }
  dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
  p { color: #4a5868; }
  @media print { body { margin: 0; max-width: none; } thead { display: table-header-group; } tr { break-inside: avoid; } }
`;

/** The statement as a page to read and to print. */
export function statementPage(statement: Statement, debts: readonly DebtState[], language: Language) {
  const { participant, day, isFinal, lines, totals } = statement;
  const word = (name: keyof typeof WORDS) => WORDS[name][language];
  const total = (name: keyof typeof WORDS, text: string) => html`<dt>${word(name)}</dt><dd>${text}</dd>`;
  const heads = [
    ...(["trade", "role", "meters"] as const).map((name) => html`<th>${word(name)}</th>`),
    ...(["contracted", "delivered", "deviation", "amounts"] as const).map(
      (name) => html`<th class="n">${word(name)}</th>`,
    ),
  ];
  return html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${word("title")} ${formatDay(day)} · ${participant}</title><style>${raw(STYLE)}</style></head>
<body>
<h1>${word("title")}</h1>
<p>${word("participant")} ${participant} · ${word("day")} ${formatDay(day)}<br>${word(isFinal ? "final" : "open")}</p>
${
  lines.length === 0
    ? html`<p>${word("none")}</p>`
    : html`<table><thead><tr>${heads}</tr></thead><tbody>${lines.map((line) => row(line, participant, language))}</tbody></table>`
}
<dl>
${total("sold", formatKwh(totals.soldWh))}${total("bought", formatKwh(totals.boughtWh))}
${total("claimed", formatKwh(totals.claimedWh))}${total("claimable", formatKwh(totals.claimableWh))}
${total("received", formatYuan(totals.receivedFen))}${total("paid", formatYuan(totals.paidFen))}
${total("receivable", formatYuan(totals.receivableFen))}${total("payable", formatYuan(totals.payableFen))}
${total("net", signed(totals.netFen, formatYuan))}
</dl>
${debts.length === 0 ? "" : debtTable(debts, language)}
<p>${word("note")}</p>
</body></html>`;
}

function row(line: StatementLine, participant: number, language: Language) {
  const { trade, version, role, sellerMeter, buyerMeter, contractedWh, deliveredWh, claimedWh, deviationWh } = line;
  const isCorrection = version > 0;
  const name = isCorrection ? `${trade} · ${WORDS.correction[language]} ${version}` : trade;
  return html`<tr><td>${name}</td><td>${WORDS[role][language]}</td><td>${sellerMeter} → ${buyerMeter}</td>
<td class="n">${isCorrection ? "–" : formatKwh(contractedWh)}</td>
<td class="n">${isCorrection ? energy(deliveredWh, signedKwh) : energy(deliveredWh)}${kwhNote(deliveredWh, claimedWh, language)}</td>
<td class="n">${energy(deviationWh, signedKwh)}</td>
<td class="n">${line.payments.map((payment) => html`${amount(payment, participant, language)}<br>`)}</td></tr>`;
}

/** Whether the buyer has the kWh of a delivery, or can have them. */
function kwhNote(deliveredWh: Wh | undefined, claimedWh: Wh | undefined, language: Language) {
  if (!deliveredWh || claimedWh === undefined) return "";
  return html`<br>${WORDS[claimedWh > 0n ? "claimed" : "claimable"][language]}`;
}

function debtTable(debts: readonly DebtState[], language: Language) {
  const text = (["debt", "subject", "parties", "dueDate", "status"] as const).map(
    (name) => html`<th>${WORDS[name][language]}</th>`,
  );
  const figures = (["amount", "unpaid", "lateFee"] as const).map(
    (name) => html`<th class="n">${WORDS[name][language]}</th>`,
  );
  return html`<h2>${WORDS.debts[language]}</h2>
<table><thead><tr>${text}${figures}</tr></thead><tbody>${debts.map((debt) => debtRow(debt, language))}</tbody></table>`;
}

function debtRow({ id, code, status, debtor, creditor, dueDay, ...money }: DebtState, language: Language) {
  const figures = [money.amountFen, money.unpaidFen, money.lateFeeFen];
  return html`<tr><td>${id}</td><td>${code === "None" ? "" : DEBT_CODE_ENTRIES[code][language]}</td>
<td>${debtor} → ${creditor}</td><td>${formatDay(dueDay)}</td>
<td>${status === "None" ? "" : DEBT_STATUS_WORDS[status][language]}</td>
${figures.map((fen) => html`<td class="n">${formatYuan(fen)}</td>`)}</tr>`;
}

function amount({ item, payee, amountFen, dueDay }: Payment, participant: number, language: Language): string {
  const own = signed(payee === participant ? amountFen : -amountFen, formatYuan);
  const due = dueDay === undefined ? "" : ` (${WORDS.due[language]} ${formatDay(dueDay)})`;
  return `${WORDS[item][language]} ${own}${due}`;
}

const signedKwh = (wh: Wh) => signed(wh, formatKwh);
const energy = (wh: Wh | undefined, format = formatKwh) => (wh === undefined ? "–" : format(wh));

function signed(value: Fen | Wh, format: (value: bigint) => string): string {
  if (value === 0n) return format(0n);
  return value > 0n ? `+${format(value)}` : `−${format(-value)}`;
}
