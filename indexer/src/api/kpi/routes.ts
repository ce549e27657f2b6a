import { db, publicClients } from "ponder:api";
import { Hono } from "hono";
import { and, asc, gte, lte, sum } from "ponder";
import { toJson } from "../../../../sdk/types/json.ts";
import { dayOf, formatDay, parseDay } from "../../../../sdk/types/time.ts";
import { NOTHING_COUNTED } from "../../kpi/count.ts";
import { kpiDay, kpiParticipantDay } from "../../kpi/schema.ts";
import { type Counted, type Kpi, kpisOf } from "./kpisOf.ts";

type Day = typeof kpiDay.$inferSelect;

interface Period {
  from: number;
  to: number;
  /** The chain's own day: what falls due on it may still be paid in time. */
  today: number;
}

/** Long enough for what is paid on terms to come within it. */
const USUAL_DAYS = 90;
const LONGEST_DAYS = 3_660;

/** The KPIs of docs/kpi.md over a period, and the days they are made of; as JSON or CSV. */
export const kpi = new Hono();

kpi.get("/kpi.json", async (context) => {
  const period = await periodOf(context.req.query());
  if (typeof period === "string") return context.json({ error: period }, 400);
  const kpis = await kpisIn(period);
  return context.json({ ...dates(period), kpis: toJson(kpis) });
});

kpi.get("/kpi.csv", async (context) => {
  const period = await periodOf(context.req.query());
  if (typeof period === "string") return context.text(period, 400);
  return csv(await kpisIn(period));
});

kpi.get("/kpi-days.json", async (context) => {
  const period = await periodOf(context.req.query());
  if (typeof period === "string") return context.json({ error: period }, 400);
  return context.json({ ...dates(period), days: toJson(await daysIn(period)) });
});

kpi.get("/kpi-days.csv", async (context) => {
  const period = await periodOf(context.req.query());
  if (typeof period === "string") return context.text(period, 400);
  return csv(await daysIn(period));
});

/** The period asked for: the last quarter of the chain where nothing else is said; a sentence where it is none. */
async function periodOf({ from, to }: Record<string, string>): Promise<Period | string> {
  const { timestamp } = await publicClients.market.getBlock();
  const today = dayOf(timestamp);
  try {
    const last = to === undefined ? today : parseDay(to);
    const first = from === undefined ? Math.max(0, last - (USUAL_DAYS - 1)) : parseDay(from);
    if (first <= last && last - first < LONGEST_DAYS) return { from: first, to: last, today };
    return `A period goes from a day to the same or a later one, ${LONGEST_DAYS} days at most, not from ${from} to ${formatDay(last)}. 期间须由早到晚，最长 ${LONGEST_DAYS} 天。`;
  } catch (error) {
    return `${(error as Error).message} 日期格式如 2026-11-22。`;
  }
}

async function kpisIn({ from, to, today }: Period): Promise<Kpi[]> {
  const [days, before, done] = await Promise.all([
    storedDays(from, to),
    db
      .select({ registered: sum(kpiDay.participantsRegistered) })
      .from(kpiDay)
      .where(lte(kpiDay.day, to)),
    db
      .select({ sold: sum(kpiParticipantDay.tradesSold), bought: sum(kpiParticipantDay.tradesBought) })
      .from(kpiParticipantDay)
      .where(and(gte(kpiParticipantDay.day, from), lte(kpiParticipantDay.day, to)))
      .groupBy(kpiParticipantDay.participantId),
  ]);
  const trades = done.map(({ sold, bought }) => BigInt(sold ?? 0) + BigInt(bought ?? 0));
  const counted: Counted = {
    days,
    today,
    registered: BigInt(before[0]?.registered ?? 0),
    active: BigInt(done.length),
    traders: BigInt(trades.filter((number) => number > 0n).length),
    tradesOfTraders: trades.reduce((total, number) => total + number, 0n),
  };
  return kpisOf(counted);
}

/** Every day of the period: one on which nothing happened has no row in the table, but zeros here. */
async function daysIn({ from, to }: Period): Promise<Day[]> {
  const stored = new Map((await storedDays(from, to)).map((row) => [row.day, row]));
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const day = from + index;
    return stored.get(day) ?? { ...NOTHING_COUNTED, day, date: formatDay(day) };
  });
}

function storedDays(from: number, to: number): Promise<Day[]> {
  return db
    .select()
    .from(kpiDay)
    .where(and(gte(kpiDay.day, from), lte(kpiDay.day, to)))
    .orderBy(asc(kpiDay.day));
}

const dates = ({ from, to, today }: Period) => ({ from: formatDay(from), to: formatDay(to), asOf: formatDay(today) });

/** Rows as CSV in UTF-8 with a mark by which spreadsheets know it; nothing in them needs quotes. */
function csv(rows: readonly object[]): Response {
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row).map((value) => value ?? ""))];
  const text = lines.map((line) => `${line.join(",")}\r\n`).join("");
  return new Response(`\uFEFF${text}`, { headers: { "content-type": "text/csv; charset=utf-8" } });
}
