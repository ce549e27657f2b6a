import { createRoute, z } from "@hono/zod-openapi";
import { and, asc, desc, eq, gt, lt, or } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { json, UNANSWERED } from "../gateway/answers.ts";
import type { Routes } from "../gateway/context.ts";
import { listQuery, pageForm, readPage } from "../gateway/pages.ts";
import { transactions } from "../sending/tables.ts";
import { TASK_STATES, type TaskState, tasks } from "./tables.ts";

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
    request: { query: listQuery({ state: z.enum(TASK_STATES, "taskState").default("waiting") }) },
    responses: {
      200: json(
        pageForm("tasks", TASK, "TaskPage"),
        "A page of them: what waits by the time it is due, what was done latest first",
      ),
      ...UNANSWERED,
    },
  });

  return {
    fieldWords: {
      taskState: () => ({ en: 'must be "waiting", "sent" or "done"', zh: '须为 "waiting"、"sent" 或 "done"' }),
    },
    register(app, { db }) {
      app.openapi(route, async (c) => {
        const { state, cursor, limit } = c.req.valid("query");
        const { rows, next } = await readPage(
          limit,
          (most) => tasksIn(db, { list, state, behind: cursor, most }),
          ({ task: { id, dueAt, endedAt } }) => [state === "done" ? (endedAt?.getTime() ?? 0) : dueAt, id],
        );
        const answered = rows.map(({ task: { id: _, list: __, retryAt, createdAt, endedAt, ...task }, hash }) => ({
          ...task,
          transaction: hash,
          ...{ retryAt: retryAt.toISOString(), createdAt: createdAt.toISOString() },
          endedAt: endedAt?.toISOString() ?? null,
        }));
        return c.json({ tasks: answered, next }, 200);
      });
    },
  };
}

/**
 * Tasks of a list with the transactions that carried them: what was done latest first, all else by when it is due.
 * @param behind the place that the page begins behind: when it ended (Unix milliseconds) or is due, and the task
 */
function tasksIn(
  db: Database,
  {
    list,
    state,
    behind,
    most,
  }: { list: string; state: TaskState; behind: readonly number[] | undefined; most: number },
) {
  const [at = 0, id = 0] = behind ?? [];
  const [column, value, beyond, order] =
    state === "done" ? [tasks.endedAt, new Date(at), lt, desc] : [tasks.dueAt, at, gt, asc];
  const isBehind = behind && or(beyond(column, value), and(eq(column, value), beyond(tasks.id, id)));
  return db
    .select({ task: tasks, hash: transactions.hash })
    .from(tasks)
    .leftJoin(transactions, eq(tasks.transaction, transactions.id))
    .where(and(eq(tasks.list, list), eq(tasks.state, state), isBehind))
    .orderBy(order(column), order(tasks.id))
    .limit(most);
}
