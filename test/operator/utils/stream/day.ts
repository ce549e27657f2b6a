import { keccak256, numberToHex } from "viem";
import type { DayOrder } from "../../../../sdk/clearing/clearDay.ts";
import { bandsToCurves, SLOTS } from "../../../../sdk/index.ts";
import { randomNumbers } from "./random.ts";

export type StreamOrder = DayOrder & { id: `0x${string}` };

/** A kind of meter: the slots in which it has something to trade, its size, and what it asks or gives, 元/MWh. */
interface Kind {
  parts: readonly { from: number; to: number; share: number; dearer: number }[];
  largestKw: number;
  price: readonly [number, number];
}

const ALL_DAY = [{ from: 0, to: SLOTS, share: 1, dearer: 1 }];
/** Valley 00:00-09:00, peak 09:00-18:00, flat 18:00-24:00. */
const THREE_PARTS = [
  { from: 0, to: 36, share: 0.5, dearer: 0.85 },
  { from: 36, to: 72, share: 1, dearer: 1.15 },
  { from: 72, to: 96, share: 0.8, dearer: 1 },
];
const SUN = [
  { from: 28, to: 36, share: 0.3, dearer: 1 },
  { from: 36, to: 44, share: 0.8, dearer: 0.9 },
  { from: 44, to: 58, share: 1, dearer: 0.8 },
  { from: 58, to: 68, share: 0.6, dearer: 0.9 },
  { from: 68, to: 76, share: 0.2, dearer: 1 },
];
const NIGHT = [
  { from: 0, to: 28, share: 1, dearer: 1 },
  { from: 88, to: 96, share: 1, dearer: 1 },
];

const SELLERS: readonly Kind[] = [
  { parts: ALL_DAY, largestKw: 20_000, price: [120, 300] },
  { parts: SUN, largestKw: 10_000, price: [80, 350] },
  { parts: THREE_PARTS, largestKw: 15_000, price: [200, 400] },
];
const BUYERS: readonly Kind[] = [
  { parts: THREE_PARTS, largestKw: 12_000, price: [220, 480] },
  { parts: ALL_DAY, largestKw: 15_000, price: [200, 420] },
  { parts: NIGHT, largestKw: 4_000, price: [180, 300] },
];

/**
 * A zone's orders for a day: hydro, solar and thermal plants against factories, shops and charging depots. Prices are
 * multiples of 0.1 元/MWh, so many are equal; every tenth order is of an owner who has several.
 */
export function dayStream(seed: number, sellers: number, buyers: number): StreamOrder[] {
  const draw = randomNumbers(seed);
  const order = (side: DayOrder["side"], kinds: readonly Kind[], index: number): StreamOrder => {
    const kind = kinds[draw(kinds.length)]!;
    const kw = 10 + draw(kind.largestKw);
    const [low, high] = kind.price;
    const base = low * 100 + 10 * draw((high - low) * 10);
    const bands = kind.parts.map(({ from, to, share, dearer }) => ({
      fromSlot: from,
      toSlot: to,
      energyWh: Math.max(1, Math.round(kw * 250 * share * (0.9 + draw(20) / 100))),
      price: Math.round((base * dearer) / 10) * 10,
    }));
    const { energy, price } = bandsToCurves(bands);
    const owner = draw(10) === 0 ? draw(1 + Math.floor(sellers / 10)) : 1_000_000 + index;
    return { id: keccak256(numberToHex(seed * 1_000_000 + index)), side, owner, energy, limit: price };
  };
  return [
    ...Array.from({ length: sellers }, (_, i) => order("sell", SELLERS, i)),
    ...Array.from({ length: buyers }, (_, i) => order("buy", BUYERS, sellers + i)),
  ];
}
