import { type Hex, numberToHex } from "viem";
import type { DebtCode } from "./enums.ts";

/** A difference that an adjustment left: of which trade, by which version, and its number among the amounts of a trade. */
export interface DifferenceSource {
  trade: bigint;
  version: number;
  amount: number;
}

const VERSION_AT = 64n;
const AMOUNT_AT = 80n;

/** The codes whose source is the number of a trade. */
const OF_TRADES: readonly DebtCode[] = ["EnergyOnTerms", "LateInvoice", "NetworkCharge", "DeviationCharge"];

/** The source of a debt that a settled trade leaves. */
export function tradeSource(trade: bigint): Hex {
  return numberToHex(trade, { size: 32 });
}

/** The source of a debt that the adjustment of a trade leaves. */
export function differenceSource({ trade, version, amount }: DifferenceSource): Hex {
  return numberToHex((BigInt(amount) << AMOUNT_AT) | (BigInt(version) << VERSION_AT) | trade, { size: 32 });
}

/** What a difference comes from, read out of its source. */
export function readDifferenceSource(source: Hex): DifferenceSource {
  const word = BigInt(source);
  return {
    trade: BigInt.asUintN(64, word),
    version: Number(BigInt.asUintN(16, word >> VERSION_AT)),
    amount: Number(word >> AMOUNT_AT),
  };
}

/** The trade that a debt comes from; undefined for debts that come from something else. */
export function tradeOfDebt(code: DebtCode, source: Hex): bigint | undefined {
  if (code === "Adjustment") return readDifferenceSource(source).trade;
  return OF_TRADES.includes(code) ? BigInt(source) : undefined;
}
