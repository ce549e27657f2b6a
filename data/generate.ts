/** Writes the typical curves of this folder and the made-up files of layouts/; README.md states the rules. `npx tsx data/generate.ts` */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Curve, formatDay, lowValleyCurve, parseDay, threePartCurve, valueAt } from "../sdk/index.ts";
import { formatDecimal } from "../sdk/types/decimal.ts";
import { clock, layoutFiles } from "./layouts.ts";
import { clearSkyCurve } from "./rules/clearSky.ts";
import { runOfRiverCurve } from "./rules/runOfRiver.ts";

const YEAR = 2026;
/** One typical day a month, on the 15th. */
export const TYPICAL_DAYS = Array.from({ length: 12 }, (_, month) =>
  parseDay(`${YEAR}-${String(month + 1).padStart(2, "0")}-15`),
);

interface TypicalMeter {
  meter: string;
  curve: (day: number) => Curve;
}

const GENERATION: readonly TypicalMeter[] = [
  { meter: "hydro-station", curve: (day) => runOfRiverCurve(day) },
  { meter: "solar-plant", curve: (day) => clearSkyCurve(day, 2_000_000) },
  { meter: "rooftop-solar", curve: (day) => clearSkyCurve(day, 30_000) },
];

const CONSUMPTION: readonly TypicalMeter[] = [
  { meter: "factory", curve: () => threePartCurve(30_000_000n) },
  { meter: "shopping-centre", curve: () => threePartCurve(12_000_000n) },
  { meter: "household", curve: () => threePartCurve(9_600n) },
  { meter: "charging-depot", curve: () => lowValleyCurve(4_000_000n) },
];

/** Every file of this folder that is computed, by its name. */
export function typicalFiles(): Map<string, string> {
  return new Map([
    ["typical-generation.csv", generationCsv()],
    ["typical-consumption.csv", consumptionCsv()],
    ["clear-sky.json", clearSkyJson()],
  ]);
}

/** Wh of a 10 kW plant in each slot of a clear day of each month: a shape that other totals are shared out by. */
function clearSkyJson(): string {
  const months = TYPICAL_DAYS.map((day) => `    ${JSON.stringify(clearSkyCurve(day, 10_000))}`);
  return [
    '{ "en": "Clear days computed from published rules, not measurements (see README.md).",',
    '  "zh": "按公开规则计算的典型晴天，并非实测数据（说明见 README.md）。",',
    `  "months": [\n${months.join(",\n")}\n  ] }\n`,
  ].join("\n");
}

const label = (what: string, unit: string) =>
  [
    `# ${what}: typical curves computed from published rules, not measurements (see README.md). ${unit}`,
    "# 按公开规则计算的典型曲线，并非实测数据（说明见 README.md）。",
    "# Written by: npx tsx data/generate.ts",
  ].join("\n");

/** A row is an interval: the mean power of each quarter hour in kW. */
function generationCsv(): string {
  const rows = TYPICAL_DAYS.flatMap((day) => {
    const curves = GENERATION.map(({ curve }) => curve(day));
    return Array.from({ length: 96 }, (_, slot) => {
      const power = curves.map((curve) => plain(4n * BigInt(valueAt(curve, slot))));
      return [`${formatDay(day)} ${clock(slot * 15)}`, ...power].join(",");
    });
  });
  const header = ["time", ...GENERATION.map(({ meter }) => meter)].join(",");
  return `${[label("Generation", "Mean kW of each quarter hour."), header, ...rows].join("\n")}\n`;
}

/** A row is a day of a meter: the energy of each quarter hour in kWh. */
function consumptionCsv(): string {
  const header = ["date", "meter", ...Array.from({ length: 96 }, (_, slot) => `P${slot + 1}`)].join(",");
  const rows = TYPICAL_DAYS.flatMap((day) =>
    CONSUMPTION.map(({ meter, curve }) =>
      [formatDay(day), meter, ...curve(day).map((wh) => plain(BigInt(wh)))].join(","),
    ),
  );
  return `${[label("Consumption", "kWh of each quarter hour, P1 is 00:00-00:15."), header, ...rows].join("\n")}\n`;
}

/** Thousandths, written without separators. */
function plain(thousandths: bigint): string {
  return formatDecimal(thousandths, 3, 0).replaceAll(",", "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of [...typicalFiles(), ...layoutFiles()]) {
    await writeFile(new URL(name, import.meta.url), text);
    console.log(`data/${name}`);
  }
}
