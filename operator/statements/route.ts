import { createRoute, z } from "@hono/zod-openapi";
import { DEBT_CODES, DEBT_STATUSES, type DebtState, formatDay, parseDay, toJson } from "../../sdk/index.ts";
import { MISSING } from "../gateway/answers.ts";
import type { Gateway, GatewayApp } from "../gateway/context.ts";
import { DATE, number, query } from "../gateway/forms.ts";
import { Refusal } from "../gateway/refusal.ts";
import { statementCsv } from "./csv.ts";
import { ITEMS } from "./dayTrade.ts";
import { statementPage } from "./page.ts";
import type { StatementSource } from "./source.ts";
import { drawUp, drawUpRange, type Statement } from "./statement.ts";

const FEN = z.string().openapi({ description: "fen", example: "30030" });
const WH = z.string().openapi({ description: "Wh", example: "900000" });

const PAYMENT = z.object({
  ...{ item: z.enum(ITEMS), payer: z.int(), payee: z.int(), amountFen: FEN },
  dueDate: DATE.nullable().openapi({ description: "null if it was paid out of the hold at settlement" }),
  debt: z.string().nullable().openapi({ description: "number of the debt that it became, or was taken back from" }),
});

const DEBT = z.object({
  ...{ id: z.string(), code: z.enum(DEBT_CODES), status: z.enum(DEBT_STATUSES), debtor: z.int(), creditor: z.int() },
  ...{ dueDate: DATE, amountFen: FEN, unpaidFen: FEN },
  lateFeeFen: FEN.openapi({ description: "late fee due now, fen" }),
});

const LINE = z.object({
  ...{ trade: z.string(), version: z.int(), state: z.enum(["open", "settled", "lapsed", "ruled"]) },
  ...{ role: z.enum(["seller", "buyer", "payee"]), sellerMeter: z.string(), buyerMeter: z.string() },
  ...{ contractedWh: WH, deliveredWh: WH.nullable(), deviationWh: WH.nullable(), payments: z.array(PAYMENT) },
  claimedWh: WH.nullable().openapi({
    description: "minted to the buyer of what was delivered; the rest anybody can claim for the buyer",
  }),
});

const TOTALS = z
  .object({
    ...{ soldWh: WH, boughtWh: WH, claimedWh: WH, claimableWh: WH },
    ...{ receivedFen: FEN, paidFen: FEN, receivableFen: FEN, payableFen: FEN, netFen: FEN },
  })
  .openapi("StatementTotals");

const DEBTS = z.array(DEBT).openapi({ description: "what became owed by these lines, as it stands now" });

const DAY_STATEMENT = { participant: z.int(), date: DATE, isFinal: z.boolean(), lines: z.array(LINE), totals: TOTALS };

const STATEMENT = z.object({ ...DAY_STATEMENT, debts: DEBTS }).openapi("Statement");

const RANGE = z
  .object({
    ...{ participant: z.int(), from: DATE, to: DATE, isFinal: z.boolean() },
    days: z.array(z.object(DAY_STATEMENT)).openapi({ description: "of each day on which there is a line" }),
    totals: TOTALS,
    meters: z
      .array(z.object({ meter: z.string(), totals: TOTALS }))
      .openapi({ description: "of what was sold or bought for each of the participant's meters" }),
    debts: DEBTS,
  })
  .openapi("RangeStatement");

const one = createRoute({
  method: "get",
  path: "/statements/{participant}/{date}",
  operationId: "readStatement",
  tags: ["statements"],
  summary: "What a delivery day came to for a participant · 日清单",
  request: {
    params: z.object({ participant: number(2 ** 32 - 1), date: DATE }),
    query: query({ as: z.enum(["json", "csv", "page"], "form").default("json") }),
  },
  responses: {
    200: {
      description: "Contract, delivered, deviation, amounts; out of the chain's logs",
      content: {
        "application/json": { schema: STATEMENT },
        "text/csv": { schema: z.string() },
        "text/html": { schema: z.string() },
      },
    },
    ...MISSING,
  },
});

/** A month. */
const MOST_DAYS = 31;
const MOST_METERS = 1_000;

