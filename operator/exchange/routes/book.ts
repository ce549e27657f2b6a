import { createRoute, z } from "@hono/zod-openapi";
import { dayOf, parseDay, SLOTS } from "../../../sdk/index.ts";
import { json, MISSING, UNANSWERED } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { DATE, number, query } from "../../gateway/forms.ts";
import { listQuery, pageForm, readPage } from "../../gateway/pages.ts";
import type { DayBook, Level } from "../orders/book.ts";
import { DayBooks } from "../orders/dayBooks.ts";
import { waitingPlaces } from "../orders/waitingPlaces.ts";
import type { ExchangeDoor } from "./door.ts";
import { HOURS, hoursOf } from "./hours.ts";

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

const WAITING = z.object({ orders: z.int(), energyWh: z.string() });

const TRADING_DAY = z
  .object({
    ...HOURS,
    books: z.array(
      z.object({
        ...{ zone: z.int(), paymentDays: z.int(), sells: WAITING, buys: WAITING },
        toOpen: z.int().openapi({ description: "trades that are cleared and not on the chain yet" }),
      }),
    ),
  })
  .openapi("TradingDay", { description: "What waits in each book of a day, and when the day closes." });

const ofAllDays = createRoute({
  method: "get",
  path: "/books",
  operationId: "listTradingDays",
  tags: ["exchange"],
  summary: "The days that trade, with what waits in each of their books · 可交易日与各订单簿的待出清量",
  description: `The next three days, and every other one on which something waits. ${AGE}`,
  request: { query: listQuery({}) },
  responses: { 200: json(pageForm("days", TRADING_DAY, "TradingDayPage"), "A page of them"), ...UNANSWERED },
});

export function bookRoutes(app: GatewayApp, door: ExchangeDoor): void {
  const { db, hub, view, chainTtlMs } = door;
  const days = new DayBooks(db, chainTtlMs, hub);

  app.openapi(ofAllDays, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const waiting = await waitingPlaces(db);
    const today = dayOf(await view.now());
    const known = new Set([today + 1, today + 2, today + 3, ...waiting.map(({ day }) => day)]);
    const inOrder = [...known].filter((day) => day > (cursor?.[0] ?? 0)).sort((a, b) => a - b);
    const { rows, next } = await readPage(
      limit,
      async (most) => inOrder.slice(0, most),
      (day) => [day],
    );
    const answered = rows.map(async (day) => {
      const books = waiting
        .filter((place) => place.day === day)
        .map(async ({ toOpen, ...place }) => {
          const book = await days.of(place);
          const { zone, paymentDays } = place;
          return { zone, paymentDays, sells: total(book, "sell"), buys: total(book, "buy"), toOpen };
        });
      return { ...(await hoursOf(door, day)), books: await Promise.all(books) };
    });
    return c.json({ days: await Promise.all(answered), next }, 200);
  });

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

function total(book: DayBook, side: "sell" | "buy") {
  const { orders, energyWh } = book.waiting(side);
  return { orders, energyWh: String(energyWh) };
}

function levelsOf(book: DayBook, slot: number, most?: number) {
  return { sells: book.levels("sell", slot, most).map(level), buys: book.levels("buy", slot, most).map(level) };
}

const level = ({ energyWh, ...rest }: Level) => ({ ...rest, energyWh: String(energyWh) });
