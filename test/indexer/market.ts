import { concat, encodePacked, type Hex, keccak256, numberToHex, zeroAddress, zeroHash } from "viem";
import { DEBT_CODES, type DebtCode } from "../../sdk/debts/enums.ts";
import { type Outcome, outcomeHash, termsCommitment } from "../../sdk/market/terms.ts";
import { NO_NEXT_TRADER } from "../../sdk/metering/meter.ts";
import { merkleRoot } from "../../sdk/types/merkleTree.ts";
import { addressOf, type ChainEvent, event } from "./eventChain.ts";

export type Curve = readonly number[];
export type Sold = { seller: number; buyer: number; sellerMeter: bigint; buyerMeter: bigint; day: number };

/** The escrow, which here holds for bids too. */
export const NOTARY = addressOf("TradeEscrow");
export const BOOK = numberToHex(0xe0002, { size: 20 });
export const REGISTRARS = [numberToHex(0x71, { size: 20 }), numberToHex(0x72, { size: 20 })] as const;
const KIND_BITS = { generator: 1, consumer: 2, gridCompany: 16, bank: 32, supplier: 512 };

/** A curve with `value` in slots [from, to). */
export const level = (value: number, from = 0, to = 96): Curve =>
  Array.from({ length: 96 }, (_, slot) => (slot >= from && slot < to ? value : 0));

export const packed = (curve: Curve): Hex =>
  encodePacked(
    curve.map(() => "uint32" as const),
    [...curve],
  );

export const accountOf = (participant: number): Hex => numberToHex(0xacc000 + participant, { size: 20 });
/** What an application says where there is no second factor and no controller is declared. */
export const NO_FACTOR = { secondFactor: "0x", exposureLimitFen: 0n, controller: zeroHash } as const;

export const digestOf = (text: string): Hex => keccak256(encodePacked(["string"], [text]));

/** What stands for each trade that was opened here. */
const commitments = new Map<bigint, Hex>();

/** The logs that the platform's contracts emit for what happens on a market, in the order in which they emit them. */

export function enrol(id: number, kind: keyof typeof KIND_BITS, validUntil = 30_000): ChainEvent[] {
  const account = accountOf(id);
  const application = {
    ...{ account, size: 3, validUntil, kinds: KIND_BITS[kind], credentialHash: digestOf(`c${id}`) },
    ...NO_FACTOR,
  };
  return [
    event("ParticipantRegistry", "ParticipantProposed", { id, registrar: REGISTRARS[0], application }),
    event("ParticipantRegistry", "ParticipantApproved", { id, account, registrar: REGISTRARS[1] }),
  ];
}

export function registerMeter(
  meter: bigint,
  owner: number,
  direction: "generation" | "consumption",
  zone = 2,
): ChainEvent {
  const generates = direction === "generation";
  const properties = {
    ...{ owner, trader: owner, zone, direction: generates ? 1 : 2, voltage: 1, source: generates ? 1 : 0 },
    ...{ active: true, capacityW: 4_000_000_000, ...NO_NEXT_TRADER },
  };
  return event("MeterRegistry", "MeterRegistered", { meter, owner, assetHash: digestOf(`m${meter}`), properties });
}

/** The council gives a bank its cap. */
export const openBank = (bank: number, capFen = 10_000_000_000n): ChainEvent =>
  event("DepositToken", "CapChanged", { bank, capFen });

/** A bank opens a participant's account and issues to it, for the first time. */
export function issue(participant: number, amountFen: bigint, bank: number): ChainEvent[] {
  const bankReference = digestOf(`deposit ${participant} ${amountFen}`);
  return [
    event("DepositToken", "AccountOpened", { participant, bank }),
    event("DepositToken", "Transfer", { from: zeroAddress, to: accountOf(participant), value: amountFen }),
    event("DepositToken", "Issued", { participant, bank, amountFen, bankReference }),
    event("DepositToken", "NotaryOptIn", { participant, notary: NOTARY, allowed: true }),
  ];
}

export const hold = (payer: number, amountFen: bigint): ChainEvent =>
  event("DepositToken", "Held", { notary: NOTARY, payers: [payer], amountsFen: [amountFen] });

export function payHeld(payer: number, payee: number, amountFen: bigint): ChainEvent[] {
  const paid = { from: accountOf(payer), to: accountOf(payee), value: amountFen };
  return [
    event("DepositToken", "HoldsReduced", { notary: NOTARY, moves: [{ payer, payee, amountFen }] }),
    event("DepositToken", "Transfer", paid),
  ];
}

