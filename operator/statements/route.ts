import { createRoute, z } from "@hono/zod-openapi";
import {
  type Day,
  DEBT_CODES,
  DEBT_STATUSES,
  type DebtState,
  formatDay,
  type Platform,
  parseDay,
  readDebt,
  toJson,
} from "../../sdk/index.ts";
import { Cached } from "../chain/cached.ts";
import { MISSING } from "../gateway/answers.ts";
import type { GatewayApp } from "../gateway/context.ts";
import { DATE, number } from "../gateway/forms.ts";
import { statementCsv } from "./csv.ts";
import { ITEMS } from "./dayTrade.ts";
import { statementPage } from "./page.ts";
import { readTradingDay } from "./readTradingDay.ts";
import { drawUp, type Statement } from "./statement.ts";

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

const STATEMENT = z
  .object({
    ...{ participant: z.int(), date: DATE, isFinal: z.boolean() },
    lines: z.array(
      z.object({
        ...{ trade: z.string(), version: z.int(), state: z.enum(["open", "settled", "lapsed", "ruled"]) },
        ...{ role: z.enum(["seller", "buyer", "payee"]), sellerMeter: z.string(), buyerMeter: z.string() },
        ...{ contractedWh: WH, deliveredWh: WH.nullable(), deviationWh: WH.nullable(), payments: z.array(PAYMENT) },
      }),
    ),
    totals: z.object({
      ...{ soldWh: WH, boughtWh: WH, receivedFen: FEN, paidFen: FEN, receivableFen: FEN, payableFen: FEN, netFen: FEN },
    }),
    debts: z.array(DEBT).openapi({ description: "what became owed by these lines, as it stands now" }),
  })
  .openapi("Statement");

const one = createRoute({
  method: "get",
  path: "/statements/{participant}/{date}",
  operationId: "readStatement",
  tags: ["statements"],
  summary: "What a delivery day came to for a participant · 日清单",
  request: {
    params: z.object({ participant: number(2 ** 32 - 1), date: DATE }),
    query: z.object({ as: z.enum(["json", "csv", "page"], "form").default("json") }),
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

/** Where statements come from. */
interface Source {
  platform: Platform;
  /** How long a day that was read is good for. */
  chainTtlMs: number;
}

/** A trading day is large. */
const MOST_DAYS = 8;

export function statementRoute(app: GatewayApp, { platform, chainTtlMs }: Source): void {
  const days = new Cached(chainTtlMs, (day: Day) => readTradingDay(platform, day), MOST_DAYS);

  // Not kept: what is owed changes with every payment, and the late fee by the day.
  const debtsOf = ({ debts }: Statement) => Promise.all(debts.map((id) => readDebt(platform, id)));

  app.openapi(one, async (c) => {
    const { participant, date } = c.req.valid("param");
    const day = parseDay(date);
    const statement = drawUp(participant, day, await days.get(day));
    switch (c.req.valid("query").as) {
      case "csv":
        return c.body(statementCsv(statement), 200, { "content-type": "text/csv; charset=utf-8" });
      case "page":
        return c.html(statementPage(statement, await debtsOf(statement), c.get("language")), 200);
      default:
        return c.json(statementAnswer(statement, await debtsOf(statement)), 200);
    }
  });
}

function statementAnswer({ day, lines, ...rest }: Statement, debts: readonly DebtState[]): z.infer<typeof STATEMENT> {
  const answered = lines.map((line) => ({
    ...line,
    deliveredWh: line.deliveredWh ?? null,
    deviationWh: line.deviationWh ?? null,
    payments: line.payments.map(({ dueDay, debt, ...payment }) => ({
      ...payment,
      debt: debt ?? null,
      dueDate: dueDay === undefined ? null : formatDay(dueDay),
    })),
  }));
  const owed = debts.map(({ issueDay: _issued, defaultsAt: _defaults, claimed: _claimed, dueDay, ...debt }) => ({
    ...debt,
    dueDate: formatDay(dueDay),
  }));
  return toJson({ ...rest, date: formatDay(day), lines: answered, debts: owed }) as never;
}
