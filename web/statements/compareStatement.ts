import type { components } from "../../sdk/operator/api.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { differing, type Fact } from "../records/compare.ts";

export type RangeStatement = components["schemas"]["RangeStatement"];
export type StatementDay = RangeStatement["days"][number];
export type StatementLine = StatementDay["lines"][number];
export type Totals = components["schemas"]["StatementTotals"];

/** What the index says of a trade that a statement has a line of. */
export interface IndexedLine {
  id: string;
  status: string;
  sellerId: number;
  buyerId: number;
  contractedWh: string;
  deliveredWh: string | null;
  energyFen: string | null;
  networkFen: string | null;
  deviationFen: string | null;
  payeeId: number | null;
  adjustments: { items: { version: number; differenceWh: string }[] } | null;
}

/** What the market operator states. */
export interface Stated {
  participant: number;
  days: readonly Pick<StatementDay, "lines">[];
  totals: Totals;
}

/**
 * What differs between a statement and the index, line by line, and between its lines and its own totals. The second value of
 * each difference is the index's, or what the lines come to.
 */
export function compareStatement({ participant, days, totals }: Stated, indexed: readonly IndexedLine[]): Fact[] {
  const lines = days.flatMap((day) => day.lines);
  const known = new Map(indexed.map((trade) => [trade.id, trade]));
  const own = lines.filter(({ role }) => role !== "payee");
  return differing([
    ...presence(own, indexed),
    ...own.flatMap((line) => {
      const trade = known.get(line.trade);
      return trade === undefined ? [] : line.version === 0 ? settled(line, trade) : corrected(line, trade);
    }),
    ...sums(participant, lines, totals),
  ]);
}

/** A trade that only one of both has. */
function presence(lines: readonly StatementLine[], indexed: readonly IndexedLine[]): Fact[] {
  const list = (ids: Iterable<string>) => [...new Set(ids)].sort((a, b) => Number(a) - Number(b)).join(", ");
  const [said, onChain] = [list(lines.map(({ trade }) => trade)), list(indexed.map(({ id }) => id))];
  return [{ what: { en: "trades of the statement", zh: "清单所列交易" }, kind: "text", said, onChain }];
}

function settled(line: StatementLine, trade: IndexedLine): Fact[] {
  const of = (en: string, zh: string): Sentence => ({
    en: `trade ${line.trade}, ${en}`,
    zh: `交易 ${line.trade}，${zh}`,
  });
  const paid = (item: StatementLine["payments"][number]["item"]) =>
    sum(line.payments.filter((payment) => payment.item === item).map(({ amountFen }) => amountFen));
  const isSeller = line.role === "seller";
  const facts: Fact[] = [
    { what: of("state", "状态"), kind: "text", said: line.state, onChain: trade.status },
    wh(of("contracted", "合约电量"), line.contractedWh, trade.contractedWh),
    wh(of("delivered", "交付电量"), line.deliveredWh, trade.deliveredWh),
  ];
  // What goes to somebody else, or to oneself, is no payment of this participant.
  if (trade.energyFen !== null && trade.sellerId !== trade.buyerId && !(isSeller && trade.payeeId !== null))
    facts.push(fen(of("energy amount", "电费"), paid("energy"), BigInt(trade.energyFen)));
  if (trade.networkFen !== null && !isSeller)
    facts.push(fen(of("network charge", "输配电费"), paid("networkCharge"), BigInt(trade.networkFen)));
  if (trade.deviationFen !== null && isSeller)
    facts.push(fen(of("deviation charge", "偏差费用"), paid("deviationCharge"), BigInt(trade.deviationFen)));
  return facts;
}

function corrected(line: StatementLine, trade: IndexedLine): Fact[] {
  const what = {
    en: `trade ${line.trade}, difference by version ${line.version}`,
    zh: `交易 ${line.trade}，第 ${line.version} 版差额`,
  };
  const found = trade.adjustments?.items.find(({ version }) => version === line.version);
  return [wh(what, line.deliveredWh, found?.differenceWh ?? null)];
}

/** The totals against the sums of the lines. */
function sums(participant: number, lines: readonly StatementLine[], totals: Totals): Fact[] {
  const energyAs = (role: StatementLine["role"]) =>
    sum(lines.filter((line) => line.role === role).map(({ deliveredWh }) => deliveredWh ?? "0"));
  const payments = lines.flatMap((line) => line.payments);
  const amounts = (side: "payer" | "payee", isOwed: boolean) =>
    sum(
      payments
        .filter((payment) => payment[side] === participant && (payment.dueDate !== null) === isOwed)
        .map(({ amountFen }) => amountFen),
    );
  const [received, receivable] = [amounts("payee", false), amounts("payee", true)];
  const [paid, payable] = [amounts("payer", false), amounts("payer", true)];
  const total = (en: string, zh: string): Sentence => ({ en: `total ${en}`, zh: `合计${zh}` });
  return [
    { what: total("sold", "售出"), kind: "wh", said: BigInt(totals.soldWh), onChain: energyAs("seller") },
    { what: total("bought", "购入"), kind: "wh", said: BigInt(totals.boughtWh), onChain: energyAs("buyer") },
    fen(total("received", "已收"), BigInt(totals.receivedFen), received),
    fen(total("paid", "已付"), BigInt(totals.paidFen), paid),
    fen(total("owed to the participant", "应收"), BigInt(totals.receivableFen), receivable),
    fen(total("owed by the participant", "应付"), BigInt(totals.payableFen), payable),
    fen(total("net", "净额"), BigInt(totals.netFen), received + receivable - paid - payable),
  ];
}

const sum = (values: readonly string[]): bigint => values.reduce((total, value) => total + BigInt(value), 0n);
const fen = (what: Sentence, said: bigint, onChain: bigint): Fact => ({ what, kind: "fen", said, onChain });
const wh = (what: Sentence, said: string | null, onChain: string | null): Fact =>
  said === null || onChain === null
    ? { what, kind: "text", said: said ?? "—", onChain: onChain ?? "—" }
    : { what, kind: "wh", said: BigInt(said), onChain: BigInt(onChain) };
