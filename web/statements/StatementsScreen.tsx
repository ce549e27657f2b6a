import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { dayOf, formatDay } from "../../sdk/types/time.ts";
import { Field, Loading } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { Mine } from "../wallets/index.ts";
import { type Sentence, unbroken, useWords } from "../words/index.ts";
import { monthOf } from "./month.ts";
import { Statement } from "./Statement.tsx";

/** What the address says of a statement. */
export interface StatementSearch {
  /** 2026-09 */
  month?: string | undefined;
  /** "1,4" */
  meters?: string | undefined;
}

const TITLE: Sentence = { en: "Statements", zh: "结算清单" };

/** A month, of all meters or of some. */
export function StatementsScreen() {
  const say = useWords();
  const search: StatementSearch = useSearch({ from: "/statements" });
  const go = useNavigate({ from: "/statements" });
  const now = useChainNow();
  const month = search.month ?? (now === undefined ? undefined : formatDay(dayOf(now)).slice(0, 7));
  const set = (change: StatementSearch) => void go({ search: { ...search, ...change }, replace: true });
  return (
    <Mine title={TITLE}>
      {(participant) => (
        <>
          <h1>
            {month === undefined
              ? say(TITLE)
              : say({ en: `Statement of ${unbroken(month)}`, zh: `${unbroken(month)} 结算清单` })}
          </h1>
          <div className="row no-print">
            <Field label={{ en: "Month", zh: "月份" }}>
              <input
                type="month"
                value={month ?? ""}
                onChange={({ target }) => set({ month: target.value === "" ? undefined : target.value })}
              />
            </Field>
            <Field
              label={{ en: "Meters", zh: "计量点" }}
              hint={{ en: "numbers with commas; empty for all", zh: "编号以逗号分隔，留空为全部" }}
            >
              <input
                defaultValue={search.meters ?? ""}
                inputMode="numeric"
                onBlur={({ target }) => {
                  const meters = target.value.match(/[1-9]\d{0,17}/g)?.join(",");
                  set({ meters });
                }}
              />
            </Field>
          </div>
          {month === undefined ? (
            <Loading />
          ) : (
            <Statement
              participant={participant}
              range={{ ...monthOf(month), meters: search.meters?.split(",") ?? [] }}
            />
          )}
        </>
      )}
    </Mine>
  );
}

/** One day. */
export function DayStatementScreen() {
  const say = useWords();
  const { date } = useParams({ from: "/statements/$date" });
  return (
    <Mine title={TITLE}>
      {(participant) => (
        <>
          <h1>{say({ en: `Statement of ${unbroken(date)}`, zh: `${unbroken(date)} 日清单` })}</h1>
          <Statement participant={participant} range={{ from: date, to: date, meters: [] }} />
        </>
      )}
    </Mine>
  );
}
