import { type Hex, slice } from "viem";
import { getBlock, readContract } from "viem/actions";
import { contractOf, marketOf, type Platform } from "../chain/client.ts";
import { readEvents } from "../chain/logs.ts";
import { LogError, type PlacedTrade, readMeterDayTrades, readPrices, readTrades } from "../market/opened.ts";
import { computeDues, type Due, readHoldMoves } from "../market/payments.ts";
import { computeSettlement, type SettlementInput } from "../market/settlement.ts";
import { readSigned, type SignedMessage } from "../market/signed.ts";
import { commitment, type Outcome, outcomeCommitment, scheduleHash } from "../market/terms.ts";
import { DEVIATION_PAYEES, DEVIATION_PERIODS, SOURCES } from "../metering/grid.ts";
import { type CorrectedReading, type MeteredDay, readCorrections, readMeterDay } from "../metering/metered.ts";
import { isSigned } from "../signing/verify.ts";
import { type Curve, hashCurve } from "../types/curve.ts";
import { type Json, toJson } from "../types/json.ts";
import { isDayFinal, nameOf, PAYABLE_KINDS, PAYABLE_STATUSES, TRADE_STATUSES } from "../types/states.ts";
import { formatDay } from "../types/time.ts";

/** One thing that was recomputed and compared with what the chain keeps. */
export interface Check {
  what: string;
  onChain: string;
  recomputed: string;
  holds: boolean;
}

/** Everything that proves one trade, as JSON. */
export type Evidence = Json<Awaited<ReturnType<typeof gather>>>;

