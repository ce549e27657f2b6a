import { encodeAbiParameters, type Hex, keccak256, parseAbiParameters, slice, zeroHash } from "viem";
import { type Curve, hashCurve } from "./curve.ts";
import type { Day } from "./time.ts";
import type { Fen, Tariff } from "./units.ts";

/** What a trade is, as the escrow tells it at opening, keeps by hash, and is told again by whoever settles it. */
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

const TERMS = parseAbiParameters([
  "Terms terms",
  "struct Terms { uint32 seller; uint32 buyer; uint64 sellerMeter; uint64 buyerMeter; uint32 day; uint32 rules; uint16 paymentDays; uint8 source; uint64 tariff; uint128 energyFen; uint128 networkFen; uint128 bondFen; bytes32 scheduleHash; bytes32 priceHash; }",
]);
const TWO_HASHES = parseAbiParameters("bytes32 energyHash, bytes32 positionHash");

/** What the escrow keeps of a trade: the first 30 bytes of the hash of its terms. */
export function commitment(terms: TradeTerms): Hex {
  return slice(keccak256(encodeAbiParameters(TERMS, [terms])), 0, 30);
}

/** What was sold, and which of the metered energy comes before it: no position where nothing had been sold. */
export function scheduleHash(energy: Curve, positionBefore?: Curve): Hex {
  const positionHash = positionBefore === undefined ? zeroHash : hashCurve(positionBefore);
  return keccak256(encodeAbiParameters(TWO_HASHES, [hashCurve(energy), positionHash]));
}