export const releaseHeld = (payer: number, amountFen: bigint): ChainEvent =>
  event("DepositToken", "HoldsReduced", { notary: NOTARY, moves: [{ payer, payee: 0, amountFen }] });

export const priceCurve = (price: Curve): ChainEvent =>
  event("TradeEscrow", "PriceCurve", { priceHash: keccak256(packed(price)), price: packed(price) });

export function openTrade(
  id: bigint,
  { seller, buyer, sellerMeter, buyerMeter, day }: Sold,
  [energy, price]: [Curve, Curve],
  options: {
    round?: bigint;
    paymentDays?: number;
    greenCertificates?: boolean;
    sellOrder?: Hex;
    buyOrder?: Hex;
  } = {},
): ChainEvent {
  const { round = 0n, paymentDays = 0, greenCertificates = false } = options;
  const { sellOrder = digestOf(`trade ${id}`), buyOrder = sellOrder } = options;
  const energyFen = amountOf(energy, price);
  const terms = {
    ...{ seller, buyer, sellerMeter, buyerMeter, day, rules: 1, paymentDays, greenCertificates },
    ...{ source: 1, tariff: 10_000_000n, energyFen, networkFen: 7n, bondFen: 5n },
    ...{ scheduleHash: zeroHash, priceHash: keccak256(packed(price)) },
  };
  commitments.set(id, termsCommitment(id, terms));
  return event("TradeEscrow", "TradeOpened", {
    id,
    sellOrder,
    buyOrder,
    round,
    terms,
    firstSlot: 0n,
    energy: packed(energy),
  });
}

/** A round prices a zone: an auction unless it is said to match continuously. */
export function priceZone(
  round: bigint,
  price: Curve,
  { day, zone = 2, paymentDays = 0, continuous = false }: ZoneDay,
): ChainEvent[] {
  const priceHash = keccak256(packed(price));
  return [
    priceCurve(price),
    event("TradeEscrow", "ZonePriced", { round, day, zone, paymentDays, continuous, priceHash }),
  ];
}

export interface ZoneDay {
  day: number;
  zone?: number;
  paymentDays?: number;
  continuous?: boolean;
}

/** A participant locks money for rounds. */
export const lockMargin = (participant: number, lockedFen: bigint): ChainEvent[] => [
  event("TradeEscrow", "MarginLocked", { participant, lockedFen, termsFen: 0n }),
  hold(participant, lockedFen),
];

/** A submission draws so much money and terms of each. */
export function drawMargin(
  round: bigint,
  draws: [participant: number, lockedFen: bigint, termsFen?: bigint][],
): ChainEvent {
  return event("TradeEscrow", "MarginDrawn", {
    round,
    participants: draws.map(([participant]) => participant),
    lockedFen: draws.map(([, lockedFen]) => lockedFen),
    termsFen: draws.map(([, , termsFen = 0n]) => termsFen),
  });
}

export const announceRelease = (participant: number, lockedFen: bigint, termsFen: bigint, due: bigint): ChainEvent =>
  event("TradeEscrow", "MarginReleaseAnnounced", { participant, lockedFen, termsFen, due });

export const releaseMargin = (participant: number, lockedFen: bigint): ChainEvent[] => [
  event("TradeEscrow", "MarginReleased", { participant, lockedFen, termsFen: 0n }),
  releaseHeld(participant, lockedFen),
];

export const fill = (round: bigint, order: Hex, complete: boolean, usedFen: bigint): ChainEvent =>
  event("TradeEscrow", "OrdersFilled", { round, fills: [{ order, complete, usedFen }] });

export const report = (meter: bigint, day: number, curve: Curve, version = 1): ChainEvent =>
  event("MeterRegistry", "MeterDayReported", {
    ...{ meter, day, version, quality: 0, finalisableAt: 1_800_000_000, curve: packed(curve) },
  });

/** First reports of meters of the first group, under a root; the meters ascend. */
export const reportRoot = (root: bigint, day: number, readings: readonly [meter: bigint, curve: Curve][]): ChainEvent =>
  event("MeterRegistry", "RootReported", {
    ...{ root, group: 0n, day, meters: readings.reduce((bits, [meter]) => bits | (1n << meter), 0n), estimated: 0n },
    ...{ finalisableAt: 1_800_000_000, curves: concat(readings.map(([, curve]) => packed(curve))) },
  });