/** What the escrow ever tells about one trade. */
const TRADE_EVENTS = [
  "TradeOpened",
  "TradeSettled",
  "TradeLapsed",
  "TradeFrozen",
  "TradeRuled",
  "PayeeRedirected",
  "PayableRecorded",
  "PayablePaid",
  "PayableAssigned",
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
  const trade = await readPlacedTrade(platform, id);
  const { terms, energy, offset } = trade;
  const price = (await readPrices(platform, [trade])).get(terms.priceHash) as Curve;
  const [metered, corrections, adjustments, events, signed, state, rule] = await Promise.all([
    readMeterDay(platform, terms.sellerMeter, terms.day),
    readCorrections(platform, terms.sellerMeter, terms.day),
    readEvents(platform, "AdjustmentDesk", ["TradeAdjusted", "DifferenceRecorded", "DifferencePaid"], { id }),
    readEvents(platform, "TradeEscrow", TRADE_EVENTS, { id }),
    readSigned(platform, trade),
    readState(platform, id),
    readDeviationRule(platform, trade),
  ]);
  const settled = events.find((event) => event.eventName === "TradeSettled");
  const measured = isDayFinal(metered.state) ? metered.inForce?.curve : undefined;
  const late = metered.state === "LateFinal";
  const computeBy = (curve: Curve) => computeSettlement({ terms, energy, offset, metered: curve, price, rule, late });
  const computed = measured && computeBy(measured);
  const moves = settled ? await readHoldMoves(platform, trade, settled) : [];
  const dues = settled && computed ? await computeDues(platform, trade, computed, late) : [];
  const adjusted = adjustments.filter((event) => event.eventName === "TradeAdjusted").map((event) => event.args);
  const recorded = events.filter((event) => event.eventName === "PayableRecorded").map((event) => event.args);
  const checks = [
    ...(await checkSigned(platform, trade, signed)),
    ...checkTerms(trade, price, state.commitment, settled?.args),
    ...(await checkReading(platform, metered)),
    ...(settled && computed ? checkAmounts({ ...settled.args }, { ...computed, invoiced: late }) : []),
    ...checkDues(dues, moves, recorded),
    ...checkAdjustments(adjusted, corrections.all, (curve) => ({ ...computeBy(curve), invoiced: late })),
    ...(await checkAdjusted(platform, trade, adjusted.at(-1))),
  ];
  return {
    market: marketOf(platform),
    asOf: { block: asOf.number, hash: asOf.hash, timestamp: asOf.timestamp },
    trade: {
      id,
      status: state.status,
      round: trade.round,
      deliveryDate: formatDay(terms.day),
      source: nameOf(SOURCES, terms.source),
      sellOrder: trade.sellOrder,
      buyOrder: trade.buyOrder,
      terms,
      commitment: state.commitment,
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
    payables: state.payables,
    history: [...events, ...adjustments].map(({ eventName, args, blockNumber, transactionHash }) => ({
      event: eventName,
      block: blockNumber,
      transaction: transactionHash,
      ...(eventName === "TradeOpened" ? {} : { figures: args }),
    })),
    checks,
    holds: checks.every(({ holds }) => holds),
  };
}

async function readPlacedTrade(platform: Platform, id: bigint): Promise<PlacedTrade> {
  const [opened] = await readTrades(platform, [id]);
  if (opened === undefined) throw new LogError(`The node has no log of trade ${id}.`);
  const { sellerMeter, day } = opened.terms;
  const placed = (await readMeterDayTrades(platform, sellerMeter, day)).find((trade) => trade.id === id);
  if (placed === undefined)
    throw new LogError(`Trade ${id} was not opened before its day: the node is missing blocks.`);
  return placed;
}

async function readState(platform: Platform, id: bigint) {
  const escrow = contractOf(platform, "TradeEscrow");
  const [status, kept, ...payables] = await Promise.all([
    readContract(platform.client, { ...escrow, functionName: "statusOf", args: [id] }),
    readContract(platform.client, { ...escrow, functionName: "commitmentOf", args: [id] }),
    ...PAYABLE_KINDS.map((_, kind) =>
      readContract(platform.client, { ...escrow, functionName: "payableOf", args: [id, kind] }),
    ),
  ]);
  return {
    status: nameOf(TRADE_STATUSES, status),
    commitment: kept,
    payables: payables
      .map((payable, kind) => ({
        kind: nameOf(PAYABLE_KINDS, kind),
        ...payable,
        status: nameOf(PAYABLE_STATUSES, payable.status),
      }))
      .filter((payable) => payable.status !== "None"),
  };
}

async function readDeviationRule(platform: Platform, { terms }: PlacedTrade) {
  const rules = contractOf(platform, "MarketRules");
  const [rule] = await readContract(platform.client, {
    ...rules,
    functionName: "deviationRule",
    args: [terms.rules, terms.source],
  });
  return rule satisfies SettlementInput["rule"];
}

async function checkSigned(platform: Platform, trade: PlacedTrade, signed: readonly SignedMessage[]): Promise<Check[]> {
  const told = [trade.sellOrder, trade.buyOrder];
  const checks = signed.map(async ({ signer, digest, signature }, index) => {
    const side = index === 0 ? "seller" : "buyer";
    const vouches = await isSigned(digest, signature, signer, platform.client);
    return [
      compare(`digest of what the ${side} signed`, told[index], digest),
      compare(`who signed for the ${side}`, signer, vouches ? signer : "somebody else"),
    ];
  });
  return (await Promise.all(checks)).flat();
}

function checkTerms(
  { terms, energy, offset }: PlacedTrade,
  price: Curve,
  kept: Hex,
  settled: Outcome | undefined,
): Check[] {
  return [
    settled === undefined
      ? compare("commitment to the terms", kept, commitment(terms))
      : compare("commitment to the terms and the outcome", kept, outcomeCommitment(terms, settled)),
    compare("hash of the sold curve and the position before it", terms.scheduleHash, scheduleHash(energy, offset)),
    compare("hash of the price curve", terms.priceHash, hashCurve(price)),
  ];
}

async function checkReading(platform: Platform, { meter, day, inForce }: MeteredDay): Promise<Check[]> {
  if (inForce === undefined) return [];
  const registry = contractOf(platform, "MeterRegistry");
  const record = await readContract(platform.client, { ...registry, functionName: "dayOf", args: [meter, day] });
  return [compare("hash of the reading in force", record.curveHash, slice(hashCurve(inForce.curve), 0, 24))];
}

const FIGURES = {
  deliveredWh: "energy delivered (Wh)",
  energyFen: "energy amount (fen)",
  networkFen: "network charge (fen)",
  deviationFen: "deviation charge (fen)",
  invoiced: "whether it was invoiced, its day being late",
} as const;
type Figures = Record<keyof typeof FIGURES, bigint | boolean>;

function checkAmounts(told: Figures, computed: Figures): Check[] {
  return (Object.keys(FIGURES) as (keyof Figures)[]).map((name) => compare(FIGURES[name], told[name], computed[name]));
}

function checkDues(
  dues: readonly Due[],
  moves: readonly { payer: number; payee: number; amountFen: bigint }[],
  recorded: readonly { kind: number; debtor: number; creditor: number; amountFen: bigint }[],
): Check[] {
  return dues.map(({ kind, payer, payee, amountFen, how }) => {
    const found =
      how === "paid"
        ? moves.some((move) => move.payer === payer && move.payee === payee && move.amountFen === amountFen)
        : recorded.some(
            (payable) =>
              nameOf(PAYABLE_KINDS, payable.kind) === kind &&
              payable.debtor === payer &&
              payable.creditor === payee &&
              payable.amountFen === amountFen,
          );
    const due = `${amountFen} fen from participant ${payer} to ${payee}`;
    return compare(`${kind} ${how}`, found ? due : "nothing of the kind", due);
  });
}

/** Each adjustment against the corrected reading that it names; a correction that was replaced adjusted nothing. */
function checkAdjustments(
  adjusted: readonly { version: number; outcome: Figures }[],
  corrections: readonly CorrectedReading[],
  computeBy: (curve: Curve) => Figures,
): Check[] {
  return adjusted.flatMap(({ version, outcome }) => {
    const by = corrections.find((correction) => correction.version === version);
    if (by === undefined) return [compare(`the reading of version ${version}`, "missing from the logs", "a curve")];
    return checkAmounts(outcome, computeBy(by.curve)).map((check) => ({
      ...check,
      what: `${check.what}, by version ${version}`,
    }));
  });
}

async function checkAdjusted(
  platform: Platform,
  { id, terms }: PlacedTrade,
  last: { version: number; outcome: Outcome } | undefined,
): Promise<Check[]> {
  const desk = contractOf(platform, "AdjustmentDesk");
  const [version, kept] = await readContract(platform.client, { ...desk, functionName: "adjustmentOf", args: [id] });
  if (last === undefined) return version === 0 ? [] : [compare("the version adjusted to", version, 0)];
  return [
    compare("the version adjusted to", version, last.version),
    compare("commitment to the terms and the adjusted outcome", kept, outcomeCommitment(terms, last.outcome)),
  ];
}

function compare(what: string, onChain: unknown, recomputed: unknown): Check {
  return { what, onChain: String(onChain), recomputed: String(recomputed), holds: onChain === recomputed };
}
