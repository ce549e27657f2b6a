import type { Growth } from "./figure.ts";

/**
 * The seconds of one core that the fastest of some runs took. Time of the processor and not of the clock: what else the
 * machine does at the time does not count, and work on several cores counts in full.
 */
export function fastest(runs: number, run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i += 1) {
    const begun = process.cpuUsage();
    run();
    best = Math.min(best, secondsSince(begun));
  }
  return best;
}

/** Seconds of one core since `process.cpuUsage()` gave `begun`. */
export function secondsSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000_000;
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
