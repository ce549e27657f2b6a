import { type UseQueryResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Alerts as Answer } from "../../sdk/operator/answers.ts";
import { parseDay } from "../../sdk/types/time.ts";
import { Failed, Loading } from "../design/index.ts";
import { type Heads, useHeads, warningsOf } from "../freshness/index.ts";
import { operatorAt } from "../operator/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import "./desks.css";

type Alert = Answer["alerts"][number];

/** What needs a person, each with what to do next: what the operator says, and how far index and node are, which only the page sees. */
export function Alerts({ query, token }: { query: UseQueryResult<Answer>; token: string }) {
  const say = useWords();
  const heads = useHeads();
  const alerts = [...behind(heads), ...(query.data?.alerts ?? [])];
  return (
    <section className="card stack">
      <h2>{say({ en: "Alerts", zh: "告警" })}</h2>
      {query.error !== null && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data !== undefined && alerts.length === 0 && (
        <p>
          <span aria-hidden="true">✓ </span>
          {say({ en: "Nothing needs a person at the moment.", zh: "目前没有需要人工处理的事项。" })}
        </p>
      )}
      <ul className="alerts" aria-live="polite">
        {alerts.map((alert) => (
          <li key={`${alert.code} ${Object.values(alert.figures).join(" ")}`} className="note warn">
            <p>
              <span aria-hidden="true">⚠ </span>
              <strong>{say(alert.sentences)}</strong>
            </p>
            <p>{say({ en: `Next: ${alert.step.en}`, zh: `下一步：${alert.step.zh}` })}</p>
            <Way alert={alert} token={token} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where it is seen to. */
function Way({ alert: { code, figures }, token }: { alert: Alert; token: string }) {
  const say = useWords();
  const { zone, date } = figures;
  if (zone === undefined || date === undefined) return null;
  return (
    <p className="row no-print">
      {code === "BookNotCleared" && <Clear zone={Number(zone)} date={String(date)} token={token} />}
      <Link to="/market/$zone/$date" params={{ zone: String(zone), date: String(date) }} className="button s">
        {say({ en: "Market of that day", zh: "查看该日行情" })}
      </Link>
    </p>
  );
}

function Clear({ zone, date, token }: { zone: number; date: string; token: string }) {
  const [say, client] = [useWords(), useQueryClient()];
  const clearing = useMutation({
    mutationFn: async () => {
      const { clearRounds } = await import("../operator/signing.ts");
      await clearRounds(operatorAt(token), zone, parseDay(date));
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["operator"] }),
  });
  return (
    <>
      <button type="button" className="button s primary" onClick={() => clearing.mutate()}>
        {say({ en: "Clear it now", zh: "立即出清" })}
      </button>
      {clearing.isError && <Failed error={clearing.error} />}
    </>
  );
}

/** The operator does not know how far the index is. */
const behind = (heads: Heads): Alert[] =>
  warningsOf(heads).map((sentences) => ({
    code: "Behind",
    sentences,
    step: SEE_TO_IT,
    figures: { service: sentences.en },
  }));

const SEE_TO_IT: Sentence = {
  en: "Look at Status, and have the people who run the service see to it if it stays so.",
  zh: "请查看运行状态页；若持续如此，请通知运维人员处理。",
};
