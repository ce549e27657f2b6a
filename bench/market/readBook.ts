import { eq } from "drizzle-orm";
import { openDatabase } from "../../operator/db/openDatabase.ts";
import { DayBook } from "../../operator/exchange/orders/book.ts";
import { orders } from "../../operator/exchange/tables.ts";
import { trade } from "../../operator/exchange/trade.ts";
import { parseDay, SLOTS } from "../../sdk/index.ts";
import type { Figure } from "./figure.ts";
import { secondsSince } from "./measure.ts";

const ORDERS = 20_000;
const RUNS = 9;
const ROWS = 500;
const PLACE = { zone: 4, day: parseDay("2026-11-24"), paymentDays: 0 };
/** From 250 to 450 yuan per MWh, each fen a price of its own. */
const [FLOOR, PRICES] = [25_000, 20_000];

/**
 * A day's book of 20,000 orders of 96 bands over PGlite: milliseconds of one core from a change of one order to the best
 * twenty prices of every slot, in the middle run; beside it the first time, when all of it is read.
 */
export const readBook: Figure = {
  name: "readBookMilliseconds",
  measure: async () => {
    const { db, close } = await openDatabase({}, trade.tables);
    try {
      for (let from = 0; from < ORDERS; from += ROWS) {
        await db.insert(orders).values(Array.from({ length: ROWS }, (_, index) => anyOrder(from + index)));
      }
      const book = new DayBook(PLACE);
      const look = async () => {
        const begun = process.cpuUsage();
        await book.read(db);
        for (let slot = 0; slot < SLOTS; slot += 1)
          for (const side of ["sell", "buy"] as const) book.levels(side, slot, 20);
        return 1_000 * secondsSince(begun);
      };
      const first = await look();
      const later: number[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        await db
          .update(orders)
          .set({ state: "cancelled" })
          .where(eq(orders.hash, hashOf(run)));
        later.push(await look());
      }
      if (book.orders !== ORDERS - RUNS) throw new Error(`The book has ${book.orders} orders.`);
      return {
        value: later.sort((left, right) => left - right)[Math.floor(RUNS / 2)]!,
        bar: { atMost: 200 },
        beside: { firstTime: first },
      };
    } finally {
      await close();
    }
  },
};

const hashOf = (number: number) => `0x${number.toString(16).padStart(64, "0")}` as const;

function anyOrder(number: number): typeof orders.$inferInsert {
  const price = Array.from({ length: SLOTS }, (_, slot) => FLOOR + ((number * 7_919 + slot * 104_729) % PRICES));
  return {
    ...{ hash: hashOf(number), side: number % 2 === 0 ? "sell" : "buy", trader: "0x01", participant: 1, meter: 1n },
    ...{ ...PLACE, continuous: false, greenCertificates: false, expiry: 1n, bands: [], nonce: number, price },
    energy: Array.from({ length: SLOTS }, (_, slot) => 1_000 * (1 + ((number + slot) % 50))),
    ...{ totalEnergyWh: 1n, totalAmountFen: 1n, maxFen: 1n, lockedFen: 0n, termsFen: 0n },
  };
}
