import { createRoute, z } from "@hono/zod-openapi";
import { and, asc, desc, eq, gt, inArray, lt } from "drizzle-orm";
import { formatDay, type Language, PRICE_RULES, parseDay, sumCurve } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { json, KEYED, MISSING, UNANSWERED } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { DATE, HASH } from "../../gateway/forms.ts";
import { listQuery, pageForm, readPage } from "../../gateway/pages.ts";
import { requireDesk } from "../../gateway/requireDesk.ts";
import { OF_DESK } from "../../gateway/sessionRoutes.ts";
import { TRANSACTION_STATES, transactions } from "../../sending/tables.ts";
import { CURVE, curveToWire } from "../orders/wire.ts";
import { skipSentence } from "../submission/skipSentence.ts";
import { PURPOSE } from "../submission/submitter.ts";
import { type LegRow, legs, MATCHINGS, ROUND_STATES, type RoundRow, rounds } from "../tables.ts";
import { ZONE } from "./book.ts";
import type { ExchangeDoor } from "./door.ts";

const ROUND = z
  .object({
    ...{ round: z.int(), zone: z.int(), date: DATE, paymentDays: z.int(), matching: z.enum(MATCHINGS) },
    ...{ price: CURVE, energyWh: z.string(), state: z.enum(ROUND_STATES), clearedAt: z.string() },
    ...{ waiting: z.int(), trades: z.array(z.int()) },
    clearing: z
      .object({
        ...{ seed: HASH, blockHash: HASH, rule: z.enum(PRICE_RULES), floor: z.int(), cap: z.int(), lotWh: z.int() },
        isPriced: z.boolean().openapi({ description: "whether the chain had its prices already" }),
      })
      .nullable()
      .openapi({ description: "by what an auction was cleared" }),
    skipped: z.array(z.object({ sellOrder: HASH, buyOrder: HASH, reason: z.string(), sentence: z.string() })),
  })
  .openapi("Round");

const params = z.object({ zone: ZONE, date: DATE });

const list = createRoute({
  method: "get",
  path: "/rounds/{zone}/{date}",
  operationId: "listRounds",
  tags: ["exchange"],
  summary: "What was cleared for a zone and day, oldest first · 出清结果",
  request: { params, query: listQuery({}) },
  responses: { 200: json(pageForm("rounds", ROUND, "RoundPage"), "A page of rounds"), ...MISSING },
});

const latest = createRoute({
  method: "get",
  path: "/rounds",
  operationId: "listLatestRounds",
  tags: ["exchange"],
  summary: "What was cleared for any zone and day, latest first · 最近的出清结果",
  request: { query: listQuery({}) },
  responses: { 200: json(pageForm("rounds", ROUND, "RoundPage"), "A page of rounds"), ...UNANSWERED },
});

const clear = createRoute({
  method: "post",
  path: "/rounds/{zone}/{date}",
  operationId: "clearRounds",
  tags: ["exchange"],
  summary: "Clears what has closed and waits, again where nothing of it was opened · 出清已截止的订单簿",
  security: OF_DESK,
  request: { params },
  responses: {
    200: json(z.object({ rounds: z.array(z.int()) }), "The rounds, none if nothing met"),
    ...KEYED,
    ...MISSING,
  },
});

const SUBMISSION = z
  .object({
    ...{ id: z.int(), round: z.int(), sender: z.string(), nonce: z.int(), hash: HASH },
    ...{ state: z.enum(TRANSACTION_STATES), reason: z.string().nullable() },
    ...{ gasUsed: z.int().nullable(), block: z.int().nullable(), signedAt: z.string(), endedAt: z.string().nullable() },
  })
  .openapi("Submission");

const journal = createRoute({
  method: "get",
  path: "/submissions",
  operationId: "listSubmissions",
  tags: ["exchange"],
  summary: "The journal of what was sent to the chain, latest first · 上链日志",
  security: OF_DESK,
  request: { query: listQuery({}) },
  responses: {
    200: json(pageForm("submissions", SUBMISSION, "SubmissionPage"), "A page of it"),
    ...KEYED,
    ...UNANSWERED,
  },
});

