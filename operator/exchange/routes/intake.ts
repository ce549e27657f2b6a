import { createRoute, z } from "@hono/zod-openapi";
import { parseDay } from "../../../sdk/index.ts";
import { body, json, KEYED, REFUSALS, UNANSWERED } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { DATE } from "../../gateway/forms.ts";
import { requireDesk } from "../../gateway/requireDesk.ts";
import { OF_DESK } from "../../gateway/sessionRoutes.ts";
import type { Intake } from "../admission/intake.ts";
import type { ExchangeDoor } from "./door.ts";
import { HOURS, hoursOf } from "./hours.ts";

const LONGEST = 500;
const SENTENCE = z.string("reason").min(1, "reason").max(LONGEST, "reason");

const INTAKE = z
  .object({
    isPaused: z.boolean(),
    reason: z.string().nullable().openapi({ description: "in the language of the answer" }),
    since: z.string().nullable(),
  })
  .openapi("Intake");

const hours = createRoute({
  method: "get",
  path: "/hours/{date}",
  operationId: "readHours",
  tags: ["exchange"],
  summary: "When what can be done for a delivery day · 交割日的申报、截止与关闸时间",
  request: { params: z.object({ date: DATE }) },
  responses: { 200: json(z.object(HOURS).openapi("Hours"), "By the rules in force"), ...UNANSWERED },
});

const read = createRoute({
  method: "get",
  path: "/intake",
  operationId: "readIntake",
  tags: ["exchange"],
  summary: "Whether orders are taken · 是否接收报单",
  responses: { 200: json(INTAKE, "Whether they are"), ...UNANSWERED },
});

const change = createRoute({
  method: "post",
  path: "/intake",
  operationId: "changeIntake",
  tags: ["exchange"],
  summary: "Stops taking orders, with a reason in both languages, or goes on · 暂停或恢复接收报单",
  security: OF_DESK,
  request: {
    body: body(
      z.strictObject(
        { reason: z.strictObject({ en: SENTENCE, zh: SENTENCE }, { error: "object" }).nullable() },
        { error: "object" },
      ),
    ),
  },
  responses: { 200: json(INTAKE, "How it stands now; a reason of null goes on"), ...REFUSALS, ...KEYED },
});

export function intakeRoutes(app: GatewayApp, door: ExchangeDoor): void {
  const { intake } = door;

  app.openapi(hours, async (c) => {
    return c.json(await hoursOf(door, parseDay(c.req.valid("param").date)), 200);
  });

  app.openapi(read, (c) => c.json(answer(intake, c.get("language")), 200));

  app.openapi(change, async (c) => {
    const by = await requireDesk(c, door, "MARKET_OPERATOR");
    const { reason } = c.req.valid("json");
    await (reason === null ? intake.resume() : intake.stop(reason, by));
    return c.json(answer(intake, c.get("language")), 200);
  });
}

function answer({ pause }: Intake, language: "en" | "zh") {
  if (pause === undefined) return { isPaused: false, reason: null, since: null };
  const reason = language === "en" ? pause.reasonEn : pause.reasonZh;
  return { isPaused: true, reason, since: pause.pausedAt.toISOString() };
}
