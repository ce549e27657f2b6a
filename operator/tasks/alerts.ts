import { and, asc, eq, gte, lt, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { Alert } from "../gateway/alerts.ts";
import { type TaskRow, tasks } from "./tables.ts";

/** The first failures of a task are nobody's business: it is tried again within seconds. */
const FAILED_OFTEN = 3;
/** What has been due for so long without being tried waits for a worker that does not come. */
const LATE_SECONDS = 600;

/** What of a list needs a person: tasks that keep failing, and tasks that nobody does. @param now Unix second on the chain */
export async function taskAlerts(db: Database, list: string, now: number): Promise<Alert[]> {
  const waits = and(eq(tasks.list, list), eq(tasks.state, "waiting"), lt(tasks.dueAt, now - LATE_SECONDS));
  const [failing, late] = await Promise.all([
    byKind(db, and(eq(tasks.list, list), eq(tasks.state, "waiting"), gte(tasks.attempts, FAILED_OFTEN))),
    byKind(db, and(waits, lt(tasks.attempts, 1), lt(tasks.retryAt, new Date(Date.now() - LATE_SECONDS * 1000)))),
  ]);
  return [...failing.map(tasksFailing), ...late.map(tasksLate)];
}

interface OfKind extends Pick<TaskRow, "kind" | "subject" | "note"> {
  count: number;
}

/** For each kind how many there are, and the one that is due longest. */
async function byKind(db: Database, which: ReturnType<typeof and>): Promise<OfKind[]> {
  return db
    .selectDistinctOn([tasks.kind], {
      ...{ kind: tasks.kind, subject: tasks.subject, note: tasks.note },
      count: sql<number>`(count(*) over (partition by ${tasks.kind}))::int`,
    })
    .from(tasks)
    .where(which)
    .orderBy(asc(tasks.kind), asc(tasks.dueAt), asc(tasks.id));
}

function tasksFailing({ kind, subject, note, count }: OfKind): Alert {
  const why = note ?? "";
  return {
    code: "TasksFailing",
    sentences: {
      en: `Tasks of the kind ${kind} that failed ${FAILED_OFTEN} times or more: ${count}. The oldest, ${subject}, failed for: ${why}`,
      zh: `${kind} 类任务中有 ${count} 项已失败 ${FAILED_OFTEN} 次以上；最早一项（${subject}）的原因：${why}`,
    },
    step: {
      en: "See to the reason that the task names; it is tried again by itself, after an hour at most.",
      zh: "请按任务所述原因处理；任务会自动重试，最长间隔一小时。",
    },
    figures: { kind, subject, count },
  };
}

function tasksLate({ kind, subject, count }: OfKind): Alert {
  const minutes = LATE_SECONDS / 60;
  return {
    code: "TasksLate",
    sentences: {
      en: `Tasks of the kind ${kind} that have been due for more than ${minutes} minutes and were never tried: ${count}, the oldest ${subject}.`,
      zh: `${kind} 类任务中有 ${count} 项到期超过 ${minutes} 分钟仍未执行，最早一项为 ${subject}。`,
    },
    step: {
      en: "See whether the service's key can send and its node answers, and have the people who run the service see to it.",
      zh: "请检查服务密钥能否提交、节点是否应答，并通知服务的运维人员处理。",
    },
    figures: { kind, subject, count },
  };
}
