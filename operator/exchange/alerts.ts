import { and, eq, gte, inArray, ne, sql } from "drizzle-orm";
import { type Day, dayOf, formatDay, type Sentence } from "../../sdk/index.ts";
import type { Database } from "../db/database.ts";
import type { Alert } from "../gateway/alerts.ts";
import type { ChainView, Hours } from "./chainView.ts";
import { skipSentence } from "./submission/skipSentence.ts";
import { closings, legs, orders, type PauseRow, rounds } from "./tables.ts";

/** Trades that are not opened so shortly before nothing of them opens any more are in danger. */
const CLOSE_SECONDS = 1_800;
/** A book is cleared within seconds of its cut-off. */
const CLEARED_WITHIN_SECONDS = 300;

/** What of the exchange needs a person. */
export async function exchangeAlerts(db: Database, view: ChainView, pause: PauseRow | undefined): Promise<Alert[]> {
  const now = await view.now();
  const found = await Promise.all([notCleared(db, view, now), notOpened(db, view, now), skipped(db, dayOf(now))]);
  return [...(pause === undefined ? [] : [intakePaused(pause)]), ...found.flat()];
}

/** Where and when is traded. */
interface Place {
  zone: number;
  day: Day;
}

const placed = ({ zone, day }: Place) => ({ zone, date: formatDay(day) });
const minutes = (seconds: number) => Math.max(0, Math.floor(seconds / 60));

/** Books that closed and were not cleared. */
async function notCleared(db: Database, view: ChainView, now: number): Promise<Alert[]> {
  const open = await db
    .selectDistinct({ zone: orders.zone, day: orders.day })
    .from(orders)
    .leftJoin(closings, and(eq(closings.zone, orders.zone), eq(closings.day, orders.day)))
    .where(and(eq(orders.state, "open"), sql`${closings.zone} is null`));
  const found = await Promise.all(open.map(async (place) => ({ place, hours: await view.hours(place.day) })));
  return found
    .filter(({ hours: { cutOff, gate } }) => now >= cutOff + CLEARED_WITHIN_SECONDS && now < gate)
    .map(({ place, hours: { cutOff, gate } }) => ({
      code: "BookNotCleared",
      sentences: {
        en: `The book of zone ${place.zone} for ${formatDay(place.day)} closed ${minutes(now - cutOff)} minutes ago and is not cleared; its gate closes in ${minutes(gate - now)} minutes.`,
        zh: `分区 ${place.zone} ${formatDay(place.day)} 的订单簿已截止 ${minutes(now - cutOff)} 分钟，尚未出清；距关闸 ${minutes(gate - now)} 分钟。`,
      },
      step: {
        en: "Clear it at this desk; if it stays so, have the people who run the service see to its node and its keys.",
        zh: "请在业务台执行出清；仍未出清的，请通知服务的运维人员检查节点与密钥。",
      },
      figures: placed(place),
    }));
}

/** Trades that were cleared and are not on the chain yet, shortly before it takes them no more. */
async function notOpened(db: Database, view: ChainView, now: number): Promise<Alert[]> {
  const waiting = await db
    .select({ ...{ zone: rounds.zone, day: rounds.day, matching: rounds.matching }, count: sql<number>`count(*)::int` })
    .from(legs)
    .innerJoin(rounds, eq(rounds.number, legs.round))
    .where(inArray(legs.state, ["pending", "submitted"]))
    .groupBy(rounds.zone, rounds.day, rounds.matching);
  const found = await Promise.all(waiting.map(async (each) => ({ ...each, hours: await view.hours(each.day) })));
  return found
    .map((each) => ({ ...each, left: endOf(each.matching, each.hours) - now }))
    .filter(({ left }) => left < CLOSE_SECONDS)
    .map(({ zone, day, count, left }) => ({
      code: "RoundNotOpened",
      sentences: {
        en: `Trades of zone ${zone} for ${formatDay(day)} that are cleared and not on the chain yet: ${count}; the chain takes them for ${minutes(left)} minutes more.`,
        zh: `分区 ${zone} ${formatDay(day)} 有 ${count} 笔已出清、尚未上链；链上还可接受 ${minutes(left)} 分钟。`,
      },
      step: {
        en: "Look at what was sent last, and at alerts of keys; the service goes on trying by itself until then.",
        zh: "请查看最近的上链日志与密钥告警；在此之前服务会自动继续提交。",
      },
      figures: { ...placed({ zone, day }), count },
    }));
}

/** What is matched continuously opens until the cut-off, an auction until the gate. */
const endOf = (matching: "auction" | "continuous", { cutOff, gate }: Hours) => (matching === "auction" ? gate : cutOff);

/** Trades of days that are not over which the chain left out, with the reason that most of them have. */
async function skipped(db: Database, today: Day): Promise<Alert[]> {
  const found = await db
    .select({ ...{ zone: rounds.zone, day: rounds.day, reason: legs.reason }, count: sql<number>`count(*)::int` })
    .from(legs)
    .innerJoin(rounds, eq(rounds.number, legs.round))
    // What was cleared again without the order at fault is no matter any more.
    .where(and(eq(legs.state, "skipped"), ne(legs.reason, "ClearedAgain"), gte(rounds.day, today)))
    .groupBy(rounds.zone, rounds.day, legs.reason);
  return [...Map.groupBy(found, ({ zone, day }) => `${zone} ${day}`).values()].map((reasons) => {
    const [most] = [...reasons].sort((a, b) => b.count - a.count) as [(typeof reasons)[number]];
    const count = reasons.reduce((sum, each) => sum + each.count, 0);
    return tradesSkipped(most, count, most.reason ?? "");
  });
}

function tradesSkipped({ zone, day }: Place, count: number, reason: string): Alert {
  const why: Sentence = { en: skipSentence(reason, "en"), zh: skipSentence(reason, "zh") };
  return {
    code: "TradesSkipped",
    sentences: {
      en: `Trades of zone ${zone} for ${formatDay(day)} that the chain left out: ${count}. Most of them for: ${why.en}`,
      zh: `分区 ${zone} ${formatDay(day)} 有 ${count} 笔被链跳过，主要原因：${why.zh}`,
    },
    step: {
      en: "Read the reasons under its rounds, and tell the traders before the gate, so that they can hand in again.",
      zh: "请查看该日出清轮次中的原因，并在关闸前告知交易者，以便重新申报。",
    },
    figures: { ...placed({ zone, day }), count },
  };
}

function intakePaused({ reasonEn, reasonZh }: PauseRow): Alert {
  const reason = { en: reasonEn, zh: reasonZh };
  return {
    code: "IntakePaused",
    sentences: {
      en: `No orders are taken: ${reason.en}`,
      zh: `已暂停接收报单：${reason.zh}`,
    },
    step: {
      en: "Resume intake once the reason is over: nobody can trade until then.",
      zh: "原因消除后请恢复接收：在此之前无人可以申报。",
    },
  };
}
