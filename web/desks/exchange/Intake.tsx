import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Intake as Answer } from "../../../sdk/operator/answers.ts";
import { Asked, Failed, Field } from "../../design/index.ts";
import { operatorAt, useOperator } from "../../operator/index.ts";
import { moment, type Sentence, useWords } from "../../words/index.ts";

const LONGEST = 500;

/** Whether orders are taken: paused with a reason that every trader is shown in its language, and resumed. */
export function Intake({ token }: { token: string }) {
  const say = useWords();
  const client = useQueryClient();
  const query = useOperator<Answer>("/intake", { everyMs: 10_000 });
  const [reason, setReason] = useState<Sentence>({ en: "", zh: "" });
  const changing = useMutation({
    mutationFn: async (to: Sentence | null) => {
      const { changeIntake } = await import("../../operator/signing.ts");
      await changeIntake(operatorAt(token), to);
      setReason({ en: "", zh: "" });
      await client.invalidateQueries({ queryKey: ["operator"] });
    },
  });
  const said = { en: reason.en.trim(), zh: reason.zh.trim() };
  return (
    <section className="card stack">
      <h2>{say({ en: "Intake of orders", zh: "报单接收" })}</h2>
      <Asked query={query}>
        {({ isPaused, reason: shown, since }) =>
          isPaused ? (
            <>
              <p>
                <span className="tag">{say({ en: "paused", zh: "已暂停" })}</span>{" "}
                {since !== null && (
                  <span className="unbroken">
                    {say({ en: "since ", zh: "自 " })}
                    {moment(since)}
                  </span>
                )}
              </p>
              <p>{say({ en: `Traders are shown: ${shown}`, zh: `向交易者说明：${shown}` })}</p>
              <p>
                <button
                  type="button"
                  className="button primary"
                  disabled={changing.isPending}
                  onClick={() => changing.mutate(null)}
                >
                  {say({ en: "Resume intake", zh: "恢复接收" })}
                </button>
              </p>
            </>
          ) : (
            <>
              <p>
                <span className="tag">{say({ en: "open", zh: "接收中" })}</span>{" "}
                {say({
                  en: "Orders are taken. While intake is paused, orders in the book stay, and can be taken back until the cut-off.",
                  zh: "正在接收报单。暂停期间，订单簿中的报单仍然有效，截止前可以撤回。",
                })}
              </p>
              <details className="stack">
                <summary>{say({ en: "Pause intake", zh: "暂停接收" })}</summary>
                <form
                  className="stack"
                  onSubmit={(event) => {
                    event.preventDefault();
                    changing.mutate(said);
                  }}
                >
                  <Field label={{ en: "Reason, for traders who read English", zh: "原因（英文，供英文读者）" }}>
                    <input
                      lang="en"
                      value={reason.en}
                      maxLength={LONGEST}
                      onChange={({ target }) => setReason({ ...reason, en: target.value })}
                    />
                  </Field>
                  <Field label={{ en: "Reason, for traders who read Chinese", zh: "原因（中文）" }}>
                    <input
                      lang="zh-CN"
                      value={reason.zh}
                      maxLength={LONGEST}
                      onChange={({ target }) => setReason({ ...reason, zh: target.value })}
                    />
                  </Field>
                  <p className="row">
                    <button
                      type="submit"
                      className="button primary"
                      disabled={changing.isPending || !said.en || !said.zh}
                    >
                      {say({ en: "Pause with this reason", zh: "以此原因暂停" })}
                    </button>
                    {(!said.en || !said.zh) && (
                      <span className="soft">
                        {say({ en: "Both reasons are needed.", zh: "两种语言的原因均须填写。" })}
                      </span>
                    )}
                  </p>
                </form>
              </details>
            </>
          )
        }
      </Asked>
      {changing.isError && <Failed error={changing.error} />}
    </section>
  );
}
