import { type Hex, zeroHash } from "viem";
import { getBlockNumber, readContract } from "viem/actions";
import { tradeEscrow } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { TRADE_STATUSES } from "../../sdk/market/enums.ts";
import { bookHash, readPrices, readTrades } from "../../sdk/market/opened.ts";
import { readFinished } from "../../sdk/market/outcomes.ts";
import { chainTrades, outcomeHash, termsCommitment } from "../../sdk/market/terms.ts";
import { addCurves, ZERO_CURVE } from "../../sdk/types/curve.ts";
import { SOURCES } from "../../sdk/types/enums.ts";
import { merkleRoot } from "../../sdk/types/merkleTree.ts";
import { formatDay } from "../../sdk/types/time.ts";
import { wordsOf } from "../../sdk/types/words.ts";
import { type Comparison, differing, type Fact } from "./compare.ts";
import { outcomeOf, sumOf, type TradeRow, termsOf } from "./tradeRow.ts";

/** A trade of the index with what stands beside it on the chain. */
export interface Checkable {
  row: TradeRow;
  /** Of the settlement that finished it, in their order. */
  leaves: readonly Hex[];
  /** All trades that its meter sold of its day, in the order of opening: asked for while none of them is finished. */
  ofDay: readonly TradeRow[];
}

const STATUSES: readonly string[] = wordsOf(TRADE_STATUSES);

/**
 * Whether the index says of a trade what the chain keeps: terms and outcome are hashed again out of the row, and the hash is
 * compared by one question to the node. Where it differs, the logs say in which figures.
 */
export async function checkTrade(platform: Platform, { row, leaves, ofDay }: Checkable): Promise<Comparison> {
  const escrow = contractAt(platform, tradeEscrow);
  const id = BigInt(row.id);
  const { client } = platform;
  const [block, status, payee, isClaimed, kept] = await Promise.all([
    getBlockNumber(client, { cacheTime: 0 }),
    readContract(client, { ...escrow, functionName: "statusOf", args: [id] }),
    readContract(client, { ...escrow, functionName: "redirectedPayee", args: [id] }),
    readContract(client, { ...escrow, functionName: "isClaimed", args: [id] }),
    row.settlement === null
      ? readContract(client, { ...escrow, functionName: "bookOf", args: [BigInt(row.sellerMeterId), row.day] })
      : readContract(client, { ...escrow, functionName: "outcomesOf", args: [BigInt(row.settlement)] }),
  ]);
  const facts: Fact[] = [
    { what: STATE, kind: "text", said: row.status, onChain: STATUSES[status] ?? String(status) },
    { what: PAYEE, kind: "text", said: String(row.payeeId ?? 0), onChain: String(payee) },
    { what: CLAIMED, kind: "text", said: String(row.claimedWh !== null), onChain: String(isClaimed) },
  ];
  const made = row.settlement === null ? bookOf(row, ofDay) : rootOf(row, leaves);
  const isKept = made !== undefined && made.toLowerCase() === kept.toLowerCase();
  if (!isKept || !addsUp(row)) {
    const found = differing(await factsOf(platform, row));
    const hash = { what: COMMITMENT, kind: "text", said: made ?? zeroHash, onChain: kept } as const;
    facts.push(...(found.length > 0 ? found : [hash]));
  }
  return { block, differences: differing(facts) };
}

/** The root of the outcomes of a settlement, with that of a row in its place. */
function rootOf(row: TradeRow, leaves: readonly Hex[]): Hex | undefined {
  const outcome = outcomeOf(row);
  if (outcome === undefined || row.outcomePlace === null || !(row.outcomePlace in leaves)) return undefined;
  const leaf = outcomeHash(termsCommitment(BigInt(row.id), termsOf(row)), outcome);
  return merkleRoot(leaves.with(row.outcomePlace, leaf));
}

/** The book of a meter day, with a row in its place. */
function bookOf(row: TradeRow, ofDay: readonly TradeRow[]): Hex | undefined {
  const rows = ofDay.map((each) => (each.id === row.id ? row : each));
  if (!rows.includes(row)) return undefined;
  const trades = rows.reduce<Hex>(
    (chained, each) => chainTrades(chained, termsCommitment(BigInt(each.id), termsOf(each))),
    zeroHash,
  );
  const position = rows.reduce((sum, { contracted }) => addCurves(sum, contracted), ZERO_CURVE);
  return bookHash({ position, trades });
}

/** Whether a row agrees with itself about what the index adds up: no hash holds these sums. */
function addsUp({ contracted, contractedWh, delivered, deliveredWh, claimedWh }: TradeRow): boolean {
  const isDelivered = (wh: bigint) => wh === BigInt(deliveredWh ?? 0);
  return (
    sumOf(contracted) === BigInt(contractedWh) &&
    (delivered === null || isDelivered(sumOf(delivered))) &&
    (claimedWh === null || isDelivered(BigInt(claimedWh)))
  );
}