export function roundRoutes(app: GatewayApp, door: ExchangeDoor): void {
  const { db, view } = door;

  app.openapi(list, async (c) => {
    const { zone, date } = c.req.valid("param");
    const { cursor, limit } = c.req.valid("query");
    await view.requireZone(zone);
    const isOf = and(eq(rounds.zone, zone), eq(rounds.day, parseDay(date)));
    const isLater = cursor?.[0] === undefined ? undefined : gt(rounds.number, cursor[0]);
    const { rows, next } = await readPage(
      limit,
      (most) => db.select().from(rounds).where(and(isOf, isLater)).orderBy(asc(rounds.number)).limit(most),
      ({ number }) => [number],
    );
    return c.json({ rounds: await withLegs(db, rows, c.get("language")), next }, 200);
  });

  app.openapi(latest, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const isEarlier = cursor?.[0] === undefined ? undefined : lt(rounds.number, cursor[0]);
    const { rows, next } = await readPage(
      limit,
      (most) => db.select().from(rounds).where(isEarlier).orderBy(desc(rounds.number)).limit(most),
      ({ number }) => [number],
    );
    return c.json({ rounds: await withLegs(db, rows, c.get("language")), next }, 200);
  });

  app.openapi(clear, async (c) => {
    await requireDesk(c, door, "MARKET_OPERATOR");
    const { zone, date } = c.req.valid("param");
    await view.requireZone(zone);
    return c.json({ rounds: await door.clear(zone, parseDay(date)) }, 200);
  });

  app.openapi(journal, async (c) => {
    await requireDesk(c, door, "MARKET_OPERATOR");
    const { cursor, limit } = c.req.valid("query");
    const isEarlier = cursor?.[0] === undefined ? undefined : lt(transactions.id, cursor[0]);
    const isOf = and(eq(transactions.purpose, PURPOSE), isEarlier);
    const { rows, next } = await readPage(
      limit,
      (most) => db.select().from(transactions).where(isOf).orderBy(desc(transactions.id)).limit(most),
      ({ id }) => [id],
    );
    const submissions = rows.map(({ raw: _, sentAt: __, purpose: ___, subject, signedAt, endedAt, ...row }) => ({
      ...row,
      round: Number(subject),
      signedAt: signedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    }));
    return c.json({ submissions, next }, 200);
  });
}

/** Rounds with what became of their trades. */
async function withLegs(db: Database, found: readonly RoundRow[], language: Language) {
  const numbers = found.map(({ number }) => number);
  const parts =
    numbers.length === 0 ? [] : await db.select().from(legs).where(inArray(legs.round, numbers)).orderBy(asc(legs.id));
  const byRound = Map.groupBy(parts, ({ round }) => round);
  return found.map((round) => roundAnswer(round, byRound.get(round.number) ?? [], language));
}

function roundAnswer(round: RoundRow, parts: readonly LegRow[], language: Language) {
  const { number, zone, day, paymentDays, matching, price, state, clearedAt, seed, blockHash, terms } = round;
  return {
    ...{ round: number, zone, date: formatDay(day), paymentDays, matching, price: curveToWire(price), state },
    energyWh: String(parts.reduce((sum, { energy }) => sum + sumCurve(energy), 0n)),
    clearedAt: clearedAt.toISOString(),
    clearing: seed === null || blockHash === null || terms === null ? null : { seed, blockHash, ...terms },
    waiting: parts.filter(({ state }) => state === "pending" || state === "submitted").length,
    trades: parts.flatMap(({ trade }) => trade ?? []),
    skipped: parts.flatMap(({ state, sellOrder, buyOrder, reason }) =>
      state !== "skipped" || reason === null
        ? []
        : [{ sellOrder, buyOrder, reason, sentence: skipSentence(reason, language) }],
    ),
  };
}
