import { useState } from "react";
import type { TradingDayPage } from "../../../sdk/operator/answers.ts";
import { Asked, Loading, Pages, Tabs, usePages } from "../../design/index.ts";
import { useChainNow } from "../../freshness/index.ts";
import { useOperator } from "../../operator/index.ts";
import { type Sentence, useWords } from "../../words/index.ts";
import { Desk } from "../Desk.tsx";
import { Tasks } from "../Tasks.tsx";
import { Books } from "./Books.tsx";
import { Clock } from "./Clock.tsx";
import { Intake } from "./Intake.tsx";
import { RoundList } from "./RoundList.tsx";
import { Submissions } from "./Submissions.tsx";

type View = "rounds" | "submissions" | "tasks";

const VIEWS: readonly { name: View; title: Sentence }[] = [
  { name: "rounds", title: { en: "Rounds", zh: "出清轮次" } },
  { name: "submissions", title: { en: "Sent to the chain", zh: "上链日志" } },
  { name: "tasks", title: { en: "Keeper's tasks", zh: "自动任务" } },
];

/** Where the power exchange works: what needs somebody, when each day closes, what waits, what was sent, and the intake of orders. */
export function ExchangeDesk() {
  return (
    <Desk title={{ en: "Exchange desk", zh: "交易业务台" }} staff="MARKET_OPERATOR" door="/api">
      {(token) => (
        <>
          <Intake token={token} />
          <TradingDays />
          <Sent token={token} />
        </>
      )}
    </Desk>
  );
}

const DAYS = 20;
/** What waits changes with events; a day that begins to trade is none. */
const EVERY_MS = 30_000;

function TradingDays() {
  const now = useChainNow();
  const pages = usePages();
  const asked = { limit: String(DAYS), ...(pages.after === null ? {} : { cursor: pages.after }) };
  const query = useOperator<TradingDayPage>(`/books?${new URLSearchParams(asked)}`, { everyMs: EVERY_MS });
  return (
    <Asked query={query}>
      {({ days, next }) => (
        <>
          {now === undefined ? <Loading /> : <Clock days={days} now={now} />}
          <Books days={days} />
          <Pages pages={pages} endCursor={next} hasNextPage={next !== null} />
        </>
      )}
    </Asked>
  );
}

function Sent({ token }: { token: string }) {
  const say = useWords();
  const [view, choose] = useState<View>("rounds");
  return (
    <section className="card stack">
      <h2>{say({ en: "Cleared, sent and due", zh: "出清、上链与到期任务" })}</h2>
      <Tabs label={{ en: "What is listed", zh: "列表范围" }} tabs={VIEWS} chosen={view} choose={choose}>
        {view === "rounds" && <RoundList />}
        {view === "submissions" && <Submissions token={token} />}
        {view === "tasks" && (
          <Tasks
            path="/tasks"
            empty={{
              en: "Nothing waits for the keeper: what becomes due appears here by itself.",
              zh: "没有待执行的自动任务：到期事项会自动列入。",
            }}
          />
        )}
      </Tabs>
    </section>
  );
}
