import type { Address } from "viem";
import { DujiangError } from "../types/errors.ts";
import { type Day, startOfDay } from "../types/time.ts";
import type { BasisPoints, Fen, Tariff, Wh } from "../types/units.ts";
import { bond, networkCharge } from "./amount.ts";
import { type Band, bandTotals } from "./band.ts";
import { randomNonce } from "./nonce.ts";

/** Thrown when the escrow would refuse a trade or an order from any signer. */
export class TermsError extends DujiangError {}

/** A bilateral trade: both parties sign the same, and the escrow takes it in this form. */
export interface Trade {
  seller: Address;
  buyer: Address;
  sellerMeter: bigint;
  buyerMeter: bigint;
  day: Day;
  /** Days after delivery until payment; 0 = cash, held from opening. */
  paymentDays: number;
  /** Whether the green certificates (绿证) of the energy go with it. */
  greenCertificates: boolean;
  /** Unix second after which it can no longer be opened. */
  expiry: bigint;
  bands: readonly Band[];
  totalEnergyWh: Wh;
  totalAmountFen: Fen;
  /** The most the buyer can be made to pay: energy and network charge. */
  maxPaymentFen: Fen;
  /** The most the seller can be made to pledge. */
  maxBondFen: Fen;
  /** Below 2^32; single use on the day for each of the two parties, among their trades. */
  nonce: number;
}

/** What the rules ask of a trade between two meters; `readConditions` reads it from the chain. */
export interface TradeConditions {
  tariff: Tariff;
  bondRateBp: BasisPoints;
}

/** What a trade must state; `buildTrade` completes the rest. */
export type TradeInput = Pick<Trade, "seller" | "buyer" | "sellerMeter" | "buyerMeter" | "day" | "bands"> &
  Partial<Pick<Trade, "paymentDays" | "greenCertificates" | "expiry" | "maxPaymentFen" | "maxBondFen" | "nonce">>;

/**
 * Completes a trade: totals of its bands, and where nothing else is said cash, without certificates, a random nonce, an
 * expiry when the delivery day begins, and as maxima exactly what the rules ask.
 */
export function buildTrade(input: TradeInput, { tariff, bondRateBp }: TradeConditions): Trade {
  const { bands } = input;
  if (bands.length === 0)
    throw new TermsError({
      en: "A trade needs at least one band of hours: it has none.",
      zh: "一笔交易至少须有一个分段。",
    });
  if (BigInt(input.seller) === BigInt(input.buyer)) {
    throw new TermsError({
      en: `Seller and buyer are the same account ${input.seller}: nobody trades with itself.`,
      zh: `买卖双方是同一账户 ${input.seller}：不能与自己交易。`,
    });
  }
  const { totalEnergyWh, totalAmountFen } = bandTotals(bands);
  return {
    seller: input.seller,
    buyer: input.buyer,
    sellerMeter: input.sellerMeter,
    buyerMeter: input.buyerMeter,
    day: input.day,
    paymentDays: input.paymentDays ?? 0,
    greenCertificates: input.greenCertificates ?? false,
    expiry: input.expiry ?? BigInt(startOfDay(input.day)),
    bands,
    totalEnergyWh,
    totalAmountFen,
    maxPaymentFen: input.maxPaymentFen ?? totalAmountFen + networkCharge(totalEnergyWh, tariff),
    maxBondFen: input.maxBondFen ?? bond(totalAmountFen, bondRateBp),
    nonce: input.nonce ?? randomNonce(),
  };
}
