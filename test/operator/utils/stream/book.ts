import { type Book, bookSide } from "../../../../sdk/clearing/book.ts";
import { randomNumbers } from "./random.ts";

export interface BookOrder {
  id: string;
  side: "sell" | "buy";
  limit: number;
  energyWh: number;
  owner: number;
}

/** Orders of one slot as they arrive: 120 to 400 元/MWh against 180 to 480, in steps of 0.1 元, 1 kWh to 5 MWh. */
export function bookStream(seed: number, size: number): BookOrder[] {
  const draw = randomNumbers(seed);
  return Array.from({ length: size }, (_, index) => {
    const sell = draw(2) === 0;
    return {
      id: String(index),
      side: sell ? "sell" : "buy",
      limit: sell ? 12_000 + 10 * draw(2_801) : 18_000 + 10 * draw(3_001),
      energyWh: 1_000 + draw(5_000_000),
      owner: draw(Math.ceil(size / 10)),
    };
  });
}

export function bookOfStream(orders: readonly BookOrder[]): Book {
  const of = (side: BookOrder["side"]) => bookSide(orders.filter((order) => order.side === side));
  return { sells: of("sell"), buys: of("buy") };
}
