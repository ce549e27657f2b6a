import { createRoute, z } from "@hono/zod-openapi";
import { parseDay, SLOTS } from "../../../sdk/index.ts";
import { json, MISSING } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { DATE, number, query } from "../../gateway/forms.ts";
import type { DayBook, Level } from "../orders/book.ts";
import { DayBooks } from "../orders/dayBooks.ts";
import type { ExchangeDoor } from "./door.ts";

export const ZONE = number(2 ** 32 - 1).openapi({ example: 4 });

const LEVEL = z.object({ price: z.int(), energyWh: z.string(), orders: z.int() }).openapi("Level");

const LEVELS = { sells: z.array(LEVEL), buys: z.array(LEVEL) };
const PLACE = { zone: z.int(), date: DATE, paymentDays: z.int() };

const BOOK = z
  .object({ ...PLACE, slot: z.int(), ...LEVELS })
  .openapi("Book", { description: "Best prices first; energy in Wh, prices in fen per MWh." });

const DAY_BOOK = z
  .object({ ...PLACE, slots: z.array(z.object({ slot: z.int(), ...LEVELS })).length(SLOTS) })
  .openapi("DayBook", {
    description: "The 96 slots of a day; best prices first, energy in Wh, prices in fen per MWh.",
  });

const AGE =
  "A book of more than 1,000 orders may be some seconds old: /events says what changed. 报单较多时可能滞后数秒，变动见 /events。";
const PAYMENT_DAYS = number(65_535).default(0).openapi({ description: "0 = cash; terms are books apart" });
const MOST_LEVELS = 100;

const ofSlot = createRoute({
  method: "get",
  path: "/book/{zone}/{date}/{slot}",
  operationId: "readBookOfSlot",
  tags: ["exchange"],
  summary: "What waits to be cleared in a slot · 某时段的订单簿",
  description: AGE,
  request: {
    params: z.object({ zone: ZONE, date: DATE, slot: number(SLOTS - 1) }),
    query: query({ paymentDays: PAYMENT_DAYS }),
  },
  responses: { 200: json(BOOK, "The book"), ...MISSING },
});

const ofDay = createRoute({
  method: "get",
  path: "/book/{zone}/{date}",
  operationId: "readBookOfDay",
  tags: ["exchange"],
  summary: "What waits to be cleared in all slots of a day · 全日订单簿",
  description: AGE,
  request: {
    params: z.object({ zone: ZONE, date: DATE }),
    query: query({
      paymentDays: PAYMENT_DAYS,
      levels: number(MOST_LEVELS).default(20).openapi({ description: "as many of the best prices of each side" }),
    }),
  },
  responses: { 200: json(DAY_BOOK, "The books"), ...MISSING },
});

export function bookRoutes(app: GatewayApp, { db, hub, view, chainTtlMs }: ExchangeDoor): void {
  const days = new DayBooks(db, chainTtlMs, hub);

  app.openapi(ofSlot, async (c) => {
    const { zone, date, slot } = c.req.valid("param");
    const { paymentDays } = c.req.valid("query");
    await view.requireZone(zone);
    const book = await days.of({ zone, day: parseDay(date), paymentDays });
    return c.json({ zone, date, slot, paymentDays, ...levelsOf(book, slot) }, 200);
  });

  app.openapi(ofDay, async (c) => {
    const { zone, date } = c.req.valid("param");
    const { paymentDays, levels } = c.req.valid("query");
    await view.requireZone(zone);
    const book = await days.of({ zone, day: parseDay(date), paymentDays });
    const slots = Array.from({ length: SLOTS }, (_, slot) => ({ slot, ...levelsOf(book, slot, levels) }));
    return c.json({ zone, date, paymentDays, slots }, 200);
  });
}

function levelsOf(book: DayBook, slot: number, most?: number) {
  return { sells: book.levels("sell", slot, most).map(level), buys: book.levels("buy", slot, most).map(level) };
}

const level = ({ energyWh, ...rest }: Level) => ({ ...rest, energyWh: String(energyWh) });
