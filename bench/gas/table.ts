import type { Figures } from "./figures.ts";

/** What a figure must not exceed, and what it aims for: design figures of the platform. */
const TARGETS: Partial<Record<keyof Figures, [bar: number, reach: number]>> = {
  openRoundOneSlotBatch100PerTrade: [95_000, 70_000],
  openRoundOneSlotHalfFilledPerTrade: [137_000, 110_000],
  lifeOfOneSlotTrade: [160_000, 120_000],
  openRoundFullDayPerDelivery: [1_500, 950],
  openAndSettleFullDayPerDelivery: [1_850, 1_500],
  openAndSettleFullDay40PairsPerDelivery: [2_510, 2_000],
  openRound10x10PerDelivery: [1_500, 1_000],
  settleFullDayPerDelivery: [900, 550],
  settleFullDayShortPerDelivery: [1_100, 700],
  settleOneSlot100PerTrade: [60_000, 48_000],
  meterDayPerReading: [450, 250],
  meterDayUnderRootPerReading: [125, 110],
  meterDayUnderRootPerReadingCancun: [90, 75],
};

/** Gas per pair of one signed buy and one signed sell in a batch of 100, measured in one run on the same rules (cancun). */
const PEERS = [
  ["Seaport 1.6 matchAdvancedOrders", 150_836],
  ["CoW GPv2 settle, ERC-20 on both sides", 115_320],
  ["no checks, external tokens, fresh fill slots", 92_415],
  ["no checks, external tokens, recycled fill slots", 58_192],
  ["no checks, one internal ledger", 23_486],
] as const;

/** Prints the figures beside their bars and what was committed, and the peers below. */
export function printTable(figures: Figures, committed: Partial<Figures>): void {
  const number = (value: number | undefined) => (value === undefined ? "-" : value.toLocaleString("en-US"));
  const row = (cells: readonly string[]) =>
    console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(44) : cell.padStart(11))).join(" "));
  row(["gas", "now", "committed", "bar", "reach for"]);
  for (const [key, gas] of Object.entries(figures)) {
    const name = key as keyof Figures;
    const [bar, reach] = TARGETS[name] ?? [];
    row([key, number(gas), number(committed[name]), number(bar), number(reach)]);
  }
  console.log("\npeers: one signed buy against one signed sell, none of them metered or settled later");
  for (const [name, gas] of PEERS) row([name, number(gas)]);
}
