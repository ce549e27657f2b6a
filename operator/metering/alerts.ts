import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { Alert } from "../gateway/alerts.ts";
import { meterBatches, quarantinedDays } from "./tables.ts";

/** Batches in quarantine whose meter days have not come otherwise since; one that names none is over with the next that is taken of its origin. */
export async function quarantineAlerts(db: Database): Promise<Alert[]> {
  const answer = await db.execute(sql`
    select count(*)::int as count, min(origin) as origin from ${meterBatches} as batch where state = 'quarantined' and (
      exists (select from ${quarantinedDays} as kept where kept.batch = batch.hash)
      or meter_days = 0 and not exists (
        select from ${meterBatches} as later
          where later.origin = batch.origin and later.state = 'taken' and later.sequence > batch.sequence))`);
  const [{ count, origin } = { count: 0, origin: "" }] = (
    answer as unknown as { rows: { count: number; origin: string | null }[] }
  ).rows;
  if (count === 0) return [];
  return [
    {
      code: "ReadingsQuarantined",
      sentences: {
        en: `Batches of readings in quarantine whose days have not come otherwise: ${count}, such as ${origin}.`,
        zh: `有 ${count} 个电量批次处于隔离状态，其数据尚未重新提交，例如 ${origin}。`,
      },
      step: {
        en: "Read the reasons line by line under its batches, correct them, and hand the batch in again.",
        zh: "请在批次列表中逐行查看原因，更正后重新提交。",
      },
      figures: { count },
    },
  ];
}
