import { exactUnits, formatDecimal, parseDecimal } from "./decimal.ts";
import { DujiangError } from "./errors.ts";

/** Energy in watt-hours. */
export type Wh = bigint;
/** Money in 0.01 CNY. */
export type Fen = bigint;
/** A price in fen per MWh, below 2^31: 40120 = 401.20 元/MWh = 0.4012 元/kWh. */
export type Price = number;
/** A tariff or fund rate in 1/1000 fen per MWh: 196875 = 0.196875 分/kWh. */
export type Tariff = bigint;
/** A rate in 1/100 of a percent: 385 = 3.85 %. */
export type BasisPoints = number;

/** Energy in a slot and price stay below this, so that eight of them are added and compared in one EVM word. */
export const LANE_LIMIT = 2 ** 31;

/** Thrown when a text is not the amount, energy, price or rate that was asked for. */
export class UnitError extends DujiangError {}

interface Unit {
  name: string;
  /** Decimals of the shown unit that one base unit stands for. */
  decimals: number;
  example: string;
  limit?: bigint;
}

const YUAN: Unit = { name: "元", decimals: 2, example: "12.34" };
const KWH: Unit = { name: "kWh", decimals: 3, example: "1.25" };
const MWH: Unit = { name: "MWh", decimals: 6, example: "1.25" };
const YUAN_PER_MWH: Unit = { name: "元/MWh", decimals: 2, example: "401.20", limit: BigInt(LANE_LIMIT) };
const YUAN_PER_KWH: Unit = { name: "元/kWh", decimals: 5, example: "0.4012", limit: BigInt(LANE_LIMIT) };
const TARIFF: Unit = { name: "元/kWh", decimals: 8, example: "0.00196875", limit: 2n ** 64n };
const PERCENT: Unit = { name: "%", decimals: 2, example: "3.85", limit: 2n ** 32n };

/** "12.34" (元) -> 1234 fen. */
export const parseYuan = (text: string): Fen => parse(text, YUAN);
/** "1.25" (kWh) -> 1250 Wh. */
export const parseKwh = (text: string): Wh => parse(text, KWH);
/** "1.25" (MWh) -> 1250000 Wh. */
export const parseMwh = (text: string): Wh => parse(text, MWH);
/** "401.20" (元/MWh) -> 40120 fen/MWh. */
export const parseYuanPerMwh = (text: string): Price => Number(parse(text, YUAN_PER_MWH));
/** "0.4012" (元/kWh) -> 40120 fen/MWh. */
export const parseYuanPerKwh = (text: string): Price => Number(parse(text, YUAN_PER_KWH));
/** "0.00196875" (元/kWh) -> 196875 thousandths of a fen per MWh. */
export const parseTariff = (text: string): Tariff => parse(text, TARIFF);
/** "3.85" (%) -> 385 basis points. */
export const parsePercent = (text: string): BasisPoints => Number(parse(text, PERCENT));

/** 1234 fen -> "12.34 元". */
export const formatYuan = (fen: Fen): string => `${formatDecimal(fen, YUAN.decimals)} 元`;
/** 1250 Wh -> "1.25 kWh". */
export const formatKwh = (wh: Wh): string => `${formatDecimal(wh, KWH.decimals, 0)} kWh`;
/** 1250000 Wh -> "1.25 MWh". */
export const formatMwh = (wh: Wh): string => `${formatDecimal(wh, MWH.decimals, 0)} MWh`;
/** 40120 fen/MWh -> "401.20 元/MWh". */
export const formatYuanPerMwh = (price: Price): string =>
  `${formatDecimal(BigInt(price), YUAN_PER_MWH.decimals)} 元/MWh`;
/** 40120 fen/MWh -> "0.4012 元/kWh". */
export const formatYuanPerKwh = (price: Price): string =>
  `${formatDecimal(BigInt(price), YUAN_PER_KWH.decimals, 4)} 元/kWh`;
/** 196875 thousandths of a fen per MWh -> "0.00196875 元/kWh". */
export const formatTariff = (tariff: Tariff): string => `${formatDecimal(tariff, TARIFF.decimals, 4)} 元/kWh`;
/** 385 basis points -> "3.85 %". */
export const formatPercent = (rate: BasisPoints): string => `${formatDecimal(BigInt(rate), PERCENT.decimals)} %`;

function parse(text: string, unit: Unit): bigint {
  const expected = {
    en: `write ${unit.name} with at most ${unit.decimals} decimals, such as ${unit.example}`,
    zh: `请以${unit.name}填写，最多 ${unit.decimals} 位小数，例如 ${unit.example}`,
  };
  let units: bigint | undefined;
  try {
    units = exactUnits(parseDecimal(text), unit.decimals);
  } catch {
    throw new UnitError({
      en: `"${text}" is not a decimal number: ${expected.en}.`,
      zh: `“${text}”不是十进制数：${expected.zh}。`,
    });
  }
  if (units === undefined)
    throw new UnitError({
      en: `"${text}" has too many decimals: ${expected.en}.`,
      zh: `“${text}”小数位数过多：${expected.zh}。`,
    });
  if (units < 0n)
    throw new UnitError({ en: `"${text}" is negative: ${expected.en}.`, zh: `“${text}”为负数：${expected.zh}。` });
  if (unit.limit !== undefined && units >= unit.limit) {
    throw new UnitError({
      en: `"${text}" is too much: stay below ${formatDecimal(unit.limit, unit.decimals)} ${unit.name}.`,
      zh: `“${text}”过大：须小于 ${formatDecimal(unit.limit, unit.decimals)} ${unit.name}。`,
    });
  }
  return units;
}
