import type { Metrics } from "../common/metrics.ts";

export type DocumentMetrics = ReturnType<typeof documentMetrics>;

/** What the store of documents adds to the figures of its process. */
export function documentMetrics(metrics: Metrics) {
  return {
    parts: metrics.counter("document_parts_total", "Parts of documents handed in, by what became of them", ["outcome"]),
    bytes: metrics.counter("document_bytes_total", "Bytes of documents, by direction", ["direction"]),
    contents: metrics.gauge("documents", "Documents that are whole and compared with the chain"),
  };
}
