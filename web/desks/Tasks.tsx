import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { TaskPage } from "../../sdk/operator/answers.ts";
import { formatDay } from "../../sdk/types/time.ts";
import { Asked, Choice, type Column, Empty, Listing, Pages, usePages } from "../design/index.ts";
import { useOperator } from "../operator/index.ts";
import { Transaction } from "../records/LifeLine.tsx";
import { type Sentence, time, unbroken, useFormat, useWords } from "../words/index.ts";

type Task = TaskPage["tasks"][number];
type State = Task["state"];

const STATES: Record<State, Sentence> = {
  waiting: { en: "waiting", zh: "等待中" },
  sent: { en: "on the way to the chain", zh: "提交中" },
  done: { en: "done", zh: "已完成" },
};
const OPTIONS = Object.entries(STATES) as [State, Sentence][];

const KINDS: Readonly<Record<string, Sentence>> = {
  finalise: { en: "make a day final", zh: "定稿" },
  finaliseRoot: { en: "make days under a root final", zh: "整批定稿" },
  lapse: { en: "let a day lapse", zh: "失效" },
  settle: { en: "settle", zh: "结算" },
  release: { en: "release what a lapsed day holds", zh: "释放失效日的冻结款项" },
  claimKwh: { en: "claim kWh", zh: "领取电量凭证" },
  mintSurplus: { en: "record the surplus", zh: "登记余量" },
  adjust: { en: "adjust trades", zh: "退补" },
  collect: { en: "pay holders of a claim", zh: "分付应收账款" },
  markOverdue: { en: "mark a debt overdue", zh: "标记逾期" },
  declareDefault: { en: "declare a default", zh: "认定违约" },
  releaseBid: { en: "free a bid's money", zh: "释放报价资金" },
  report: { en: "report", zh: "上报" },
  correct: { en: "correct", zh: "更正" },
  record: { en: "give a day a word of its own", zh: "单独登记" },
};

/** Tasks of a list: what waits by when it is due, what was done latest first, with what it came to or why it failed. */
export function Tasks({ path, empty }: { path: "/tasks" | "/readings/tasks"; empty: Sentence }) {
  const [state, choose] = useState<State>("waiting");
  return (
    <div className="stack">
      <Choice label={{ en: "Which tasks", zh: "任务范围" }} options={OPTIONS} value={state} choose={choose} />
      <List key={state} path={path} state={state} empty={empty} />
    </div>
  );
}

const ROWS = 50;

function List({ path, state, empty }: { path: string; state: State; empty: Sentence }) {
  const say = useWords();
  const { count } = useFormat();
  const pages = usePages();
  const asked = { state, limit: String(ROWS), ...(pages.after === null ? {} : { cursor: pages.after }) };
  const query = useOperator<TaskPage>(`${path}?${new URLSearchParams(asked)}`, { everyMs: 10_000 });
  const kind = (task: Task) => say(KINDS[task.kind] ?? { en: task.kind, zh: task.kind });
  const due = ({ dueAt }: Task) => (dueAt === 0 ? say({ en: "at once", zh: "立即" }) : time(dueAt));
  const columns: Column<Task>[] = [
    { title: { en: "Task", zh: "任务" }, cell: kind },
    { title: { en: "Of what", zh: "对象" }, cell: (task) => <Subject task={task} /> },
    { title: { en: "Due, chain's time", zh: "到期（链上时间）" }, cell: due },
    { title: { en: "Failed", zh: "失败次数" }, kind: "num", cell: ({ attempts }) => count(attempts) },
    { title: { en: "Why, or what it came to", zh: "原因或结果" }, kind: "text", cell: ({ note }) => note ?? "" },
    {
      title: { en: "Transaction", zh: "链上记录" },
      cell: ({ transaction }) => (transaction === null ? "" : <Transaction hash={transaction} />),
    },
  ];
  return (
    <Asked query={query}>
      {({ tasks, next }) => (
        <>
          {tasks.length === 0 ? (
            <Empty>{say(state === "waiting" ? empty : NONE)}</Empty>
          ) : (
            <Listing
              label={{ en: "Tasks", zh: "任务" }}
              columns={columns}
              rows={tasks}
              keyOf={({ kind, subject, createdAt }) => `${kind} ${subject} ${createdAt}`}
              lines={(task) => ({
                first: [
                  <>
                    {kind(task)} <Subject task={task} />
                  </>,
                  <span key="due" className="unbroken">
                    {due(task)}
                  </span>,
                ],
                second: [
                  task.note ?? "",
                  say({ en: `failed ${count(task.attempts)}×`, zh: `失败 ${count(task.attempts)} 次` }),
                ],
              })}
            />
          )}
          <Pages pages={pages} endCursor={next} hasNextPage={next !== null} />
        </>
      )}
    </Asked>
  );
}

/** A meter's day leads to its screen; other numbers stand for themselves. */
function Subject({ task: { subject } }: { task: Task }) {
  const say = useWords();
  const [id = "", day] = subject.split("/");
  if (day === undefined) return id;
  const date = formatDay(Number(day));
  return (
    <Link to="/meters/$id/$date" params={{ id, date }} className="unbroken">
      {say({ en: `meter ${id}, ${unbroken(date)}`, zh: `计量点 ${id}，${unbroken(date)}` })}
    </Link>
  );
}

const NONE: Sentence = { en: "There is none in this state.", zh: "没有处于此状态的任务。" };
