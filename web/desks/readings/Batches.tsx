import { useState } from "react";
import type { BatchPage } from "../../../sdk/operator/answers.ts";
import { Asked, Choice, type Column, Empty, Pages, Table, usePages } from "../../design/index.ts";
import { useOperator } from "../../operator/index.ts";
import { moment, type Sentence, useFormat, useWords } from "../../words/index.ts";

type Batch = BatchPage["batches"][number];
type State = Batch["state"];
type Reason = Batch["reasons"][number] & { at: number };

const STATES: Record<State, Sentence> = {
  quarantined: { en: "in quarantine", zh: "隔离" },
  taken: { en: "taken", zh: "已接收" },
};
const OPTIONS = Object.entries(STATES) as [State, Sentence][];

const NONE: Record<State, Sentence> = {
  quarantined: {
    en: "No batch is in quarantine: what cannot be taken appears here with a reason for each line.",
    zh: "没有隔离的批次：不能接收的批次会逐行附原因显示于此。",
  },
  taken: {
    en: "No batch was taken yet: drop a file into the service's folder, or send it to POST /readings.",
    zh: "尚未接收批次：请将文件放入服务目录，或提交到 POST /readings。",
  },
};

const ROWS = 20;
/** So many reasons are shown at once. */
const FEW = 20;

/** Batches of readings as they came, the last first; those in quarantine with a reason for each line. */
export function Batches({ token }: { token: string }) {
  const [state, choose] = useState<State>("quarantined");
  return (
    <div className="stack">
      <Choice label={{ en: "Which batches", zh: "批次范围" }} options={OPTIONS} value={state} choose={choose} />
      <List key={state} state={state} token={token} />
    </div>
  );
}

function List({ state, token }: { state: State; token: string }) {
  const say = useWords();
  const pages = usePages();
  const asked = { state, limit: String(ROWS), ...(pages.after === null ? {} : { cursor: pages.after }) };
  const query = useOperator<BatchPage>(`/readings?${new URLSearchParams(asked)}`, { token, everyMs: 10_000 });
  return (
    <Asked query={query}>
      {({ batches, next }) => (
        <>
          {batches.length === 0 && <Empty>{say(NONE[state])}</Empty>}
          {batches.map((batch) => (
            <One key={batch.batch} batch={batch} />
          ))}
          <Pages pages={pages} endCursor={next} hasNextPage={next !== null} />
        </>
      )}
    </Asked>
  );
}

function One({ batch: { batch, origin, state, meterDays, receivedAt, assumed, reasons } }: { batch: Batch }) {
  const say = useWords();
  const { count } = useFormat();
  const columns: Column<Reason>[] = [
    { title: { en: "Line", zh: "行" }, kind: "num", cell: ({ place }) => (place === null ? "—" : count(place)) },
    { title: { en: "Meter, as written", zh: "计量点（原文）" }, cell: ({ meter }) => meter ?? "—" },
    { title: { en: "Why", zh: "原因" }, kind: "text", cell: ({ sentence }) => sentence },
  ];
  return (
    <article className="stack batch">
      <div className="row between">
        <h3>{origin}</h3>
        <span className="tag">{say(STATES[state])}</span>
      </div>
      <p className="soft">
        <span className="unbroken">{moment(receivedAt)}</span>
        {state === "taken" && say({ en: `, ${count(meterDays)} meter days`, zh: `，${count(meterDays)} 个计量日` })}
        {", "}
        <span className="mono">SHA-256 {batch.slice(0, 16)}…</span>
      </p>
      {assumed !== null && <p className="note">{assumed}</p>}
      {reasons.length > 0 && (
        <details open={reasons.length <= FEW}>
          <summary>
            {say({
              en: `Reasons, line by line: ${count(reasons.length)}`,
              zh: `逐行原因：${count(reasons.length)} 条`,
            })}
          </summary>
          <Table
            label={{ en: `Reasons of ${origin}`, zh: `${origin} 的原因` }}
            columns={columns}
            rows={reasons.map((reason, at) => ({ ...reason, at }))}
            keyOf={({ at }) => at}
          />
        </details>
      )}
    </article>
  );
}
