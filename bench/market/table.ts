import type { Measured } from "./figure.ts";

/** Prints a figure beside its bar, what was committed, its peers and its growth. */
export function printFigure(name: string, measured: Measured, committed: Measured | undefined): void {
  const { value, bar, peers = {}, beside = {}, growth = [], exponent } = measured;
  const target =
    bar === undefined ? "" : "atLeast" in bar ? `bar ${show(bar.atLeast)} or more` : `bar ${show(bar.atMost)} or less`;
  console.log(`${name.padEnd(30)}${show(value).padStart(14)}   committed ${show(committed?.value)}   ${target}`);
  for (const [peer, figure] of Object.entries(peers))
    console.log(`  peer ${peer.padEnd(23)}${show(figure).padStart(14)}`);
  for (const [key, figure] of Object.entries(beside)) console.log(`  ${key.padEnd(28)}${show(figure).padStart(14)}`);
  for (const { size, seconds } of growth) {
    console.log(`  at ${show(size).padEnd(25)}${`${seconds.toPrecision(3)} s`.padStart(14)}`);
  }
  if (exponent !== undefined)
    console.log(`  ${"time grows as size to the".padEnd(28)}${exponent.toFixed(2).padStart(14)}`);
}

/** Whether a figure misses its bar. */
export function misses({ value, bar }: Measured): boolean {
  if (bar === undefined) return false;
  return "atLeast" in bar ? value < bar.atLeast : value > bar.atMost;
}

function show(value: number | undefined): string {
  if (value === undefined) return "-";
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(3);
}
