import { createRoute, z } from "@hono/zod-openapi";
import { and, asc, desc, eq } from "drizzle-orm";
import { json, UNANSWERED } from "../gateway/answers.ts";
import type { Routes } from "../gateway/context.ts";
import { query } from "../gateway/forms.ts";
import { transactions } from "../sending/tables.ts";
import { TASK_STATES, tasks } from "./tables.ts";

const TASK = z
  .object({
    ...{ kind: z.string(), state: z.enum(TASK_STATES), attempts: z.int() },
    subject: z
      .string()
      .openapi({ description: "meter/day in days since 1970, or the number of a settlement, debt, receivable or bid" }),
    dueAt: z.int().openapi({ description: "Unix second on the chain; 0 = at once" }),
    note: z.string().nullable().openapi({ description: "what it came to, or why it failed last" }),
    transaction: z.string().nullable(),
    ...{ retryAt: z.string(), createdAt: z.string(), endedAt: z.string().nullable() },
  })
  .openapi("Task");

const MOST = 500;

/** A list of tasks at a path of its own. */
export function taskRoute({
  path,
  summary,
  list,
  kinds,
  operationId,
  tag,
}: {
  path: string;
  operationId: string;
  /** The trade whose list it is. */
  tag: string;
  summary: string;
  list: string;
  kinds: readonly string[];
}): Pick<Routes, "register" | "fieldWords"> {
  const route = createRoute({
    method: "get",
    path,
    operationId,
    tags: [tag],
    summary,
    description: `Kinds: ${kinds.join(", ")}.`,
    request: { query: query({ state: z.enum(TASK_STATES, "taskState").default("waiting") }) },
    responses: {
      200: json(z.array(TASK), `What waits by the time it is due, what was done latest first; at most ${MOST}`),
      ...UNANSWERED,
    },
  });

  return {
    fieldWords: {
      taskState: () => ({ en: 'must be "waiting", "sent" or "done"', zh: '须为 "waiting"、"sent" 或 "done"' }),
    },
    register(app, { db }) {
      app.openapi(route, async (c) => {
        const { state } = c.req.valid("query");
        const found = await db
          .select({ task: tasks, hash: transactions.hash })
          .from(tasks)
          .leftJoin(transactions, eq(tasks.transaction, transactions.id))
          .where(and(eq(tasks.list, list), eq(tasks.state, state)))
          .orderBy(state === "done" ? desc(tasks.endedAt) : asc(tasks.dueAt))
          .limit(MOST);
        return c.json(
          found.map(({ task: { id: _, list: __, retryAt, createdAt, endedAt, ...task }, hash }) => ({
            ...task,
            transaction: hash,
            ...{ retryAt: retryAt.toISOString(), createdAt: createdAt.toISOString() },
            endedAt: endedAt?.toISOString() ?? null,
          })),
          200,
        );
      });
    },
  };
}
