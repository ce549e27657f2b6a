import { type Hex, keccak256 } from "viem";
import { DujiangError } from "./errors.ts";
import { SLOTS, slotLabel } from "./time.ts";
import { LANE_LIMIT, type Wh } from "./units.ts";

/** A day of 96 whole numbers below 2^31: Wh in a slot, or fen per MWh in a slot. */
export type Curve = readonly number[];

/** Thrown when 96 values do not make a curve. */
export class CurveError extends DujiangError {}

/** "0x" and four bytes for each of 96 slots. */
const HEX = /^0x[0-9a-fA-F]{768}$/;

/** How many slots the chain handles at once. */
const WORD_SLOTS = 8;

/** A day without energy. */
export const ZERO_CURVE: Curve = Object.freeze(new Array<number>(SLOTS).fill(0));

/** Makes a curve of 96 values; says which slot is wrong otherwise. */
export function curve(values: Iterable<number | bigint>): Curve {
  // Number() would make 0 of nothing and of an empty text.
  const slots = Array.from(values, (value) => (typeof value === "bigint" ? Number(value) : value));
  if (slots.length !== SLOTS)
    throw new CurveError({
      en: `A curve has 96 slots, not ${slots.length}.`,
      zh: `一条曲线有 96 个时段，而不是 ${slots.length} 个。`,
    });
  const wrong = slots.findIndex((value) => !Number.isInteger(value) || value < 0 || value >= LANE_LIMIT);
  if (wrong >= 0) {
    throw new CurveError({
      en: `Slot ${wrong} (${slotLabel(wrong)}) holds ${slots[wrong]}, which is not a whole number from 0 to 2147483647.`,
      zh: `时段 ${wrong}（${slotLabel(wrong)}）的值为 ${slots[wrong]}：须为 0 至 2147483647 的整数。`,
    });
  }
  return slots;
}

/** The value in a slot of a curve. */
export function valueAt(values: Curve, slot: number): number {
  const value = values[slot];
  if (value === undefined)
    throw new CurveError({
      en: `The curve has no slot ${slot}: a day has the slots 0 to 95.`,
      zh: `曲线没有时段 ${slot}：一天的时段为 0 至 95。`,
    });
  return value;
}

/** The 384 bytes that travel in calldata and events: big-endian, four bytes a slot. */
export function encodeCurve(values: Curve): Hex {
  return `0x${curve(values)
    .map((value) => value.toString(16).padStart(8, "0"))
    .join("")}`;
}

/** The packed curve, or no bytes where there is none: an order not filled yet, a meter that sold nothing before. */
export function encodeOptionalCurve(values: Curve | undefined): Hex {
  return values === undefined ? "0x" : encodeCurve(values);
}

/** The curve in 384 bytes. */
export function decodeCurve(bytes: Hex): Curve {
  if (!HEX.test(bytes)) {
    throw new CurveError({
      en: `A packed curve is 384 bytes in hexadecimal, not "${bytes.slice(0, 20)}" (${bytes.length} characters).`,
      zh: `打包的曲线为 384 字节的十六进制数，而不是“${bytes.slice(0, 20)}”（${bytes.length} 个字符）。`,
    });
  }
  return curve(
    Array.from({ length: SLOTS }, (_, slot) => Number.parseInt(bytes.slice(2 + slot * 8, 10 + slot * 8), 16)),
  );
}

/** The part of a day that a curve fills, cut at words of eight slots; no bytes where all is zero. */
export interface Stretch {
  firstSlot: number;
  /** Four bytes a slot. */
  bytes: Hex;
}

/** A curve without the words of zeros before and behind. */
export function encodeStretch(values: Curve): Stretch {
  const first = values.findIndex((value) => value !== 0);
  if (first < 0) return { firstSlot: 0, bytes: "0x" };
  const last = values.findLastIndex((value) => value !== 0);
  const [from, to] = [first - (first % WORD_SLOTS), last - (last % WORD_SLOTS) + WORD_SLOTS];
  return { firstSlot: from, bytes: `0x${encodeCurve(values).slice(2 + from * 8, 2 + to * 8)}` };
}

/** The curve that is zero outside of a stretch. */
export function decodeStretch(firstSlot: number, bytes: Hex): Curve {
  const before = "0".repeat(firstSlot * 8);
  return decodeCurve(`0x${(before + bytes.slice(2)).padEnd(SLOTS * 8, "0")}`);
}

/** keccak256 of the packed curve: all of it that a contract stores. */
export function hashCurve(values: Curve): Hex {
  return keccak256(encodeCurve(values));
}

/** left + right, slot by slot. */
export function addCurves(left: Curve, right: Curve): Curve {
  return curve(left.map((value, slot) => value + valueAt(right, slot)));
}

/** left - right, slot by slot; no slot may fall below zero. */
export function subtractCurves(left: Curve, right: Curve): Curve {
  return curve(left.map((value, slot) => value - valueAt(right, slot)));
}

/** The lower of both, slot by slot. */
export function minCurve(left: Curve, right: Curve): Curve {
  return curve(left.map((value, slot) => Math.min(value, valueAt(right, slot))));
}

/** The sum over the day. */
export function sumCurve(values: Curve): Wh {
  return values.reduce((sum, value) => sum + BigInt(value), 0n);
}

/**
 * What a trade is delivered: per slot min(energy, max(0, metered - offset)), where the offset is what the selling meter
 * had sold before this trade. Trades are served in the order they were opened, so no later sale thins out an earlier one.
 */
export function deliveries(energy: Curve, offset: Curve, metered: Curve): Curve {
  return curve(energy.map((wh, slot) => Math.min(wh, Math.max(0, valueAt(metered, slot) - valueAt(offset, slot)))));
}

/** Whether both curves hold the same value in every slot. */
export function sameCurve(left: Curve, right: Curve): boolean {
  return left.length === right.length && left.every((value, slot) => value === right[slot]);
}

/** The first slot in which left exceeds right; undefined when left stays within right everywhere. */
export function firstAbove(left: Curve, right: Curve): number | undefined {
  const slot = left.findIndex((value, index) => value > valueAt(right, index));
  return slot < 0 ? undefined : slot;
}
