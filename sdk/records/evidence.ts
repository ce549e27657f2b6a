import { getBlock, readContract } from "viem/actions";
import { adjustmentDesk, debtLedger, marketRules, tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, marketOf, type Platform } from "../chain/client.ts";
import { eventsOf, LogError } from "../chain/logs.ts";
import { readDebt } from "../debts/debt.ts";
import { readDebtsOfTrade } from "../debts/posted.ts";
import { DEVIATION_PAYEES, DEVIATION_PERIODS } from "../market/enums.ts";
import { type PlacedTrade, readMeterDayTrades, readPrices, readTrades } from "../market/opened.ts";
import { readKeptOutcomes } from "../market/outcomes.ts";
import { computeDues, readHoldMoves } from "../market/payments.ts";
import { readStatuses } from "../market/settle.ts";
import { computeSettlement, type SettlementInput } from "../market/settlementAmounts.ts";
import { readSigned } from "../market/signed.ts";
import { readCorrections, readMeterDay } from "../metering/metered.ts";
import type { Curve } from "../types/curve.ts";
import { isDayFinal } from "../types/dayState.ts";
import { SOURCES } from "../types/enums.ts";
import { type Json, toJson } from "../types/json.ts";
import { formatDay } from "../types/time.ts";
import { nameOf } from "../types/words.ts";
import {
  checkAdjusted,
  checkAdjustments,
  checkAmounts,
  checkClaimed,
  checkDues,
  checkKept,
  checkReading,
  checkSigned,
  checkTerms,
} from "./checks.ts";

/** Everything that proves one trade, as JSON. */
export type Evidence = Json<Awaited<ReturnType<typeof gather>>>;

/** Every event that the escrow emits about one trade. */
const TRADE_EVENTS = [
  "TradeOpened",
  "TradeSettled",
  "TradeLapsed",
  "TradeFrozen",
  "TradeRuled",
  "PayeeRedirected",
  "KwhClaimed",
] as const;

/** Every event of the debt ledger about one debt. */
const DEBT_EVENTS = [
  "DebtPosted",
  "DebtPaid",
  "DebtSetOff",
  "DebtReduced",
  "DebtDischarged",
  "DebtClaimed",
  "DebtDefaulted",
  "DebtStoodStill",
  "RecoveryStarted",
  "DebtWrittenOff",
] as const;

/**
 * Everything needed to prove one trade, out of a JSON-RPC node alone: what was signed, terms, curves, readings with their
 * versions, what was paid and owed, and each hash and amount recomputed and compared with the chain.
 */
export async function evidence(platform: Platform, id: bigint): Promise<Evidence> {
  return toJson(await gather(platform, id));
}

