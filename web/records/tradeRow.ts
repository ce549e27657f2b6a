import { type Outcome, scheduleHash, type TradeTerms } from "../../sdk/market/terms.ts";
import { type Curve, hashCurve } from "../../sdk/types/curve.ts";
import { SOURCES } from "../../sdk/types/enums.ts";
import { wordsOf } from "../../sdk/types/words.ts";

/** What a check needs of a trade, as the index says it: integers above 32 bits are text. */
export interface TradeRow {
  id: string;
  status: "none" | "open" | "settled" | "lapsed" | "ruled";
  sellerId: number;
  buyerId: number;
  sellerMeterId: string;
  buyerMeterId: string;
  day: number;
  ruleSetId: number;
  paymentDays: number;
  greenCertificates: boolean;
  source: string;
  tariff: string;
  contracted: number[];
  price: number[];
  positionBefore: number[];
  delivered: number[] | null;
  contractedWh: string;
  deliveredWh: string | null;
  contractedEnergyFen: string;
  contractedNetworkFen: string;
  bondFen: string;
  energyFen: string | null;
  networkFen: string | null;
  deviationFen: string | null;
  invoiced: boolean | null;
  payeeId: number | null;
  claimedWh: string | null;
  settlement: string | null;
  outcomePlace: number | null;
}

const SOURCE_WORDS: readonly string[] = wordsOf(SOURCES);

/** The terms that a row comes to. Its hashes are made of its curves: a curve that was altered makes another one. */
export function termsOf(row: TradeRow): TradeTerms {
  const before = row.positionBefore.every((wh) => wh === 0) ? undefined : row.positionBefore;
  return {
    ...{ seller: row.sellerId, buyer: row.buyerId, day: row.day, rules: row.ruleSetId },
    ...{ sellerMeter: BigInt(row.sellerMeterId), buyerMeter: BigInt(row.buyerMeterId) },
    ...{ paymentDays: row.paymentDays, greenCertificates: row.greenCertificates },
    ...{ source: SOURCE_WORDS.indexOf(row.source), tariff: BigInt(row.tariff) },
    ...{ energyFen: BigInt(row.contractedEnergyFen), networkFen: BigInt(row.contractedNetworkFen) },
    bondFen: BigInt(row.bondFen),
    scheduleHash: scheduleHash(row.contracted, before),
    priceHash: hashCurve(row.price),
  };
}

/** What a row says that the trade came to; undefined before it is finished. */
export function outcomeOf(row: TradeRow): Outcome | undefined {
  if (row.status === "ruled" || row.status === "settled") {
    return {
      deliveredWh: BigInt(row.deliveredWh ?? 0),
      energyFen: BigInt(row.energyFen ?? 0),
      networkFen: BigInt(row.networkFen ?? 0),
      deviationFen: BigInt(row.deviationFen ?? 0),
      invoiced: row.invoiced ?? false,
    };
  }
  return undefined;
}

export const sumOf = (curve: Curve): bigint => curve.reduce((sum, wh) => sum + BigInt(wh), 0n);
