import type { Metrics } from "../common/metrics.ts";

export type ExchangeMetrics = ReturnType<typeof exchangeMetrics>;

/** What the exchange adds to the figures of its process. */
export function exchangeMetrics(metrics: Metrics) {
  return {
    orders: metrics.counter("orders_total", "Orders by what became of them at the door", ["outcome"]),
    proposals: metrics.counter("proposals_total", "Signatures of bilateral trades taken"),
    clearing: metrics.histogram("clearing_seconds", "Time to clear a zone and day", [0.01, 0.1, 0.5, 1, 5, 30, 120]),
    legs: metrics.counter("legs_total", "Legs of rounds by what became of them on the chain", ["outcome"]),
    gas: metrics.counter("gas_total", "Gas used by sealed submissions"),
    pendingLegs: metrics.gauge("pending_legs", "Legs that wait to be submitted"),
    inFlight: metrics.gauge("submissions_in_flight", "Transactions sent and not sealed yet"),
    openOrders: metrics.gauge("open_orders", "Orders that can still be filled"),
    streams: metrics.gauge("streams", "Listeners to server-sent events"),
  };
}
