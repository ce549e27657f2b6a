import { encodeAbiParameters, type Hex, keccak256, parseAbiParameters, slice, zeroHash } from "viem";
import { type Curve, hashCurve } from "../types/curve.ts";
import type { Day } from "../types/time.ts";
import type { Fen, Tariff, Wh } from "../types/units.ts";
import type { TradeStatus } from "./enums.ts";

/** The terms of a trade: the escrow emits them at opening, keeps their hash, and receives them again at settlement. */
export interface TradeTerms {
  /** Participants. */
  seller: number;
  buyer: number;
  sellerMeter: bigint;
  buyerMeter: bigint;
  day: Day;
  /** The rule set pinned at opening. */
  rules: number;
  paymentDays: number;
  /** Whether green certificates go with the energy. */
  greenCertificates: boolean;
  /** Index into SOURCES. */
  source: number;
  tariff: Tariff;
  /** What is due if everything is delivered. */
  energyFen: Fen;
  networkFen: Fen;
  bondFen: Fen;
  /** See `scheduleHash`. */
  scheduleHash: Hex;
  /** keccak256 of the packed price curve. */
  priceHash: Hex;
}

/** What a settled trade came to: what was paid then or, on terms and late, owed. */
export interface Outcome {
  deliveredWh: Wh;
  energyFen: Fen;
  networkFen: Fen;
  deviationFen: Fen;
  /** Whether its day was finalised late, and everything is invoiced. */
  invoiced: boolean;
}

/** Whether what a trade comes to is known for good. */
export const isTradeFinished = (status: TradeStatus): boolean => status === "Settled" || status === "Ruled";

const TERMS = parseAbiParameters([
  "Terms terms",
  "struct Terms { uint32 seller; uint32 buyer; uint64 sellerMeter; uint64 buyerMeter; uint32 day; uint32 rules; uint16 paymentDays; bool greenCertificates; uint8 source; uint64 tariff; uint128 energyFen; uint128 networkFen; uint128 bondFen; bytes32 scheduleHash; bytes32 priceHash; }",
]);
const TERMS_AND_OUTCOME = parseAbiParameters([
  "bytes30 terms, Outcome outcome",
  "struct Outcome { uint256 deliveredWh; uint256 energyFen; uint256 networkFen; uint256 deviationFen; bool invoiced; }",
]);
const TWO_HASHES = parseAbiParameters("bytes32 energyHash, bytes32 positionHash");

/** What the escrow keeps of a trade: the first 30 bytes of the hash of its terms. */
export function commitment(terms: TradeTerms): Hex {
  return slice(keccak256(encodeAbiParameters(TERMS, [terms])), 0, 30);
}

/** What the escrow keeps of a trade once it is settled: its terms and what it came to. */
export function outcomeCommitment(terms: TradeTerms, outcome: Outcome): Hex {
  return slice(keccak256(encodeAbiParameters(TERMS_AND_OUTCOME, [commitment(terms), outcome])), 0, 30);
}

/** What was sold, and which of the metered energy comes before it: no position where nothing had been sold. */
export function scheduleHash(energy: Curve, positionBefore?: Curve): Hex {
  const positionHash = positionBefore === undefined ? zeroHash : hashCurve(positionBefore);
  return keccak256(encodeAbiParameters(TWO_HASHES, [hashCurve(energy), positionHash]));
}