const METERS = z
  .string({ error: "meters" })
  .regex(/^[1-9]\d{0,17}(,[1-9]\d{0,17})*$/, "meters")
  .transform((text) => [...new Set(text.split(","))].map(BigInt))
  .refine((meters) => meters.length <= MOST_METERS, "meters")
  .openapi({ type: "string", example: "1,4", description: "Only of trades from or to these meters." });

const many = createRoute({
  method: "get",
  path: "/statements/{participant}",
  operationId: "readStatements",
  tags: ["statements"],
  summary: "What delivery days came to for a participant, by day and by meter · 多日清单",
  description: `At most ${MOST_DAYS} days, each of which counts as a question.`,
  request: {
    params: z.object({ participant: number(2 ** 32 - 1) }),
    query: query({
      from: DATE,
      to: DATE,
      meters: METERS.optional(),
      as: z.enum(["json", "csv"], "table").default("json"),
    }),
  },
  responses: {
    200: {
      description: "Contract, delivered, deviation, amounts; out of the chain's logs",
      content: { "application/json": { schema: RANGE }, "text/csv": { schema: z.string() } },
    },
    ...MISSING,
  },
});

export function statementRoutes(app: GatewayApp, { limits }: Gateway, source: StatementSource): void {
  app.openapi(one, async (c) => {
    const { participant, date } = c.req.valid("param");
    const day = parseDay(date);
    await source.requireParticipant(participant);
    const trades = await source.trades({ from: day, to: day });
    const statement = drawUp(participant, day, trades.get(day) ?? []);
    const debts = () => source.debts(statement.debts);
    switch (c.req.valid("query").as) {
      case "csv":
        return c.body(statementCsv([statement]), 200, CSV);
      case "page":
        return c.html(statementPage(statement, await debts(), c.get("language")), 200);
      default:
        return c.json(toJson({ ...dayAnswer(statement), debts: (await debts()).map(debtAnswer) }) as never, 200);
    }
  });

  app.openapi(many, async (c) => {
    const { participant } = c.req.valid("param");
    const { meters = [], as, ...dates } = c.req.valid("query");
    const range = { from: parseDay(dates.from), to: parseDay(dates.to) };
    const count = range.to - range.from + 1;
    if (count < 1 || count > MOST_DAYS) throw wrongRange(dates);
    await source.requireParticipant(participant);
    await source.requireMeters(meters);
    await limits.countRead(c, c.get("apiKey"), count - 1);
    const { debts, ...statement } = drawUpRange(participant, range, await source.trades(range), meters);
    if (as === "csv") return c.body(statementCsv(statement.days), 200, CSV);
    const days = statement.days.map(dayAnswer);
    const owed = (await source.debts(debts)).map(debtAnswer);
    return c.json(toJson({ ...statement, ...dates, days, debts: owed }) as never, 200);
  });
}

const CSV = { "content-type": "text/csv; charset=utf-8" };

function wrongRange(dates: { from: string; to: string }): Refusal {
  const words = {
    en: `From ${dates.from} to ${dates.to} is not 1 to ${MOST_DAYS} days: ask for fewer, the earlier first.`,
    zh: `${dates.from} 至 ${dates.to} 不是 1 至 ${MOST_DAYS} 天：请缩短区间，起始日期在前。`,
  };
  return new Refusal(400, "WrongRange", words, dates);
}

function dayAnswer({ day, lines, debts: _debts, ...rest }: Statement) {
  const answered = lines.map((line) => ({
    ...line,
    deliveredWh: line.deliveredWh ?? null,
    claimedWh: line.claimedWh ?? null,
    deviationWh: line.deviationWh ?? null,
    payments: line.payments.map(({ dueDay, debt, ...payment }) => ({
      ...payment,
      debt: debt ?? null,
      dueDate: dueDay === undefined ? null : formatDay(dueDay),
    })),
  }));
  return { ...rest, date: formatDay(day), lines: answered };
}

function debtAnswer({ issueDay: _issued, defaultsAt: _defaults, claimed: _claimed, dueDay, ...debt }: DebtState) {
  return { ...debt, dueDate: formatDay(dueDay) };
}
