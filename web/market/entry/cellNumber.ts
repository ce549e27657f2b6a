import { type Decimal, parseDecimal, plainText } from "../../../sdk/types/decimal.ts";

/** What a number counts: Wh in a slot, W in a slot, or fen per MWh, each by so many powers of ten. */
export interface CellUnit {
  kind: "energy" | "power" | "price";
  decimals: number;
  name: string;
}

/** A number as a cell writes it, with the unit behind it if there is one. */
export interface CellNumber {
  decimal: Decimal;
  unit: CellUnit | undefined;
}

/** Longest first: "元/kWh" has a "kWh" in it, "万kWh" too. */
const UNITS: readonly [pattern: RegExp, unit: CellUnit][] = [
  [/(元|cny|rmb|yuan|¥)\/(mwh|兆瓦时|千千瓦时)/, { kind: "price", decimals: 2, name: "元/MWh" }],
  [/(元|cny|rmb|yuan|¥)\/(kwh|千瓦时|度)/, { kind: "price", decimals: 5, name: "元/kWh" }],
  [/分\/(kwh|千瓦时|度)/, { kind: "price", decimals: 3, name: "分/kWh" }],
  [/万(kwh|千瓦时|度)/, { kind: "energy", decimals: 7, name: "万kWh" }],
  [/gwh|吉瓦时/, { kind: "energy", decimals: 9, name: "GWh" }],
  [/mwh|兆瓦时/, { kind: "energy", decimals: 6, name: "MWh" }],
  [/kwh|千瓦时|度/, { kind: "energy", decimals: 3, name: "kWh" }],
  [/wh|瓦时/, { kind: "energy", decimals: 0, name: "Wh" }],
  [/万(kw|千瓦)/, { kind: "power", decimals: 7, name: "万kW" }],
  [/gw|吉瓦/, { kind: "power", decimals: 9, name: "GW" }],
  [/mw|兆瓦/, { kind: "power", decimals: 6, name: "MW" }],
  [/kw|千瓦/, { kind: "power", decimals: 3, name: "kW" }],
  // Money without the energy it is for: the sheet's own unit.
  [/元|cny|rmb|¥/, { kind: "price", decimals: 2, name: "元/MWh" }],
];

/** The unit that a text names, wherever it stands: "电量(MWh)". */
export function unitIn(text: string): CellUnit | undefined {
  const plain = narrow(text)
    .replace(/[\s·•⋅]/g, "")
    .toLowerCase();
  return UNITS.find(([pattern]) => pattern.test(plain))?.[1];
}

/** A cell's number; undefined if it holds anything else. */
export function numberIn(text: string): CellNumber | undefined {
  const [, sign = "", digits, behind = ""] = /^(¥?)\s*([+-]?[\d.][\d.,'\s]*|[+-]?\d)(.*)$/su.exec(narrow(text)) ?? [];
  if (digits === undefined) return undefined;
  const unit = behind === "" && sign === "" ? undefined : wholeUnit(behind === "" ? sign : behind);
  const number = ungrouped(digits.trim());
  if (number === undefined || ((behind !== "" || sign !== "") && unit === undefined)) return undefined;
  try {
    return { decimal: parseDecimal(number), unit };
  } catch {
    return undefined;
  }
}

/** Full width, Chinese full stops and hard spaces as their plain forms. */
export function narrow(text: string): string {
  return plainText(
    text
      .replace(/￥/g, "¥")
      .replace(/。/g, ".")
      .replace(/[\u00a0\u2007\u2009\u202f]/g, " "),
  );
}

/** Nothing but a unit. */
function wholeUnit(text: string): CellUnit | undefined {
  const plain = text.replace(/[\s·•⋅]/g, "").toLowerCase();
  return UNITS.find(([pattern]) => pattern.exec(plain)?.[0] === plain)?.[1];
}

/** Without separators of thousands, which must stand where thousands end: "12,5" is no number here. */
function ungrouped(number: string): string | undefined {
  if (!/[,'\s]/.test(number)) return number;
  return /^[+-]?\d{1,3}([,' ])\d{3}(?:\1\d{3})*(?:\.\d+)?$/.test(number) ? number.replace(/[,' ]/g, "") : undefined;
}
