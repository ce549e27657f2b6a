import { createRoute, z } from "@hono/zod-openapi";
import type { Alert } from "./alerts.ts";
import { json, KEYED, UNANSWERED } from "./answers.ts";
import type { Gateway, GatewayApp } from "./context.ts";
import type { Words } from "./language.ts";
import { requireDesk } from "./requireDesk.ts";
import { OF_DESK } from "./sessionRoutes.ts";

const WORDS = z.object({ en: z.string(), zh: z.string() });

const ALERT = z
  .object({
    code: z.string().openapi({ example: "TasksFailing" }),
    sentences: WORDS.openapi({ description: "what is wrong" }),
    step: WORDS.openapi({ description: "what to do about it" }),
    figures: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .openapi("Alert");

const route = createRoute({
  method: "get",
  path: "/alerts",
  operationId: "listAlerts",
  tags: ["operation"],
  summary: "What needs a person at the moment · 需要人工处理的事项",
  description:
    "Of the trades of this process, each with what to do about it; it is gone once its cause is. 原因消除后自动消失。",
  security: OF_DESK,
  responses: {
    200: json(z.object({ alerts: z.array(ALERT) }).openapi("Alerts"), "All of them, none if all is well"),
    ...KEYED,
    ...UNANSWERED,
  },
});

export function alertRoutes(app: GatewayApp, gateway: Gateway): void {
  app.openapi(route, async (c) => {
    await requireDesk(c, gateway, "MARKET_OPERATOR", "METER_OPERATOR");
    const { reason, warnings } = await gateway.readiness();
    const ofTrades = await gateway.alerts().catch((error: unknown) => {
      // Where node or database are away nothing else can be found out.
      if (reason === undefined) throw error;
      return [];
    });
    const notReady = reason === undefined ? [] : [{ code: "NotReady", sentences: reason, step: SEE_TO_SERVICE }];
    const alerts: Alert[] = [...notReady, ...warnings.map(keyLacksRole), ...ofTrades];
    return c.json({ alerts: alerts.map((alert) => ({ figures: {}, ...alert })) }, 200);
  });
}

const keyLacksRole = (sentences: Words): Alert => ({ code: "KeyLacksRole", sentences, step: GRANT });

const GRANT: Words = {
  en: "Have the council grant the role, or start the service with a key that holds it.",
  zh: "请联盟理事会授予角色，或改用持有该角色的密钥启动服务。",
};

const SEE_TO_SERVICE: Words = {
  en: "Have the people who run the service see to it: until then it takes and sends nothing.",
  zh: "请通知服务的运维人员处理：在此之前服务不接收也不提交。",
};
