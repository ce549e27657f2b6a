import { useState } from "react";
import { Tabs } from "../../design/index.ts";
import type { Sentence } from "../../words/index.ts";
import { Desk } from "../Desk.tsx";
import { Tasks } from "../Tasks.tsx";
import { Batches } from "./Batches.tsx";
import { Matrix } from "./Matrix.tsx";
import { Objections } from "./Objections.tsx";

type View = "matrix" | "batches" | "objections" | "tasks";

const VIEWS: readonly { name: View; title: Sentence }[] = [
  { name: "matrix", title: { en: "Meters and days", zh: "计量点与日期" } },
  { name: "batches", title: { en: "Batches", zh: "批次" } },
  { name: "objections", title: { en: "Objections", zh: "异议" } },
  { name: "tasks", title: { en: "Waiting for the chain", zh: "待上链任务" } },
];

/** Where the metering centre works: which readings are missing, what did not get in and why, and who objects. */
export function ReadingsDesk() {
  const [view, choose] = useState<View>("matrix");
  return (
    <Desk title={{ en: "Metering desk", zh: "计量业务台" }} staff="METER_OPERATOR" door="/api/readings">
      {(token) => (
        <section className="card">
          <Tabs label={{ en: "What is shown", zh: "显示内容" }} tabs={VIEWS} chosen={view} choose={choose}>
            {view === "matrix" && <Matrix token={token} />}
            {view === "batches" && <Batches token={token} />}
            {view === "objections" && <Objections />}
            {view === "tasks" && (
              <Tasks
                path="/readings/tasks"
                empty={{
                  en: "Nothing waits to be reported or corrected: what is taken appears here until the chain has it.",
                  zh: "没有待上报或更正的读数：已接收的数据在上链前显示于此。",
                }}
              />
            )}
          </Tabs>
        </section>
      )}
    </Desk>
  );
}
