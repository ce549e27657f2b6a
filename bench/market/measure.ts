import type { Growth } from "./figure.ts";

/** The seconds of the fastest of some runs: what disturbs a run only makes it slower. */
export function fastest(runs: number, run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i += 1) {
    const begun = performance.now();
    run();
    best = Math.min(best, (performance.now() - begun) / 1000);
  }
  return best;
}

/** e in seconds ~ size^e by least squares over the logarithms. */
export function exponentOf(growth: readonly Growth[]): number {
  const points = growth.map(({ size, seconds }) => ({ x: Math.log(size), y: Math.log(seconds) }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const slope = (of: "x" | "y") =>
    points.reduce((sum, point) => sum + (point.x - x) * (point[of] - (of === "x" ? x : y)), 0);
  return slope("y") / slope("x");
}
