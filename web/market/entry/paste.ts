import { exactUnits } from "../../../sdk/types/decimal.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import { apportion } from "../../../sdk/types/rounding.ts";
import type { Sentence } from "../../../sdk/types/sentence.ts";
import { SLOTS, slotLabel } from "../../../sdk/types/time.ts";
import { LANE_LIMIT } from "../../../sdk/types/units.ts";
import { type CellUnit, narrow, numberIn, unitIn } from "./cellNumber.ts";
import { type Cell, cellsOf, isBlank, transposed } from "./clipboard.ts";
import type { DayCurves, EnergyUnit, Layer } from "./entryState.ts";
import { isCount, isTime, readTimes, type SlotTimes } from "./slotTimes.ts";

/** Where something is pasted, and as what: the unit is chosen by a person and never guessed. */
export interface PasteTarget {
  day: DayCurves;
  /** The chosen cell's slot. */
  slot: number;
  layer: Layer;
  unit: EnergyUnit;
  /** Copied from this sheet: single slots, however many. */
  isOwn?: boolean;
}

/** The day after pasting, which of its slots were pasted, and what was taken for what. */
export interface Pasted {
  day: DayCurves;
  from: number;
  /** Not one of them. */
  to: number;
  said: Sentence;
}

/** Thrown when a clipboard holds anything that could be taken for another day than was meant. */
export class PasteError extends DujiangError {
  constructor({ en, zh }: Sentence) {
    super({ en: `${en} Nothing was pasted.`, zh: `${zh}未粘贴任何内容。` });
  }
}

const ENERGY: Readonly<Record<EnergyUnit, CellUnit>> = {
  kWh: { kind: "energy", decimals: 3, name: "kWh" },
  kW: { kind: "power", decimals: 3, name: "kW" },
};
const PRICE: CellUnit = { kind: "price", decimals: 2, name: "元/MWh" };
const HOURS = 24;
const QUARTERS = 4;

/**
 * Puts a clipboard into a day: one column of energy (or of prices, in their layer), or energy and price beside each other; 96
 * quarter-hours, 24 hours, 24 hours of four quarters, or a part from the chosen cell on; downwards or to the right.
 * Hourly kWh are shared out to the quarters so that every hour adds up to the Wh; hourly kW hold in each of them.
 * @throws PasteError that names the cell, and what to do
 */
export function paste(clipboard: string, target: PasteTarget): Pasted {
  const { heading, rows } = tableOf(clipboard);
  const { times, body } = withoutTimes(rows, heading[0]);
  const columns = columnsOf(body, times);
  const { energy, price } = namedColumns(columns, heading.slice(-columns.length), target.layer);
  const cells = (energy ?? price)!;
  const isHourly = !target.isOwn && !isGrid(body) && (times?.step ?? (cells.length === HOURS ? 60 : 15)) === 60;
  for (const cell of [...(energy ?? []), ...(price ?? [])]) requireNumber(cell);
  const from = placeOf(cells.length, isHourly, times, target);
  const spread = isHourly ? QUARTERS : 1;

  const next = { energy: [...target.day.energy], price: [...target.day.price] };
  const asked = ENERGY[target.unit];
  const energyUnit = columnUnit(energy?.heading, asked);
  let shared = 0;
  energy?.forEach((cell, row) => {
    const wh = isBlank(cell) ? new Array<bigint>(spread).fill(0n) : energyOf(cell, energyUnit, isHourly);
    if (new Set(wh).size > 1) shared += 1;
    wh.forEach((value, quarter) => {
      next.energy[from + row * spread + quarter] = lane(value, cell);
    });
  });
  const priceUnit = columnUnit(price?.heading, PRICE);
  price?.forEach((cell, row) => {
    const slots = Array.from({ length: spread }, (_, quarter) => from + row * spread + quarter);
    if (isBlank(cell)) {
      if (slots.some((slot) => next.energy[slot] !== 0)) throw noPrice(cell, slots[0]!);
      return;
    }
    const fen = lane(priceOf(cell, priceUnit), cell);
    for (const slot of slots) next.price[slot] = fen;
  });
  const to = from + cells.length * spread;
  return { day: next, from, to, said: said({ from, to, isHourly, shared, energyUnit, energy, price, heading }) };
}

// ------------------------------------------------------------------------------------------------- what is where

interface Column extends ReadonlyArray<Cell> {
  heading?: Cell | undefined;
}

