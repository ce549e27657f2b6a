import { DujiangError } from "../../../sdk/types/errors.ts";
import type { Sentence } from "../../../sdk/types/sentence.ts";
import { SLOTS } from "../../../sdk/types/time.ts";
import type { DayCurves, EnergyUnit } from "./entryState.ts";
import { typedValue, writingOf } from "./slotValue.ts";

/** The day of one meter of a portfolio. */
export interface PortfolioRow {
  meter: bigint;
  /** Of the file, from 1 on. */
  line: number;
  day: DayCurves;
}

/** Thrown when a file is not the days of a portfolio; nothing of it is taken then. */
export class PortfolioError extends DujiangError {
  constructor({ en, zh }: Sentence) {
    super({ en: `${en} Nothing was taken.`, zh: `${zh}未导入任何内容。` });
  }
}

/**
 * Reads one CSV for all meters of a day: `meter,price,P1,...,P96`, energy in the unit that was chosen, the price in 元/MWh; a
 * line of headings may come first. All of it is taken, or nothing.
 * @param meters those that may be entered
 * @throws PortfolioError that names the line and the column
 */
export function readPortfolio(
  csv: string,
  { meters, unit }: { meters: readonly bigint[]; unit: EnergyUnit },
): PortfolioRow[] {
  const lines = csv
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .map((text, index) => ({ cells: text.split(/[,\t;]/).map((cell) => cell.trim()), line: index + 1, text }))
    .filter(({ text }) => text.trim() !== "");
  const body = /^\D*$/.test(lines[0]?.cells[0] ?? "") ? lines.slice(1) : lines;
  if (body.length === 0)
    throw new PortfolioError({
      en: "The file has no line of a meter: write meter, price and 96 values in each.",
      zh: "文件中没有计量点数据：每行应为计量点、价格和 96 个数值。",
    });
  const rows = body.map(({ cells, line }) => rowOf(cells, line, { meters, unit }));
  const seen = new Map<bigint, number>();
  for (const { meter, line } of rows) {
    const before = seen.get(meter);
    if (before !== undefined)
      throw wrong(line, {
        en: `meter ${meter} is in line ${before} already`,
        zh: `计量点 ${meter} 已在第 ${before} 行出现`,
      });
    seen.set(meter, line);
  }
  return rows;
}

function rowOf(
  cells: readonly string[],
  line: number,
  { meters, unit }: { meters: readonly bigint[]; unit: EnergyUnit },
): PortfolioRow {
  if (cells.length !== SLOTS + 2)
    throw wrong(line, {
      en: `there are ${cells.length} columns, not meter, price and 96 values`,
      zh: `共 ${cells.length} 列，应为计量点、价格和 96 个数值`,
    });
  const [name = "", price = "", ...values] = cells;
  if (!/^\d{1,20}$/.test(name) || !meters.includes(BigInt(name)))
    throw wrong(line, { en: `"${name}" is no meter that you trade for`, zh: `“${name}”不是您可交易的计量点` });
  const read = (text: string, column: number, layer: "energy" | "price") => {
    try {
      return typedValue(text, writingOf(layer, unit));
    } catch (error) {
      if (!(error instanceof DujiangError)) throw error;
      const { en, zh } = error.sentences;
      throw wrong(line, {
        en: `column ${column}: ${en.replace(/\.$/, "")}`,
        zh: `第 ${column} 列：${zh.replace(/。$/, "")}`,
      });
    }
  };
  const fen = read(price, 2, "price");
  const energy = values.map((text, index) => read(text, index + 3, "energy"));
  return { meter: BigInt(name), line, day: { energy, price: energy.map(() => fen) } };
}

const wrong = (line: number, { en, zh }: Sentence) =>
  new PortfolioError({
    en: `Line ${line}: ${en}: correct the line and import the file again.`,
    zh: `第 ${line} 行：${zh}：请更正后重新导入。`,
  });
