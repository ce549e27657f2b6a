import { createRoute, z } from "@hono/zod-openapi";
import { parseDay, SLOTS } from "../../../sdk/index.ts";
import { json, MISSING } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { DATE, number, query } from "../../gateway/forms.ts";
import { type Level, readBook } from "../orders/store.ts";
import type { ExchangeDoor } from "./door.ts";

export const ZONE = number(2 ** 32 - 1).openapi({ example: 4 });

const LEVEL = z.object({ price: z.int(), energyWh: z.string(), orders: z.int() }).openapi("Level");

const BOOK = z
  .object({
    ...{ zone: z.int(), date: DATE, slot: z.int(), paymentDays: z.int() },
    ...{ sells: z.array(LEVEL), buys: z.array(LEVEL) },
  })
  .openapi("Book", { description: "Best prices first; energy in Wh, prices in fen per MWh." });

const route = createRoute({
  method: "get",
  path: "/book/{zone}/{date}/{slot}",
  operationId: "readBookOfSlot",
  tags: ["exchange"],
  summary: "What waits to be cleared in a slot · 某时段的订单簿",
  request: {
    params: z.object({ zone: ZONE, date: DATE, slot: number(SLOTS - 1) }),
    query: query({
      paymentDays: number(65_535).default(0).openapi({ description: "0 = cash; terms are books apart" }),
    }),
  },
  responses: { 200: json(BOOK, "The book"), ...MISSING },
});

export function bookRoutes(app: GatewayApp, { db }: ExchangeDoor): void {
  app.openapi(route, async (c) => {
    const { zone, date, slot } = c.req.valid("param");
    const { paymentDays } = c.req.valid("query");
    const { sells, buys } = await readBook(db, { zone, day: parseDay(date), slot, paymentDays });
    return c.json({ zone, date, slot, paymentDays, sells: sells.map(level), buys: buys.map(level) }, 200);
  });
}

const level = ({ energyWh, ...rest }: Level) => ({ ...rest, energyWh: String(energyWh) });