/** The rows of values, downwards, without the one line of headings there may be above them. */
function tableOf(clipboard: string): { heading: Cell[]; rows: Cell[][] } {
  let table = cellsOf(clipboard);
  if (table.flat().every(isBlank))
    throw new PasteError({
      en: "There is nothing to paste: copy cells first.",
      zh: "剪贴板中没有可粘贴的内容：请先复制单元格。",
    });
  const width = table[0]!.length;
  const isAcross = width > QUARTERS + 1 || (table.length === 1 && width > 2 && !isTime(table[0]![0]!));
  if (isAcross) table = transposed(table);
  const [first, body] = [table[0]!, withoutBlankEnd(table.slice(1))];
  // Only the first line may be a heading, and not where it would complete a day: a word elsewhere is a mistake to be named.
  const isHeading =
    body.length > 0 && ![SLOTS - 1, HOURS - 1].includes(body.length) && !first.every(isBlank) && !first.some(isValue);
  return isHeading ? { heading: first, rows: body } : { heading: [], rows: withoutBlankEnd(table) };
}

/** Numbers, the times of rows, and what was meant to be a number: "1O0", but not "96点曲线" or a date. */
const isValue = (cell: Cell): boolean =>
  numberIn(cell.text) !== undefined ||
  isTime(cell) ||
  (/^[+-]?\.?\d/.test(narrow(cell.text)) && !/^\d{4}[-/.年]|[\u4e00-\u9fff]/.test(cell.text));

/** Blank lines at the end are slots without energy only if they make a day of it. */
function withoutBlankEnd(rows: Cell[][]): Cell[][] {
  const used = rows.findLastIndex((row) => !row.every(isBlank)) + 1;
  // The last break ends the last line, or begins a blank one where the line before it is blank, too.
  const lengths = used === rows.length - 1 ? [used] : [rows.length - 1, rows.length];
  const whole = lengths.find((many) => many >= used && (many === SLOTS || many === HOURS));
  return rows.slice(0, whole ?? (rows.length > SLOTS ? Math.max(used, SLOTS) : used));
}

/** A first column that says when, and the columns beside it. */
function withoutTimes(rows: Cell[][], heading: Cell | undefined): { times: SlotTimes | undefined; body: Cell[][] } {
  const first = rows.map((row) => row[0]!);
  const body = rows.map((row) => row.slice(1));
  if (rows[0]!.length < 2) return { times: undefined, body: rows };
  if (isTime(first[0]!)) {
    const times = readTimes(first);
    if ("wrong" in times) throw badTime(times.wrong);
    return { times, body };
  }
  if (!isCount(first)) return { times: undefined, body: rows };
  if (body[0]!.length === 1 && !saysSlots(heading)) throw countOrEnergy(first[0]!);
  return { times: { step: rows.length === HOURS && !isGrid(body) ? 60 : 15, first: 0, isBeginning: true }, body };
}

const saysSlots = (heading: Cell | undefined): boolean =>
  heading !== undefined && /时|点|序|slot|hour|time|no\b|#/i.test(heading.text);

/** Hours downwards, their quarters across. */
const isGrid = (body: readonly (readonly Cell[])[]): boolean => body[0]!.length === QUARTERS;

function columnsOf(body: Cell[][], times: SlotTimes | undefined): Cell[][] {
  const width = body[0]!.length;
  if (isGrid(body)) {
    if (times?.step === 15 && body.length > 1) throw tooWide(body[0]![0]!, width);
    return [body.flat()];
  }
  if (width > 2) throw tooWide(body[0]![2]!, width);
  return transposed(body);
}

/** Energy, then price, unless the headings say otherwise. */
function namedColumns(
  columns: Cell[][],
  heading: readonly Cell[],
  layer: Layer,
): { energy: Column | undefined; price: Column | undefined } {
  const [one, two] = columns.map((cells, index) => Object.assign([...cells], { heading: heading[index] })) as Column[];
  const isPrice = (column: Column | undefined) => column?.heading !== undefined && saysPrice(column.heading.text);
  if (two !== undefined)
    return isPrice(one) && !isPrice(two) ? { energy: two, price: one } : { energy: one, price: two };
  if (one!.heading !== undefined && !isBlank(one!.heading)) {
    if (layer === "energy" && isPrice(one)) throw otherLayer(one!.heading, "price");
    if (layer === "price" && ["energy", "power"].includes(unitIn(one!.heading.text)?.kind ?? ""))
      throw otherLayer(one!.heading, "energy");
  }
  return layer === "energy" ? { energy: one, price: undefined } : { energy: undefined, price: one };
}

const saysPrice = (text: string): boolean => unitIn(text)?.kind === "price" || /价|price/i.test(text);

