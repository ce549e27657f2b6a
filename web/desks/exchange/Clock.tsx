import type { TradingDayPage } from "../../../sdk/operator/answers.ts";
import { type Column, Listing } from "../../design/index.ts";
import { time, unbroken, useWords } from "../../words/index.ts";
import { closingOf, duration } from "./closing.ts";

type Day = TradingDayPage["days"][number];

/** When each day that trades closes, and how long until then, by the chain's time. */
export function Clock({ days, now }: { days: readonly Day[]; now: number }) {
  const say = useWords();
  const state = (day: Day) => say(closingOf(day, now).words);
  const left = (day: Day) => {
    const { left } = closingOf(day, now);
    return <span className="unbroken">{left === undefined ? "—" : say(duration(left))}</span>;
  };
  const at = (second: number) => <span className="unbroken">{time(second)}</span>;
  const columns: Column<Day>[] = [
    { title: { en: "Delivery day", zh: "交割日" }, cell: ({ date }) => unbroken(date) },
    { title: { en: "Now", zh: "当前" }, cell: (day) => <strong>{state(day)}</strong> },
    { title: { en: "For another", zh: "剩余" }, kind: "num", cell: left },
    { title: { en: "Last order", zh: "最后申报" }, cell: ({ ordersUntil }) => at(ordersUntil) },
    { title: { en: "Cut-off", zh: "截止" }, cell: ({ cutOff }) => at(cutOff) },
    { title: { en: "Gate", zh: "关闸" }, cell: ({ gate }) => at(gate) },
  ];
  return (
    <section className="card stack">
      <div className="row between">
        <h2>{say({ en: "Clock", zh: "时钟" })}</h2>
        <p className="soft">
          {say({ en: "Chain's time: ", zh: "链上时间：" })}
          <span className="unbroken">{time(now)}</span>
        </p>
      </div>
      <Listing
        label={{ en: "When each day closes", zh: "各交割日的截止与关闸" }}
        columns={columns}
        rows={days}
        keyOf={({ date }) => date}
        lines={(day) => ({
          first: [unbroken(day.date), left(day)],
          second: [
            <strong key="state">{state(day)}</strong>,
            <span key="next" className="unbroken">
              {say(
                now < day.cutOff
                  ? { en: `cut-off ${short(day.cutOff)}`, zh: `截止 ${short(day.cutOff)}` }
                  : { en: `gate ${short(day.gate)}`, zh: `关闸 ${short(day.gate)}` },
              )}
            </span>,
          ],
        })}
      />
    </section>
  );
}

/** "11-30 16:00": the year is that of the day. */
const short = (second: number) => unbroken(time(second).slice(5, 16));
