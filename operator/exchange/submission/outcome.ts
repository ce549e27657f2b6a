import { type Hex, type Log, maxUint256, parseEventLogs } from "viem";
import { ABIS, addCurves, nameOf, SKIP_REASONS, type SkipReason, sumCurve, ZERO_CURVE } from "../../../sdk/index.ts";
import type { LegRow, OrderRow } from "../tables.ts";
import { salesOf } from "./plan.ts";

/** What a sealed transaction did. */
export interface Outcome {
  opened: { leg: LegRow; trade: number }[];
  skipped: { leg: LegRow; reason: SkipReason }[];
  /** Orders as they stand after it. */
  filled: Fill[];
}

/** How far an order is filled. Whether it is open is its trader's say, too, and not written with it. */
export interface Fill extends Pick<OrderRow, "hash" | "filled" | "usedFen"> {
  isComplete: boolean;
}

/** Reads what became of each leg out of the logs of the transaction that carried them. */
export function readOutcome(carried: readonly LegRow[], rows: ReadonlyMap<Hex, OrderRow>, logs: Log[]): Outcome {
  const events = parseEventLogs({
    abi: ABIS.TradeEscrow,
    eventName: ["TradeOpened", "Skipped", "OrdersFilled"],
    logs,
  });
  const sales = salesOf(carried);
  const outcome: Outcome = { opened: [], skipped: [], filled: [] };
  const usedFen = new Map<Hex, bigint>();
  for (const event of events) {
    if (event.eventName === "TradeOpened") {
      const { id, sellOrder, buyOrder } = event.args;
      const leg = carried.find((leg) => leg.sellOrder === sellOrder && leg.buyOrder === buyOrder);
      if (leg !== undefined) outcome.opened.push({ leg, trade: Number(id) });
    } else if (event.eventName === "Skipped") {
      const { sale, leg: index, reason } = event.args;
      const legs = sales[Number(sale)]?.[1] ?? [];
      const left = index === maxUint256 ? legs : legs.slice(Number(index), Number(index) + 1);
      for (const leg of left) outcome.skipped.push({ leg, reason: nameOf(SKIP_REASONS, reason) });
    } else {
      for (const fill of event.args.fills) usedFen.set(fill.order, fill.usedFen);
    }
  }
  outcome.filled = [...usedFen].flatMap(([hash, usedFen]) => {
    const row = rows.get(hash);
    if (row === undefined) return [];
    const energies = outcome.opened
      .filter(({ leg }) => leg.sellOrder === hash || leg.buyOrder === hash)
      .map(({ leg }) => leg.energy);
    const filled = energies.reduce(addCurves, row.filled ?? ZERO_CURVE);
    return [{ hash, filled, usedFen, isComplete: sumCurve(filled) === row.totalEnergyWh }];
  });
  return outcome;
}
