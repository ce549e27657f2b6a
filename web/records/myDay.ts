import { addCurves, type Curve, ZERO_CURVE } from "../../sdk/types/curve.ts";

/** What a day's figures are made of. */
export interface DayTradeRow {
  id: string;
  status: string;
  sellerId: number;
  buyerId: number;
  sellerMeterId: string;
  buyerMeterId: string;
  contracted: number[];
  delivered: number[] | null;
  contractedWh: string;
  deliveredWh: string | null;
  energyFen: string | null;
  networkFen: string | null;
  deviationFen: string | null;
}

/** One meter on one side of its trades of a day. */
export interface MeterPart {
  meter: string;
  side: "sell" | "buy";
  trades: number;
  /** Of them, those that have not come to an end. */
  open: number;
  contracted: Curve;
  /** Null while nothing of it is settled: not metered is not zero. */
  delivered: Curve | null;
  contractedWh: bigint;
  deliveredWh: bigint;
  /** Contracted and not delivered, of the trades that have come to an end. */
  shortfallWh: bigint;
  /** Of these trades: charged of a seller, and received or not by a buyer as the rules say. */
  deviationFen: bigint;
  energyFen: bigint;
  networkFen: bigint;
}

/** A participant's day, meter by meter: sales before purchases. */
export function partsOf(trades: readonly DayTradeRow[], participant: number): MeterPart[] {
  const parts = new Map<string, MeterPart>();
  for (const trade of trades) {
    if (trade.sellerId === participant) add(parts, "sell", trade.sellerMeterId, trade);
    if (trade.buyerId === participant) add(parts, "buy", trade.buyerMeterId, trade);
  }
  const rank = ({ side, meter }: MeterPart) => (side === "sell" ? 0n : 10n ** 20n) + BigInt(meter);
  return [...parts.values()].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function add(parts: Map<string, MeterPart>, side: MeterPart["side"], meter: string, trade: DayTradeRow): void {
  const key = `${side} ${meter}`;
  const part = parts.get(key) ?? nothing(side, meter);
  const isEnded = trade.deliveredWh !== null;
  const deliveredWh = BigInt(trade.deliveredWh ?? 0);
  parts.set(key, {
    ...part,
    trades: part.trades + 1,
    open: part.open + (trade.status === "open" ? 1 : 0),
    contracted: addCurves(part.contracted, trade.contracted),
    delivered: trade.delivered === null ? part.delivered : addCurves(part.delivered ?? ZERO_CURVE, trade.delivered),
    contractedWh: part.contractedWh + BigInt(trade.contractedWh),
    deliveredWh: part.deliveredWh + deliveredWh,
    shortfallWh: part.shortfallWh + (isEnded ? BigInt(trade.contractedWh) - deliveredWh : 0n),
    deviationFen: part.deviationFen + BigInt(trade.deviationFen ?? 0),
    energyFen: part.energyFen + BigInt(trade.energyFen ?? 0),
    networkFen: part.networkFen + BigInt(trade.networkFen ?? 0),
  });
}

const nothing = (side: MeterPart["side"], meter: string): MeterPart => ({
  ...{ side, meter, trades: 0, open: 0, contracted: ZERO_CURVE, delivered: null },
  ...{ contractedWh: 0n, deliveredWh: 0n, shortfallWh: 0n, deviationFen: 0n, energyFen: 0n, networkFen: 0n },
});