async function gather(platform: Platform, id: bigint) {
  const asOf = await getBlock(platform.client);
  const { trade, ofDay } = await readPlacedTrade(platform, id);
  const { terms, energy, offset } = trade;
  const price = (await readPrices(platform, [trade])).get(terms.priceHash) as Curve;
  const [metered, corrections, adjustments, events, signed, statuses, rule, outcomes] = await Promise.all([
    readMeterDay(platform, terms.sellerMeter, terms.day),
    readCorrections(platform, terms.sellerMeter, terms.day),
    eventsOf(platform, adjustmentDesk, ["TradeAdjusted", "DifferencePosted"], { id }),
    eventsOf(platform, tradeEscrow, TRADE_EVENTS, { id }),
    readSigned(platform, trade),
    readStatuses(platform, [id]),
    readDeviationRule(platform, trade),
    readKeptOutcomes(platform, [id]),
  ]);
  const settled = events.find((event) => event.eventName === "TradeSettled");
  const claimed = events.find((event) => event.eventName === "KwhClaimed");
  const kept = outcomes.get(id);
  const measured = isDayFinal(metered.state) ? metered.inForce?.curve : undefined;
  const late = metered.state === "LateFinal";
  const computeBy = (curve: Curve) => computeSettlement({ terms, energy, offset, metered: curve, price, rule, late });
  const computed = measured && computeBy(measured);
  const moves = settled ? await readHoldMoves(platform, trade, settled) : [];
  const dues = settled && computed ? await computeDues(platform, trade, computed, late) : [];
  const adjusted = adjustments.filter((event) => event.eventName === "TradeAdjusted").map((event) => event.args);
  const posted = settled
    ? await readDebtsOfTrade(platform, id, { from: settled.blockNumber, to: settled.blockNumber })
    : [];
  const differences = adjustments.filter((event) => event.eventName === "DifferencePosted");
  const debtIds = [...posted.map((debt) => debt.id), ...differences.map((event) => event.args.debt)];
  const debts = await Promise.all(debtIds.map((debt) => readDebt(platform, debt)));
  const ofDebts = debtIds.length === 0 ? [] : await eventsOf(platform, debtLedger, DEBT_EVENTS, { id: debtIds });
  const checks = [
    ...(await checkSigned(platform, trade, signed)),
    ...checkTerms(trade, price),
    ...(await checkKept(platform, ofDay, trade, kept)),
    ...(await checkReading(platform, metered)),
    ...(settled && computed ? checkAmounts({ ...settled.args }, { ...computed, invoiced: late }) : []),
    ...checkClaimed(claimed?.args, kept?.outcome),
    ...checkDues(dues, moves, posted),
    ...checkAdjustments(adjusted, corrections.all, (curve) => ({ ...computeBy(curve), invoiced: late })),
    ...(await checkAdjusted(platform, trade, adjusted.at(-1))),
  ];
  return {
    market: marketOf(platform),
    asOf: { block: asOf.number, hash: asOf.hash, timestamp: asOf.timestamp },
    trade: {
      id,
      status: statuses.get(id) ?? "None",
      round: trade.round,
      deliveryDate: formatDay(terms.day),
      source: nameOf(SOURCES, terms.source),
      sellOrder: trade.sellOrder,
      buyOrder: trade.buyOrder,
      terms,
      commitment: trade.commitment,
      settlement: kept ? kept.proof : null,
    },
    signed: signed.map(({ typedData: { domain, primaryType, message }, ...message_ }) => ({
      ...message_,
      domain,
      primaryType,
      message,
    })),
    curves: { soldWh: energy, soldBeforeWh: offset ?? null, priceFenPerMWh: price },
    readings: metered,
    corrections: corrections.all,
    deviationRule: {
      ...rule,
      period: nameOf(DEVIATION_PERIODS, rule.period),
      payee: nameOf(DEVIATION_PAYEES, rule.payee),
    },
    computed: computed ?? null,
    dues,
    holdMoves: moves,
    debts,
    history: [...events, ...adjustments, ...ofDebts].map(({ eventName, args, blockNumber, transactionHash }) => ({
      event: eventName,
      block: blockNumber,
      transaction: transactionHash,
      ...(eventName === "TradeOpened" ? {} : { figures: args }),
    })),
    checks,
    holds: checks.every(({ holds }) => holds),
  };
}

/** A trade with all that its meter sold of its day. */
async function readPlacedTrade(
  platform: Platform,
  id: bigint,
): Promise<{ trade: PlacedTrade; ofDay: readonly PlacedTrade[] }> {
  const [opened] = await readTrades(platform, [id]);
  if (opened === undefined)
    throw new LogError({ en: `The node has no log of trade ${id}.`, zh: `节点没有交易 ${id} 的日志。` });
  const { sellerMeter, day } = opened.terms;
  const ofDay = await readMeterDayTrades(platform, sellerMeter, day);
  const trade = ofDay.find((placed) => placed.id === id);
  if (trade === undefined)
    throw new LogError({
      en: `Trade ${id} was not opened before its day: the node is missing blocks.`,
      zh: `交易 ${id} 并非在其交割日之前成交上链：节点缺少区块。`,
    });
  return { trade, ofDay };
}

async function readDeviationRule(platform: Platform, { terms }: PlacedTrade) {
  const rules = contractAt(platform, marketRules);
  const [rule] = await readContract(platform.client, {
    ...rules,
    functionName: "deviationRule",
    args: [terms.rules, terms.source],
  });
  return rule satisfies SettlementInput["rule"];
}