/** The first slot that is pasted to. */
function placeOf(count: number, isHourly: boolean, times: SlotTimes | undefined, target: PasteTarget): number {
  const step = isHourly ? QUARTERS : 1;
  if (count > SLOTS || (isHourly && count > HOURS))
    throw new PasteError({
      en: `There are ${count} values for a day of ${isHourly ? "24 hours" : "96 quarter-hours"}: copy those of one day.`,
      zh: `共 ${count} 个数值，超过一天的 ${isHourly ? "24 小时" : "96 个时段"}：请只复制一天的数值。`,
    });
  if (count * step === SLOTS && !target.isOwn) {
    const begins = times === undefined || times.first === 0 || (!times.isBeginning && times.first === times.step);
    if (!begins) throw elsewhere(times!.first, 0);
    return 0;
  }
  if (times?.isBeginning && times.first % (step * 15) === 0) return times.first / 15;
  if (times !== undefined && ![target.slot, target.slot + step].includes(times.first / 15))
    throw elsewhere(times.first, target.slot);
  if (target.slot + count * step > SLOTS)
    throw new PasteError({
      en: `${count} values from ${slotLabel(target.slot)} on run past midnight: choose the slot they begin with.`,
      zh: `自 ${slotLabel(target.slot)} 起的 ${count} 个数值超过当日 24:00：请选择起始时段。`,
    });
  return target.slot;
}

// ---------------------------------------------------------------------------------------------- what a cell holds

/** The unit of a column: what its heading says, if that is of the kind that was chosen. */
function columnUnit(heading: Cell | undefined, asked: CellUnit): CellUnit {
  const said = heading === undefined ? undefined : unitIn(heading.text);
  if (said === undefined) return asked;
  if (said.kind !== asked.kind) throw otherUnit(heading!, said, asked);
  return said;
}

/** Of a quarter-hour its Wh; of an hour those of its four quarters. */
function energyOf(cell: Cell, unit: CellUnit, isHourly: boolean): bigint[] {
  const { units, kind } = countOf(cell, unit);
  if (kind === "power") {
    // W for a quarter of an hour.
    if (units % 4n !== 0n)
      throw tooFine(cell, { en: "0.004 kW, a whole Wh in a quarter-hour", zh: "0.004 kW（每时段整数 Wh）" });
    return new Array<bigint>(isHourly ? QUARTERS : 1).fill(units / 4n);
  }
  return isHourly ? apportion(units, [1n, 1n, 1n, 1n]) : [units];
}

function requireNumber(cell: Cell): void {
  if (!isBlank(cell) && numberIn(cell.text) === undefined) throw noNumber(cell);
}

const priceOf = (cell: Cell, unit: CellUnit): bigint => countOf(cell, unit).units;

function countOf(cell: Cell, column: CellUnit): { units: bigint; kind: CellUnit["kind"] } {
  const number = numberIn(cell.text)!;
  const unit = number.unit ?? column;
  if (unit.kind !== column.kind) throw otherUnit(cell, unit, column);
  const units = exactUnits(number.decimal, unit.decimals);
  if (units === undefined)
    throw tooFine(
      cell,
      column.kind === "price" ? { en: "0.01 CNY/MWh", zh: "0.01 元/MWh" } : { en: "0.001 kWh", zh: "0.001 kWh" },
    );
  if (units < 0n)
    throw new PasteError({
      en: `${at(cell).en} is negative: energy and prices are 0 or more.`,
      zh: `${at(cell).zh}为负数：电量和价格不小于 0。`,
    });
  return { units, kind: unit.kind };
}

/** What a slot can hold on the chain. */
function lane(value: bigint, cell: Cell): number {
  if (value < BigInt(LANE_LIMIT)) return Number(value);
  throw new PasteError({
    en: `${at(cell).en} is more than a quarter-hour can hold (2147483.647 kWh, 21474836.47 CNY/MWh): check its unit.`,
    zh: `${at(cell).zh}超过单个时段上限（2147483.647 kWh、21474836.47 元/MWh）：请检查单位。`,
  });
}

// ----------------------------------------------------------------------------------------------------- what is said