/** Figure by figure, out of the logs. */
async function factsOf(platform: Platform, row: TradeRow): Promise<Fact[]> {
  const id = BigInt(row.id);
  const [opened] = await readTrades(platform, [id]);
  if (opened === undefined) return [];
  const [prices, finished] = await Promise.all([readPrices(platform, [opened]), readFinished(platform, [id])]);
  const { terms, energy } = opened;
  const price = prices.get(terms.priceHash) ?? ZERO_CURVE;
  const outcome = finished.get(id)?.outcome;
  const text = (what: Fact["what"], said: unknown, onChain: unknown): Fact => ({
    ...{ what, kind: "text", said: String(said), onChain: String(onChain) },
  });
  const amount = (what: Fact["what"], kind: Fact["kind"], said: string | null, onChain: bigint | undefined): Fact =>
    onChain === undefined || said === null
      ? text(what, said ?? "—", onChain ?? "—")
      : { what, kind, said: BigInt(said), onChain };
  return [
    text({ en: "seller", zh: "卖方" }, row.sellerId, terms.seller),
    text({ en: "buyer", zh: "买方" }, row.buyerId, terms.buyer),
    text({ en: "seller's meter", zh: "卖方计量点" }, row.sellerMeterId, terms.sellerMeter),
    text({ en: "buyer's meter", zh: "买方计量点" }, row.buyerMeterId, terms.buyerMeter),
    text({ en: "delivery day", zh: "交割日" }, formatDay(row.day), formatDay(terms.day)),
    text({ en: "rule set", zh: "规则版本" }, row.ruleSetId, terms.rules),
    text({ en: "days until payment", zh: "账期（天）" }, row.paymentDays, terms.paymentDays),
    text({ en: "green certificates", zh: "绿证" }, row.greenCertificates, terms.greenCertificates),
    text({ en: "energy source", zh: "电源类型" }, row.source, wordsOf(SOURCES)[terms.source]),
    text({ en: "tariff, thousandths of a fen per MWh", zh: "输配电价（千分之一分/MWh）" }, row.tariff, terms.tariff),
    amount({ en: "energy amount contracted", zh: "合约电费" }, "fen", row.contractedEnergyFen, terms.energyFen),
    amount({ en: "network charge contracted", zh: "合约输配电费" }, "fen", row.contractedNetworkFen, terms.networkFen),
    amount({ en: "bond", zh: "履约保证金" }, "fen", row.bondFen, terms.bondFen),
    ...slotFacts(CONTRACTED_SLOT, "wh", row.contracted, energy),
    amount({ en: "contracted energy in all", zh: "合约电量合计" }, "wh", row.contractedWh, sumOf(energy)),
    ...slotFacts({ en: "price", zh: "价格" }, "price", row.price, price),
    amount({ en: "delivered energy", zh: "交付电量" }, "wh", row.deliveredWh, outcome?.deliveredWh),
    ...(row.delivered === null
      ? []
      : [amount(CURVE_DELIVERED, "wh", String(sumOf(row.delivered)), outcome?.deliveredWh)]),
    ...(row.claimedWh === null ? [] : [amount(CLAIMED, "wh", row.claimedWh, outcome?.deliveredWh)]),
    amount({ en: "energy amount", zh: "电费" }, "fen", row.energyFen, outcome?.energyFen),
    amount({ en: "network charge", zh: "输配电费" }, "fen", row.networkFen, outcome?.networkFen),
    amount({ en: "deviation charge", zh: "偏差费用" }, "fen", row.deviationFen, outcome?.deviationFen),
    text({ en: "settled late, by invoice", zh: "逾期开具账单" }, row.invoiced ?? "—", outcome?.invoiced ?? "—"),
  ];
}

/** The first slot at which two curves part, since one is enough to refuse both. */
function slotFacts(
  what: Fact["what"],
  kind: "wh" | "price",
  said: readonly number[],
  onChain: readonly number[],
): Fact[] {
  const slot = onChain.findIndex((value, at) => value !== said[at]);
  if (slot < 0) return [];
  const at = { en: `${what.en}, quarter-hour ${slot + 1}`, zh: `${what.zh}，第 ${slot + 1} 时段` };
  return [{ what: at, kind, said: BigInt(said[slot] ?? 0), onChain: BigInt(onChain[slot] ?? 0) }];
}

const STATE = { en: "state", zh: "状态" };
const PAYEE = { en: "who is paid instead of the seller", zh: "代卖方收款的参与方" };
const CLAIMED = { en: "kWh claimed", zh: "已领取电量凭证" };
const CURVE_DELIVERED = { en: "sum of the delivered curve", zh: "交付曲线合计" };
const CONTRACTED_SLOT = { en: "contracted energy", zh: "合约电量" };
const COMMITMENT = { en: "hash of terms and outcome", zh: "条款与结果的哈希" };
