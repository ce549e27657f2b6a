import { expect } from "chai";
import { and, eq, inArray } from "drizzle-orm";
import type { Hex } from "viem";
import { DayBook, type Level } from "../../../operator/exchange/orders/book.ts";
import { legs, type OrderRow, orders, rounds } from "../../../operator/exchange/tables.ts";
import { SLOTS } from "../../../sdk/index.ts";
import { overBothDatabases } from "../utils/databases.ts";
import { randomOf } from "../utils/random.ts";

const PLACE = { zone: 4, day: 20_781, paymentDays: 0 };
const OTHERS = [
  { ...PLACE, zone: 5 },
  { ...PLACE, day: 20_782 },
  { ...PLACE, paymentDays: 30 },
];
const STEPS = 30;
const CARRIED = 6;

describe("a day's book that is brought up to date", function () {
  this.timeout(120_000);

  overBothDatabases("after every change", (open) => {
    it("is what a book is that is added up from nothing", async () => {
      const { db } = open();
      const random = randomOf(11);
      const pick = (count: number) => Math.floor(random() * count);
      const curve = (step: number) => Array.from({ length: SLOTS }, (_, slot) => (slot % 4 === 0 ? step * pick(4) : 0));
      const price = () => Array.from({ length: SLOTS }, () => 30_000 + 100 * pick(6));
      const kept: Hex[] = [];
      const book = new DayBook(PLACE);

      for (let step = 0; step < STEPS; step += 1) {
        for (const place of [PLACE, PLACE, OTHERS[pick(OTHERS.length)]!]) {
          const hash: Hex = `0x${kept.length.toString(16).padStart(64, "0")}`;
          kept.push(hash);
          await db.insert(orders).values({
            ...{ hash, ...place, side: pick(2) === 0 ? "sell" : "buy", trader: "0x01", participant: 1, meter: 1n },
            ...{ continuous: false, greenCertificates: false, expiry: 1n, bands: [], nonce: kept.length },
            ...{ energy: curve(1_000), price: price(), totalEnergyWh: 1n, totalAmountFen: 1n, maxFen: 1n },
            ...{ lockedFen: 0n, termsFen: 0n },
          });
        }
        const one = kept[pick(kept.length)]!;
        const change = pick(4);
        if (change === 0) await db.update(orders).set({ state: "cancelled" }).where(eq(orders.hash, one));
        if (change === 1) {
          const [row] = await db.select().from(orders).where(eq(orders.hash, one));
          const filled = row!.energy.map((wh) => Math.min(wh, 1_000));
          await db.update(orders).set({ filled }).where(eq(orders.hash, one));
        }
        if (change >= 2) {
          await db.insert(rounds).values({ number: step, ...PLACE, price: price() });
          const sides = [kept[pick(kept.length)]!, kept[pick(kept.length)]!] as const;
          const leg = { sellOrder: sides[0], buyOrder: sides[1], sellerMeter: 1n, energy: curve(500) };
          await db.insert(legs).values({ round: step, place: 0, ...leg });
        }
        // What was under way comes back, or is opened.
        if (step >= CARRIED) {
          const state = change % 2 === 0 ? "skipped" : "opened";
          await db
            .update(legs)
            .set({ state })
            .where(eq(legs.round, step - CARRIED));
        }
        await book.read(db);
        const expected = await addedUp();
        for (let slot = 0; slot < SLOTS; slot += 1) {
          for (const side of ["sell", "buy"] as const) {
            const levels = expected[side][slot]!;
            expect(book.levels(side, slot), `${side} ${slot} after step ${step}`).to.deep.equal(levels);
            expect(book.levels(side, slot, 2)).to.deep.equal(levels.slice(0, 2));
          }
        }
      }
      expect(book.orders).to.be.greaterThan(STEPS);

      /** Row by row out of the tables, from the best price. */
      async function addedUp(): Promise<Record<"sell" | "buy", Level[][]>> {
        const { zone, day, paymentDays } = PLACE;
        const isOf = and(eq(orders.zone, zone), eq(orders.day, day), eq(orders.paymentDays, paymentDays));
        const waiting = await db
          .select()
          .from(orders)
          .where(and(isOf, eq(orders.state, "open")));
        const moving = await db
          .select()
          .from(legs)
          .where(inArray(legs.state, ["pending", "submitted"]));
        const leftOf = (order: OrderRow, slot: number) =>
          moving
            .filter(({ sellOrder, buyOrder }) => sellOrder === order.hash || buyOrder === order.hash)
            .reduce((left, leg) => left - leg.energy[slot]!, order.energy[slot]! - (order.filled?.[slot] ?? 0));
        const slotsOf = (side: "sell" | "buy") =>
          Array.from({ length: SLOTS }, (_, slot) => {
            const left = waiting
              .filter((order) => order.side === side && leftOf(order, slot) > 0)
              .map((order) => ({ price: order.price[slot]!, wh: leftOf(order, slot) }));
            return [...Map.groupBy(left, (order) => order.price)]
              .map(([price, all]) => ({
                price,
                energyWh: BigInt(all.reduce((sum, { wh }) => sum + wh, 0)),
                orders: all.length,
              }))
              .sort((a, b) => (side === "sell" ? a.price - b.price : b.price - a.price));
          });
        return { sell: slotsOf("sell"), buy: slotsOf("buy") };
      }
    });
  });
});