function said({
  from,
  to,
  isHourly,
  shared,
  energyUnit,
  energy,
  price,
  heading,
}: {
  from: number;
  to: number;
  isHourly: boolean;
  shared: number;
  energyUnit: CellUnit;
  energy: Column | undefined;
  price: Column | undefined;
  heading: readonly Cell[];
}): Sentence {
  const count = isHourly ? (to - from) / QUARTERS : to - from;
  const hours = `${slotLabel(from).slice(0, 5)}–${slotLabel(to - 1).slice(6)}`;
  const en = [`${count} ${isHourly ? "hours" : "quarter-hours"} pasted, ${hours}`];
  const zh = [`已粘贴 ${count} 个${isHourly ? "小时" : "时段"}（${hours}）`];
  if (energy !== undefined) {
    en.push(`energy read as ${energyUnit.name}`);
    zh.push(`电量按 ${energyUnit.name} 读取`);
  }
  if (isHourly && energyUnit.kind === "energy" && energy !== undefined) {
    en.push("each hour divided by four");
    zh.push("每小时均分到 4 个时段");
  }
  if (isHourly && energyUnit.kind === "power" && energy !== undefined) {
    en.push("each hour's power in its four quarters");
    zh.push("每小时功率用于其 4 个时段");
  }
  if (shared > 0) {
    en.push(`in ${shared} of them earlier quarters hold 1 Wh more, so that the hour adds up`);
    zh.push(`其中 ${shared} 个小时不能整除，前面的时段多 1 Wh，小时合计不变`);
  }
  if (price !== undefined) {
    en.push(energy === undefined ? "read as prices" : "prices with them");
    zh.push(energy === undefined ? "按价格读取" : "含价格");
  }
  if (heading.length > 0) {
    en.push("the first line taken as headings");
    zh.push("首行视为标题");
  }
  return { en: `${en.join("; ")}.`, zh: `${zh.join("；")}。` };
}

/** Where a cell stands, with what it holds. */
function at({ text, line, column }: Cell): Sentence {
  const shown = text.trim().slice(0, 40);
  return { en: `Line ${line}, column ${column} ("${shown}")`, zh: `第 ${line} 行第 ${column} 列（“${shown}”）` };
}

const noNumber = (cell: Cell) =>
  new PasteError({
    en: `${at(cell).en} is no number such as 1,234.5, with a point before its decimals and commas between thousands alone: correct the cell and copy again.`,
    zh: `${at(cell).zh}不是 1,234.5 这样的数字（小数点用“.”，逗号只作千位分隔）：请更正后重新复制。`,
  });

const tooFine = (cell: Cell, step: Sentence) =>
  new PasteError({
    en: `${at(cell).en} is finer than ${step.en}: round it and copy again.`,
    zh: `${at(cell).zh}精度超过 ${step.zh}：请取整后重新复制。`,
  });

const noPrice = (cell: Cell, slot: number) =>
  new PasteError({
    en: `Line ${cell.line}, column ${cell.column} is blank, and ${slotLabel(slot)} has energy: every slot with energy needs a price.`,
    zh: `第 ${cell.line} 行第 ${cell.column} 列为空，而 ${slotLabel(slot)} 有电量：有电量的时段须有价格。`,
  });

const otherUnit = (cell: Cell, said: CellUnit, asked: CellUnit) =>
  new PasteError({
    en: `${at(cell).en} says ${said.name}, and the sheet is set to ${asked.name}: set the sheet to what the values are, or remove the unit.`,
    zh: `${at(cell).zh}的单位为 ${said.name}，而表格设为 ${asked.name}：请将表格改为对应单位，或删除该单位。`,
  });

const otherLayer = (cell: Cell, layer: Layer) =>
  new PasteError({
    en: `${at(cell).en} names ${layer === "price" ? "prices" : "energy"}, and the sheet shows ${layer === "price" ? "energy" : "prices"}: show ${layer === "price" ? "prices" : "energy"} and paste again.`,
    zh: `${at(cell).zh}为${layer === "price" ? "价格" : "电量"}，而表格显示${layer === "price" ? "电量" : "价格"}：请切换后重新粘贴。`,
  });

const countOrEnergy = (cell: Cell) =>
  new PasteError({
    en: `Column ${cell.column} counts the rows and may as well be energy: copy without it, or write "slot" over it.`,
    zh: `第 ${cell.column} 列为行号，也可能是电量：请不要复制该列，或在其上方写“时段”。`,
  });

const badTime = (cell: Cell) =>
  new PasteError({
    en: `${at(cell).en} is not the time that follows the line above it by a quarter of an hour or an hour: copy an unbroken part of a day.`,
    zh: `${at(cell).zh}与上一行的时间不相隔 15 分钟或 1 小时：请复制一天中连续的部分。`,
  });

const elsewhere = (minute: number, slot: number) =>
  new PasteError({
    en: `The first line is of ${clock(minute)}, and the values would begin with ${slotLabel(slot)}: choose the slot they begin with.`,
    zh: `首行时间为 ${clock(minute)}，而数值将自 ${slotLabel(slot)} 起粘贴：请选择对应的起始时段。`,
  });

const tooWide = (cell: Cell, width: number) =>
  new PasteError({
    en: `Line ${cell.line} has ${width} columns of values: copy energy alone, energy and price, or the four quarters of hours.`,
    zh: `第 ${cell.line} 行有 ${width} 列数值：请只复制电量、电量与价格，或每小时四个时段。`,
  });

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
