import { createRoute, z } from "@hono/zod-openapi";
import { json } from "./answers.ts";
import type { Gateway, GatewayApp } from "./context.ts";

const HEALTH = z.object({
  running: z.literal(true),
  trades: z.array(z.string()),
  notices: z.array(z.string()).openapi({ description: "such as that no orders are taken" }),
});

const health = createRoute({
  method: "get",
  path: "/health",
  operationId: "isRunning",
  tags: ["operation"],
  summary: "Whether the process runs, and which trades it runs · 存活检查",
  responses: { 200: json(HEALTH, "It does") },
});

const STATE = z.object({ ready: z.boolean(), reason: z.string().optional(), warnings: z.array(z.string()).optional() });

const ready = createRoute({
  method: "get",
  path: "/ready",
  operationId: "isReady",
  tags: ["operation"],
  summary: "Whether requests can be taken · 就绪检查",
  responses: { 200: json(STATE, "They can"), 503: json(STATE, "Not now; the reason") },
});

const metrics = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "readMetrics",
  tags: ["operation"],
  summary: "Figures for Prometheus · 监控指标",
  responses: { 200: { description: "Figures", content: { "text/plain": { schema: z.string() } } } },
});

/** What a process answers to everybody, whatever becomes of its trades: it costs next to nothing. */
export const OPERATION_PATHS: ReadonlySet<string> = new Set([health, ready, metrics].map(({ path }) => path));

export function operationRoutes(app: GatewayApp, gateway: Gateway): void {
  app.openapi(health, (c) => {
    const notices = gateway.notices().map((words) => words[c.get("language")]);
    return c.json({ running: true as const, trades: [...gateway.trades], notices }, 200);
  });
  app.openapi(ready, async (c) => {
    const language = c.get("language");
    const { reason, warnings } = await gateway.readiness();
    const noted = warnings.length === 0 ? {} : { warnings: warnings.map((words) => words[language]) };
    return reason === undefined
      ? c.json({ ready: true, ...noted }, 200)
      : c.json({ ready: false, reason: reason[language], ...noted }, 503);
  });
  app.openapi(metrics, async (c) => c.text(await gateway.metrics.registry.metrics(), 200));
}
