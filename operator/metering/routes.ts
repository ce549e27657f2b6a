import { createRoute, z } from "@hono/zod-openapi";
import type { Language } from "../../sdk/index.ts";
import { formatDay, parseDay } from "../../sdk/types/time.ts";
import { json, KEYED, REFUSALS, UNANSWERED } from "../gateway/answers.ts";
import type { Gateway, GatewayApp } from "../gateway/context.ts";
import { DATE, text } from "../gateway/forms.ts";
import { limitBody } from "../gateway/limitBody.ts";
import { listQuery, pageForm, readPage } from "../gateway/pages.ts";
import { Refusal } from "../gateway/refusal.ts";
import { requireDesk } from "../gateway/requireDesk.ts";
import { OF_DESK } from "../gateway/sessionRoutes.ts";
import { BATCH_BYTES, type BatchFormat, TOO_LARGE } from "./batch.ts";
import type { MeterIntake } from "./intake.ts";
import { JSON_BATCH } from "./json.ts";
import { daysNotOnChain, REACHED } from "./notOnChain.ts";
import type { BatchRejected, Problem } from "./problem.ts";
import { batchesIn } from "./store.ts";
import { BATCH_STATES, type MeterBatchRow } from "./tables.ts";

/** Its messages are larger than those of traders, and only the operator's people send them. */
export const READINGS_PATH = "/readings";

const REASON = z.object({
  place: z.int().nullable().openapi({ description: "line of the CSV, or which of the readings, from 1 on" }),
  meter: z.string().nullable().openapi({ description: "asset number as written" }),
  slot: z.int().nullable(),
  sentence: z.string(),
});

const BATCH = z
  .object({
    batch: z.string().openapi({ description: "SHA-256 of the bytes" }),
    origin: z.string().openapi({ description: "the file, or the API key that sent it" }),
    ...{ state: z.enum(BATCH_STATES), receivedAt: z.string() },
    meterDays: z.int().openapi({ description: "of a batch in quarantine those whose meter and date could be read" }),
    assumed: z
      .string()
      .nullable()
      .openapi({ description: "what was assumed about how the bytes are written, if anything" }),
    reasons: z.array(REASON).openapi({ description: "why it is in quarantine, the first 200" }),
  })
  .openapi("Batch");

const NOT_ON_CHAIN = z
  .object({
    ...{ meter: z.string(), date: DATE },
    state: z.enum(REACHED).openapi({ description: "what came last is in quarantine, or waits to be sent" }),
    batch: z.string().openapi({ description: "SHA-256 of its bytes" }),
  })
  .openapi("MeterDayNotOnChain");

const METER = text(64);
const ALL_METERS = { first: "0", last: String(2n ** 64n - 1n) };

const DESCRIPTION = `A batch is taken whole or not at all, and the same bytes are one batch. CSV, best in UTF-8 (UTF-16, GB18030
and windows-1252 are recognised, and what was assumed is said): a header with meter (资产编号), date
(日期), P1 to P96 and, if you like, quality (数据质量: measured 实测 or estimated 估算), then a line for each meter and day; kWh of each quarter of an
hour, rounded half up to whole Wh; no other columns, so that nothing is left out. The asset number is the one whose keccak256 the meter was registered under. A day
that the chain has with another curve is reported again until it is final, and corrected afterwards; of several readings the last that came counts.`;

