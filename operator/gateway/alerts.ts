import { createRoute, z } from "@hono/zod-openapi";
import { json, KEYED, UNANSWERED } from "./answers.ts";
import type { Gateway, GatewayApp } from "./context.ts";
import type { Words } from "./language.ts";
import { requireDesk } from "./requireDesk.ts";
import { OF_DESK } from "./sessionRoutes.ts";

/**
 * Something that goes on until a person sees to it. Notices of /health are for everybody and cost nothing to answer; what stands
 * here is found in the tables and on the chain whenever it is asked for, so that an alert ends with its cause and nobody has to
 * put it away, and it is for staff alone.
 */
export interface Alert {
  code: string;
  /** What is wrong, with the figures of the moment. */
  sentences: Words;
  /** What to do about it. */
  step: Words;
  figures?: Record<string, string | number>;
}

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

/** Keys that cannot send, with the reason: the others go on, but what such a key signed waits for it. */
export const keysSetAside = (lame: ReadonlyMap<string, Words>): Alert[] =>
  [...lame].map(([account, { en, zh }]) => ({
    code: "KeySetAside",
    sentences: {
      en: `The service's account ${account} cannot send to the chain: ${en}`,
      zh: `服务账户 ${account} 无法向链提交：${zh}`,
    },
    step: {
      en: "Have the network let the account in and the council grant its role, or take the key out of the settings.",
      zh: "请为该账户办理网络准入并授予角色，或从配置中移除该密钥。",
    },
    figures: { account },
  }));

const GRANT: Words = {
  en: "Have the council grant the role, or start the service with a key that holds it.",
  zh: "请联盟理事会授予角色，或改用持有该角色的密钥启动服务。",
};

const SEE_TO_SERVICE: Words = {
  en: "Have whoever runs the service see to it: until then it takes and sends nothing.",
  zh: "请通知服务的运维人员处理：在此之前服务不接收也不提交。",
};
