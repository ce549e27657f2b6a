import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { OperatorError } from "../../../sdk/operator/ask.ts";
import { Failed, Figure } from "../../design/index.ts";
import { graphql, useIndexed } from "../../indexed/index.ts";
import { useOperator } from "../../operator/index.ts";
import { useFormat, useWords } from "../../words/index.ts";
import { isSame, type JournalEntry } from "./journal.ts";
import { type OperatorOrder, progressOf, STAGE_WORDS, STAGES } from "./stage.ts";
import type { useSigning } from "./useSigning.ts";

const TRADES = graphql(`query SettledTrades($ids: [BigInt]) {
  trades(where: { id_in: $ids, status: settled }) { items { id } }
}`);

/** An order from its signature to its settlement, in five words; only what happened is marked. */
export function OrderProgress({
  entry,
  signing,
}: {
  entry: JournalEntry;
  signing: Pick<ReturnType<typeof useSigning>, "isBusy" | "canSign" | "sendAgain" | "cancel">;
}) {
  const say = useWords();
  const { hash, order } = entry;
  const queries = useQueryClient();
  // While it is on its way, nobody there knows it.
  const { data: answer, error } = useOperator<OperatorOrder>(`/orders/${hash}`, { enabled: !signing.isBusy });
  const trades = (answer?.legs ?? []).flatMap(({ trade }) => (trade === null ? [] : [String(trade)]));
  const { data: settled } = useIndexed(TRADES, { ids: trades }, { enabled: trades.length > 0 });
  const { stage, ended } = progressOf(answer, (trade) =>
    (settled?.trades.items ?? []).some(({ id }) => id === String(trade)),
  );
  const reached = STAGES.indexOf(stage);
  const isUnknown = error instanceof OperatorError && error.status === 404;
  const readAgain = () => queries.invalidateQueries({ queryKey: ["operator", `/orders/${hash}`] });
  return (
    <div className="stack">
      <ol className="stages" aria-label={say({ en: "How far the order has come", zh: "报单进度" })}>
        {STAGES.map((name, index) => (
          <li
            key={name}
            className="stage"
            data-reached={index <= reached}
            aria-current={index === reached ? "step" : undefined}
          >
            <span aria-hidden="true">{index <= reached ? STAGE_WORDS[name].sign : "·"}</span>{" "}
            {say(STAGE_WORDS[name].words)}
          </li>
        ))}
      </ol>
      {ended !== undefined && <p className="note">{say(ended)}</p>}
      {answer !== undefined && <Filled answer={answer} />}
      {answer !== undefined && !isSame(order, answer) && <Differs order={order} answer={answer} />}
      {error !== null && !isUnknown && <Failed error={error} retry={readAgain} />}
      <p className="soft">
        <Link to="/orders/$hash" params={{ hash }}>
          <code>{hash}</code>
        </Link>
      </p>
      <div className="row no-print">
        {isUnknown && (
          <button
            type="button"
            className="button s"
            disabled={signing.isBusy}
            onClick={async () => {
              await signing.sendAgain(entry);
              await readAgain();
            }}
          >
            {say({ en: "Hand in again", zh: "重新提交" })}
          </button>
        )}
        {answer?.state === "open" && (
          <button
            type="button"
            className="button s"
            disabled={signing.isBusy || !signing.canSign}
            onClick={async () => {
              await signing.cancel(entry);
              await readAgain();
            }}
          >
            {say({ en: "Cancel the order", zh: "撤单" })}
          </button>
        )}
      </div>
    </div>
  );
}

function Filled({ answer: { filledWh, totalEnergyWh } }: { answer: OperatorOrder }) {
  const [say, format] = [useWords(), useFormat()];
  if (filledWh === "0") return null;
  return (
    <p>
      {say({ en: "Filled: ", zh: "已成交：" })}
      <Figure amount={format.mwh(BigInt(filledWh))} />
      {say({ en: " of ", zh: "／" })}
      <Figure amount={format.mwh(BigInt(totalEnergyWh))} />
    </p>
  );
}

/** What the operator shows is not what was signed: both, so that the reader sees where. */
function Differs({ order, answer }: { order: JournalEntry["order"]; answer: OperatorOrder }) {
  const [say, format] = [useWords(), useFormat()];
  return (
    <div className="note bad" role="alert">
      <p>
        {say({
          en: "The power exchange shows another order than you signed: do not rely on it, and report it with its number.",
          zh: "电力交易中心显示的报单与您签署的不同：请勿采信，并附编号反馈。",
        })}
      </p>
      <p>
        {say({ en: "You signed ", zh: "您签署：" })}
        <Figure amount={format.mwh(order.totalEnergyWh)} />, <Figure amount={format.yuan(order.totalAmountFen)} />
        {say({ en: "; it shows ", zh: "；其显示：" })}
        <Figure amount={format.mwh(BigInt(answer.totalEnergyWh))} />,{" "}
        <Figure amount={format.yuan(BigInt(answer.totalAmountFen))} />
      </p>
    </div>
  );
}