export function readingRoutes(app: GatewayApp, gateway: Gateway, intake: MeterIntake): void {
  const { db } = gateway;
  app.openAPIRegistry.register("ReadingsBatch", JSON_BATCH);

  const post = createRoute({
    method: "post",
    path: READINGS_PATH,
    operationId: "handInReadings",
    tags: ["metering"],
    summary: "Hands in a batch of meter readings · 提交电量数据批次",
    description: DESCRIPTION,
    security: OF_DESK,
    // A client without a key is cut off early.
    middleware: [
      async (c, next) => {
        await requireDesk(c, gateway, "METER_OPERATOR");
        await next();
      },
      limitBody(BATCH_BYTES, new Refusal(413, "TooLarge", TOO_LARGE)),
    ],
    request: {
      body: {
        required: true,
        // Plain schemas: the batch is checked where files are, so that both get the same answer.
        content: {
          "text/csv": { schema: { type: "string" } },
          "application/json": { schema: { $ref: "#/components/schemas/ReadingsBatch" } },
        },
      },
    },
    responses: {
      201: json(BATCH, "Taken"),
      200: json(BATCH, "The same batch was taken before"),
      ...REFUSALS,
      ...KEYED,
    },
  });

  const list = createRoute({
    method: "get",
    path: READINGS_PATH,
    operationId: "listBatches",
    tags: ["metering"],
    summary: "Batches in quarantine, or taken, latest first · 隔离或已接收的批次",
    security: OF_DESK,
    request: { query: listQuery({ state: z.enum(BATCH_STATES, "batchState").default("quarantined") }) },
    responses: { 200: json(pageForm("batches", BATCH, "BatchPage"), "A page of them"), ...KEYED, ...UNANSWERED },
  });

  const days = createRoute({
    method: "get",
    path: `${READINGS_PATH}/days`,
    operationId: "listMeterDaysNotOnChain",
    tags: ["metering"],
    summary: "Meter days that came and are not on the chain as they came · 已收到但尚未上链的计量日",
    description:
      "By day and meter. What is missing, reported, final, corrected or objected to, the index knows. 缺失、已上报、定稿、更正与异议见索引。",
    security: OF_DESK,
    request: {
      query: listQuery({
        from: DATE.openapi({ description: "the first day" }),
        to: DATE.openapi({ description: "the last day" }),
        fromMeter: METER.default(ALL_METERS.first).openapi({ description: "the first meter" }),
        toMeter: METER.default(ALL_METERS.last).openapi({ description: "the last meter" }),
      }),
    },
    responses: {
      200: json(pageForm("days", NOT_ON_CHAIN, "MeterDayNotOnChainPage"), "A page of them"),
      ...KEYED,
      ...UNANSWERED,
    },
  });

  app.openapi(post, async (c) => {
    const format = formatOf(c.req.header("content-type"));
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const outcome = await intake.take({ bytes, format, origin: await requireDesk(c, gateway, "METER_OPERATOR") });
    if ("rejected" in outcome) throw refusal(outcome.hash, outcome.rejected, c.get("language"));
    return c.json(answer(outcome.batch, c.get("language")), outcome.isNew ? 201 : 200);
  });

  app.openapi(list, async (c) => {
    await requireDesk(c, gateway, "METER_OPERATOR");
    const { state, cursor, limit } = c.req.valid("query");
    const { rows, next } = await readPage(
      limit,
      (most) => batchesIn(db, { state, before: cursor?.[0], most }),
      ({ sequence }) => [sequence],
    );
    return c.json({ batches: rows.map((batch) => answer(batch, c.get("language"))), next }, 200);
  });

  app.openapi(days, async (c) => {
    await requireDesk(c, gateway, "METER_OPERATOR");
    const { from, to, fromMeter, toMeter, cursor: behind, limit } = c.req.valid("query");
    const within = { from: parseDay(from), to: parseDay(to) };
    const range = { ...within, fromMeter: BigInt(fromMeter), toMeter: BigInt(toMeter) };
    const { rows, next } = await readPage(
      limit,
      (most) => daysNotOnChain(db, range, { behind, most }),
      ({ day, meter }) => [day, Number(meter)],
    );
    const answered = rows.map(({ meter, day, state, batch }) => ({
      ...{ meter: String(meter), date: formatDay(day), state, batch },
    }));
    return c.json({ days: answered, next }, 200);
  });
}

function formatOf(contentType = ""): BatchFormat {
  const type = contentType.split(";")[0]!.trim().toLowerCase();
  if (type === "text/csv") return "csv";
  if (type === "application/json") return "json";
  throw new Refusal(415, "NotReadings", {
    en: 'The message must say what it is: send the header "content-type: text/csv" or "content-type: application/json".',
    zh: '消息须注明类型：请加上 "content-type: text/csv" 或 "content-type: application/json" 头。',
  });
}

function refusal(batch: string, { problems, count }: BatchRejected, language: Language): Refusal {
  const { en, zh } = problems[0]!.words;
  const more = count - 1;
  const words = {
    en: more === 0 ? en : `${en} And ${more} more; nothing was taken.`,
    zh: more === 0 ? zh : `${zh}另有 ${more} 处；未接收任何数据。`,
  };
  return new Refusal(422, "BatchRejected", words, { batch, reasons: problems.map((each) => reason(each, language)) });
}

function answer({ hash, sequence: _, reasons, assumed, receivedAt, ...batch }: MeterBatchRow, language: Language) {
  return {
    ...batch,
    batch: hash,
    assumed: assumed?.[language] ?? null,
    reasons: reasons.map((each) => reason(each, language)),
    receivedAt: receivedAt.toISOString(),
  };
}

function reason({ words, ...where }: Problem, language: Language) {
  return { ...where, sentence: words[language] };
}
