import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Figures that Prometheus reads at `/metrics`. */
export class Metrics {
  readonly registry = new Registry();
  readonly orders = this.#counter("orders_total", "Orders by what became of them at the door", ["outcome"]);
  readonly proposals = this.#counter("proposals_total", "Signatures of bilateral trades taken");
  readonly requests = this.#histogram(
    "request_seconds",
    "Time to answer, by route and status",
    [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    ["route", "status"],
  );
  readonly clearing = this.#histogram(
    "clearing_seconds",
    "Time to clear a zone and day",
    [0.01, 0.1, 0.5, 1, 5, 30, 120],
  );
  readonly legs = this.#counter("legs_total", "Legs of rounds by what became of them on the chain", ["outcome"]);
  readonly gas = this.#counter("gas_total", "Gas used by sealed submissions");
  readonly pendingLegs = this.#gauge("pending_legs", "Legs that wait to be submitted");
  readonly inFlight = this.#gauge("submissions_in_flight", "Transactions sent and not sealed yet");
  readonly errands = this.#counter("errands_total", "Transactions of the keeper by kind of task and status", [
    "kind",
    "status",
  ]);
  readonly waitingTasks = this.#gauge("waiting_tasks", "Tasks that are due and not done", ["duty"]);
  readonly meterBatches = this.#counter("meter_batches_total", "Batches of readings by what became of them", [
    "outcome",
  ]);
  readonly meterRows = this.#counter("meter_rows_total", "Meter days of batches by what became of them", ["outcome"]);
  readonly openOrders = this.#gauge("open_orders", "Orders that can still be filled");
  readonly lag = this.#gauge("chain_lag_seconds", "Seconds since the node's last block");
  readonly streams = this.#gauge("streams", "Listeners to server-sent events");
  readonly failures = this.#counter("failures_total", "Steps that failed and are tried again", ["step"]);

  #counter<Label extends string>(name: string, help: string, labelNames: Label[] = []) {
    return new Counter({ name: `dujiang_${name}`, help, labelNames, registers: [this.registry] });
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: Label[] = []) {
    return new Gauge({ name: `dujiang_${name}`, help, labelNames, registers: [this.registry] });
  }

  #histogram<Label extends string>(name: string, help: string, buckets: number[], labelNames: Label[] = []) {
    return new Histogram({ name: `dujiang_${name}`, help, buckets, labelNames, registers: [this.registry] });
  }
}
