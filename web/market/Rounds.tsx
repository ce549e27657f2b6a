import type { RoundPage } from "../../sdk/operator/answers.ts";
import { type Column, Empty, Failed, Loading, Table } from "../design/index.ts";
import { useOperator } from "../operator/index.ts";
import { useFormat, useWords } from "../words/index.ts";
import { MATCHING_WORDS, ROUND_WORDS, termOf } from "./roundWords.ts";

type Round = RoundPage["rounds"][number];

/** What was cleared for the day, round by round. */
export function Rounds({ zone, date }: { zone: number; date: string }) {
  const say = useWords();
  const { mwh, count } = useFormat();
  const { data, error, refetch } = useOperator<RoundPage>(`/rounds/${zone}/${date}`);
  const columns: Column<Round>[] = [
    { title: { en: "Round", zh: "轮次" }, cell: ({ round }) => count(round) },
    { title: { en: "Matching", zh: "方式" }, cell: ({ matching }) => say(MATCHING_WORDS[matching]) },
    { title: { en: "Payment", zh: "付款" }, cell: ({ paymentDays }) => say(termOf(paymentDays)) },
    { title: { en: "State", zh: "状态" }, cell: ({ state }) => say(ROUND_WORDS[state]) },
    { title: { en: "MWh", zh: "MWh" }, kind: "num", cell: ({ energyWh }) => mwh(BigInt(energyWh)).number },
    { title: { en: "Trades", zh: "成交笔数" }, kind: "num", cell: ({ trades }) => count(trades.length) },
    { title: { en: "Skipped", zh: "跳过" }, kind: "num", cell: ({ skipped }) => count(skipped.length) },
  ];
  return (
    <section className="card stack">
      <h2>{say({ en: "Rounds", zh: "出清轮次" })}</h2>
      {error !== null && data === undefined && <Failed error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Loading />}
      {data?.rounds.length === 0 && (
        <Empty>{say({ en: "No round was cleared for this day.", zh: "该日尚未进行出清。" })}</Empty>
      )}
      {data !== undefined && data.rounds.length > 0 && (
        <Table
          label={{ en: "Rounds", zh: "出清轮次" }}
          columns={columns}
          rows={data.rounds}
          keyOf={({ round, paymentDays, matching }) => `${round} ${paymentDays} ${matching}`}
        />
      )}
    </section>
  );
}
