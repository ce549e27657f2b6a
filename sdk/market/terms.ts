import { concat, encodeAbiParameters, type Hex, keccak256, zeroHash } from "viem";
import { type Curve, hashCurve } from "../types/curve.ts";
import type { Day } from "../types/time.ts";
import type { Fen, Tariff, Wh } from "../types/units.ts";
import type { TradeStatus } from "./enums.ts";

/** The terms of a trade: the escrow emits them at opening, keeps a hash of them, and receives them again at settlement. */
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

const ID_AND_TERMS = [
  { type: "uint64" },
  {
    type: "tuple",
    components: [
      { name: "seller", type: "uint32" },
      { name: "buyer", type: "uint32" },
      { name: "sellerMeter", type: "uint64" },
      { name: "buyerMeter", type: "uint64" },
      { name: "day", type: "uint32" },
      { name: "rules", type: "uint32" },
      { name: "paymentDays", type: "uint16" },
      { name: "greenCertificates", type: "bool" },
      { name: "source", type: "uint8" },
      { name: "tariff", type: "uint64" },
      { name: "energyFen", type: "uint128" },
      { name: "networkFen", type: "uint128" },
      { name: "bondFen", type: "uint128" },
      { name: "scheduleHash", type: "bytes32" },
      { name: "priceHash", type: "bytes32" },
    ],
  },
] as const;
const HASH_AND_OUTCOME = [
  { type: "bytes32" },
  {
    type: "tuple",
    components: [
      { name: "deliveredWh", type: "uint256" },
      { name: "energyFen", type: "uint256" },
      { name: "networkFen", type: "uint256" },
      { name: "deviationFen", type: "uint256" },
      { name: "invoiced", type: "bool" },
    ],
  },
] as const;
const TWO_HASHES = [{ type: "bytes32" }, { type: "bytes32" }] as const;

/** What stands for a trade in the book of its meter day: keccak256 of its id and its terms. */
export function termsCommitment(id: bigint, terms: TradeTerms): Hex {
  return keccak256(encodeAbiParameters(ID_AND_TERMS, [id, terms]));
}

/** What stands for a finished trade among the outcomes that the escrow keeps; `commitment` is of its terms. */
export function outcomeHash(commitment: Hex, outcome: Outcome): Hex {
  return keccak256(encodeAbiParameters(HASH_AND_OUTCOME, [commitment, outcome]));
}

/** The hash of a meter day's trades once another one is opened; before the first one it is 0. */
export function chainTrades(tradesHash: Hex, commitment: Hex): Hex {
  return keccak256(concat([tradesHash, commitment]));
}

/** What was sold, and which of the metered energy comes before it: no position where nothing had been sold. */
export function scheduleHash(energy: Curve, positionBefore?: Curve): Hex {
  const positionHash = positionBefore === undefined ? zeroHash : hashCurve(positionBefore);
  return keccak256(encodeAbiParameters(TWO_HASHES, [hashCurve(energy), positionHash]));
}
