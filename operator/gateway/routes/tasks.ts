import { createRoute, z } from "@hono/zod-openapi";
import { asc, desc, eq } from "drizzle-orm";
import { TASK_STATES, tasks, transactions } from "../../db/schema.ts";
import { TASK_KINDS } from "../../keeper/tasks.ts";
import { json, MISSING } from "../answers.ts";
import type { GatewayApp } from "../app.ts";
import type { Gateway } from "../context.ts";

const TASK = z
  .object({
    ...{ kind: z.enum(TASK_KINDS), state: z.enum(TASK_STATES), attempts: z.int() },
    subject: z.string().openapi({ description: "meter/day in days since 1970, or the number of a receivable or bid" }),
    dueAt: z.int().openapi({ description: "Unix second on the chain; 0 = at once" }),
    note: z.string().nullable().openapi({ description: "what it came to, or why it failed last" }),
    transaction: z.string().nullable(),
    ...{ retryAt: z.string(), createdAt: z.string(), endedAt: z.string().nullable() },
  })
  .openapi("Task");

const MOST = 500;

const list = createRoute({
  method: "get",
  path: "/tasks",
  summary: "What the keeper has to do, does and did · 自动任务",
  request: { query: z.object({ state: z.enum(TASK_STATES, "taskState").default("waiting") }) },
  responses: {
    200: json(z.array(TASK), `What waits by the time it is due, what was done latest first; at most ${MOST}`),
    400: MISSING[400],
    503: MISSING[503],
  },
});

export function taskRoutes(app: GatewayApp, { db }: Gateway): void {
  app.openapi(list, async (c) => {
    const { state } = c.req.valid("query");
    const found = await db
      .select({ task: tasks, hash: transactions.hash })
      .from(tasks)
      .leftJoin(transactions, eq(tasks.transaction, transactions.id))
      .where(eq(tasks.state, state))
      .orderBy(state === "done" ? desc(tasks.endedAt) : asc(tasks.dueAt))
      .limit(MOST);
    return c.json(
      found.map(({ task: { id: _, retryAt, createdAt, endedAt, ...task }, hash }) => ({
        ...task,
        transaction: hash,
        ...{ retryAt: retryAt.toISOString(), createdAt: createdAt.toISOString() },
        endedAt: endedAt?.toISOString() ?? null,
      })),
      200,
    );
  });
}
