import { createRoute, z } from "@hono/zod-openapi";
import { and, asc, eq, gt } from "drizzle-orm";
import { formatDay, parseDay } from "../../../sdk/index.ts";
import { orderToWire } from "../../../sdk/operator/index.ts";
import { json, MISSING, TAKEN } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { DATE, number } from "../../gateway/forms.ts";
import { listQuery, pageForm, readPage } from "../../gateway/pages.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { signedOrderOf } from "../orders/store.ts";
import { CURVE, curveToWire, SIGNED_ORDER } from "../orders/wire.ts";
import { orders, roundOrders, rounds } from "../tables.ts";
import { ZONE } from "./book.ts";
import type { ExchangeDoor } from "./door.ts";

const PUBLISHED = z
  .object({
    owner: z.int().openapi({ description: "the participant that traded its meter" }),
    energy: CURVE.openapi({ description: "Wh per slot that it could still trade" }),
    order: SIGNED_ORDER,
  })
  .openapi("PublishedOrder");

const list = createRoute({
  method: "get",
  path: "/rounds/{zone}/{date}/{round}/orders",
  operationId: "listRoundOrders",
  tags: ["exchange"],
  summary: "The book of an auction as it was cleared, once the day's gate has closed · 关闸后公布集中出清的全部报单",
  description:
    "In the order of arrival, with signatures: with `clearing` of the round, anybody clears it again (sdk: recomputeRound). 含签名，任何人可复算。",
  request: {
    params: z.object({ zone: ZONE, date: DATE, round: number(Number.MAX_SAFE_INTEGER, 1) }),
    query: listQuery({}),
  },
  responses: { 200: json(pageForm("orders", PUBLISHED, "RoundOrderPage"), "A page of it"), ...MISSING, ...TAKEN },
});

export function publishedRoutes(app: GatewayApp, { db, view }: ExchangeDoor): void {
  app.openapi(list, async (c) => {
    const { zone, date, round } = c.req.valid("param");
    const { cursor, limit } = c.req.valid("query");
    const day = parseDay(date);
    const isRound = and(eq(rounds.number, round), eq(rounds.zone, zone), eq(rounds.day, day));
    const [found] = await db
      .select()
      .from(rounds)
      .where(and(isRound, eq(rounds.matching, "auction")));
    if (found === undefined) throw unknownRound(round, date);
    // Until then the book could be cleared again, and nobody but the operator knows who offered what.
    const [now, { gate }] = await Promise.all([view.now(), view.hours(day)]);
    if (now < gate) throw notPublished(round, gate, formatDay(day));
    const isBehind = cursor?.[0] === undefined ? undefined : gt(roundOrders.place, cursor[0]);
    const { rows, next } = await readPage(
      limit,
      (most) =>
        db
          .select({ kept: roundOrders, row: orders })
          .from(roundOrders)
          .innerJoin(orders, eq(orders.hash, roundOrders.orderHash))
          .where(and(eq(roundOrders.round, round), isBehind))
          .orderBy(asc(roundOrders.place))
          .limit(most),
      ({ kept }) => [kept.place],
    );
    const published = rows.map(({ kept: { owner, energy }, row }) => ({
      ...{
        owner,
        energy: curveToWire(energy),
        order: orderToWire(signedOrderOf(row)) as z.output<typeof SIGNED_ORDER>,
      },
    }));
    return c.json({ orders: published, next }, 200);
  });
}

function unknownRound(round: number, date: string): Refusal {
  const words = {
    en: `There is no auction ${round} of ${date} here: what is matched continuously is not published.`,
    zh: `没有 ${date} 的集中出清第 ${round} 轮：连续撮合的报单不公布。`,
  };
  return new Refusal(404, "UnknownRound", words, { round, date });
}

function notPublished(round: number, gate: number, date: string): Refusal {
  const words = {
    en: `The orders of round ${round} are published once the gate of ${date} has closed, at Unix second ${gate}.`,
    zh: `第 ${round} 轮的报单在 ${date} 关闸后公布，即 Unix 秒 ${gate}。`,
  };
  return new Refusal(409, "NotPublished", words, { round, gate });
}
