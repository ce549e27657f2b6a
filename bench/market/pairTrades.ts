import { numberToHex } from "viem";
import { clearDay } from "../../sdk/clearing/clearDay.ts";
import { type ClearedOrder, type PairedSale, pair } from "../../sdk/clearing/pairing/pair.ts";
import { roundSeed } from "../../sdk/clearing/pairing/roundSeed.ts";
import { tradesOverBound } from "../../sdk/clearing/pairing/tradesOverBound.ts";
import { dayStream } from "../../test/operator/utils/stream/day.ts";
import type { Figure } from "./figure.ts";
import { exponentOf, fastest } from "./measure.ts";

const TERMS = { rule: "middle", floor: 0, cap: 60_000 } as const;
const ORDERS_PER_SIDE = [40, 160, 640];
const DAYS = 5;

/** Trades over the bound, sellers + buyers - connected groups, on random days of a zone: 1 is the least possible. */
export const pairTrades: Figure = {
  name: "pairTradesOverBound",
  measure: () => {
    const sizes = ORDERS_PER_SIDE.map((orders) => {
      const ratios: number[] = [];
      let seconds = 0;
      for (let day = 1; day <= DAYS; day += 1) {
        const { fills } = clearDay(dayStream(day, orders, orders), TERMS);
        const of = (side: "sell" | "buy") =>
          fills
            .filter(({ order }) => order.side === side)
            .map(({ order: { id, owner }, energy }) => ({ id, owner, energy }));
        const [sells, buys] = [of("sell"), of("buy")];
        const seed = roundSeed({ round: BigInt(day), day: 20_780, blockHash: numberToHex(day, { size: 32 }) });
        let sales: PairedSale<ClearedOrder>[] = [];
        seconds += fastest(1, () => {
          sales = pair(sells, buys, seed);
        });
        ratios.push(tradesOverBound(sales).ratio);
      }
      const ratio = ratios.reduce((sum, each) => sum + each, 0) / DAYS;
      return { orders: 2 * orders, ratio, worst: Math.max(...ratios), seconds: seconds / DAYS };
    });
    const growth = sizes.map(({ orders, seconds }) => ({ size: orders, seconds }));
    const middle = sizes[1]!;
    const beside = Object.fromEntries(sizes.map(({ orders, ratio }) => [`of${orders}Orders`, ratio]));
    return { value: middle.ratio, beside: { ...beside, worst: middle.worst }, growth, exponent: exponentOf(growth) };
  },
};
