import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Figures that Prometheus reads at `/metrics`: those of any process, and what its trades add. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = this.histogram(
    "request_seconds",
    "Time to answer, by route and status",
    [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    ["route", "status"],
  );
  readonly lag = this.gauge("chain_lag_seconds", "Seconds since the node's last block");
  readonly failures = this.counter("failures_total", "Steps that failed and are tried again", ["step"]);

  counter<Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> {
    return this.#once(name) ?? new Counter({ name: full(name), help, labelNames, registers: [this.registry] });
  }

  gauge<Label extends string>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> {
    return this.#once(name) ?? new Gauge({ name: full(name), help, labelNames, registers: [this.registry] });
  }

  histogram<Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: Label[] = [],
  ): Histogram<Label> {
    return (
      this.#once(name) ?? new Histogram({ name: full(name), help, buckets, labelNames, registers: [this.registry] })
    );
  }

  /** Two trades may count the same, apart by a label. */
  #once<Figure>(name: string): Figure | undefined {
    return this.registry.getSingleMetric(full(name)) as Figure | undefined;
  }
}

const full = (name: string) => `dujiang_${name}`;