export const finalise = (meter: bigint, day: number, late = false): ChainEvent =>
  event("MeterRegistry", "MeterDayFinalised", { meter, day, version: 1, late });

export type Settled = [id: bigint, deliveredWh: bigint, energyFen: bigint, deviationFen?: bigint, invoiced?: boolean];

/** A call settles trades, and keeps what they came to. */
export function settle(settlement: bigint, ...trades: Settled[]): ChainEvent[] {
  const outcomes = trades.map(([id, deliveredWh, energyFen, deviationFen = 0n, invoiced = false]) => ({
    ...{ id, deliveredWh, energyFen, networkFen: 7n, deviationFen, invoiced },
  }));
  return [
    ...outcomes.map((outcome) => event("TradeEscrow", "TradeSettled", { ...outcome, settlement })),
    keepOutcomes(settlement, outcomes),
  ];
}

/** An arbiter rules on a trade. */
export function rule(settlement: bigint, id: bigint, energyFen: bigint): ChainEvent[] {
  const awarded = { id, energyFen, networkFen: 0n, deviationFen: 0n };
  return [
    event("TradeEscrow", "TradeRuled", { ...awarded, settlement }),
    keepOutcomes(settlement, [{ ...awarded, deliveredWh: 0n, invoiced: false }]),
  ];
}

function keepOutcomes(settlement: bigint, outcomes: readonly (Outcome & { id: bigint })[]): ChainEvent {
  const leaves = outcomes.map(({ id, ...outcome }) => outcomeHash(commitments.get(id) as Hex, outcome));
  return event("TradeEscrow", "OutcomesKept", { settlement, root: merkleRoot(leaves) });
}

export interface Owed {
  debtor: number;
  creditor: number;
  dueDay: number;
  amountFen: bigint;
  source: Hex;
}

export function owe(id: bigint, owed: Owed, code: DebtCode = "EnergyOnTerms"): ChainEvent {
  return event("DebtLedger", "DebtPosted", { id, ...owed, code: DEBT_CODES.indexOf(code) });
}

export const payDebt = (id: bigint, amountFen: bigint, lateFeeFen = 0n): ChainEvent =>
  event("DebtLedger", "DebtPaid", { id, amountFen, lateFeeFen });

export const discharge = (id: bigint): ChainEvent => event("DebtLedger", "DebtDischarged", { id });

/** A debt becomes a receivable, of which the creditor gets the units by an event of its own. */
export function issueReceivable(
  id: bigint,
  debt: bigint,
  {
    debtor,
    creditor,
    issueDay,
    dueDay,
    faceFen,
  }: Omit<Owed, "amountFen" | "source"> & { issueDay: number; faceFen: bigint },
  invoiceHash: Hex = zeroHash,
): ChainEvent[] {
  const terms = { debt, debtor, issueDay, dueDay, faceFen, invoiceHash };
  return [
    event("DebtLedger", "DebtClaimed", { id: debt, book: BOOK, unpaidFen: faceFen }),
    event("Receivables", "ReceivableIssued", {
      id,
      debt,
      creditor,
      terms,
      forRecovery: false,
      betweenAffiliates: id === 1n,
    }),
  ];
}

/** What a trade delivered is minted to its buyer. */
export function claimKwh(
  id: bigint,
  { buyer, sellerMeter, day }: Pick<Sold, "buyer" | "sellerMeter" | "day">,
  energyWh: bigint,
): ChainEvent[] {
  return [event("TradeEscrow", "KwhClaimed", { id, buyer, energyWh }), mintKwh(sellerMeter, day, buyer, energyWh)];
}

export function mintKwh(meter: bigint, day: number, to: number, value: bigint): ChainEvent {
  const id = (meter << 32n) | BigInt(day);
  return event("KwhToken", "TransferSingle", { operator: NOTARY, from: zeroAddress, to: accountOf(to), id, value });
}

/** Sum of Wh x price in fen, rounded half up. */
export function amountOf(energy: Curve, price: Curve): bigint {
  const micro = energy.reduce((sum, wh, slot) => sum + BigInt(wh) * BigInt(price[slot] ?? 0), 0n);
  return (micro * 2n + 1_000_000n) / 2_000_000n;
}
