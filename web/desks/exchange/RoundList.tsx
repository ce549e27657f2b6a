import { Link } from "@tanstack/react-router";
import type { RoundPage } from "../../../sdk/operator/answers.ts";
import { Asked, type Column, Empty, Figure, Listing, Pages, Table, usePages } from "../../design/index.ts";
import { MATCHING_WORDS, ROUND_WORDS, termOf } from "../../market/roundWords.ts";
import { useOperator } from "../../operator/index.ts";
import { unbroken, useFormat, useWords } from "../../words/index.ts";
import { useZoneNames } from "../useZoneNames.ts";

type Round = RoundPage["rounds"][number];
type Skipped = Round["skipped"][number];

const ROWS = 20;

/** Rounds of all zones and days, the latest first, and under them what the chain left out of them and why. */
export function RoundList() {
  const say = useWords();
  const { count, mwh } = useFormat();
  const zoneName = useZoneNames();
  const pages = usePages();
  const asked = { limit: String(ROWS), ...(pages.after === null ? {} : { cursor: pages.after }) };
  const query = useOperator<RoundPage>(`/rounds?${new URLSearchParams(asked)}`);
  const number = ({ round, zone, date }: Round) => (
    <Link to="/market/$zone/$date" params={{ zone: String(zone), date }}>
      {say({ en: `Round ${round}`, zh: `第 ${round} 轮` })}
    </Link>
  );
  const state = ({ state }: Round) => <span className="tag">{say(ROUND_WORDS[state])}</span>;
  const columns: Column<Round>[] = [
    { title: { en: "Round", zh: "轮次" }, cell: number },
    { title: { en: "Delivery day", zh: "交割日" }, cell: ({ date }) => unbroken(date) },
    { title: { en: "Zone", zh: "分区" }, cell: ({ zone }) => zoneName(zone) },
    { title: { en: "Matching", zh: "方式" }, cell: ({ matching }) => say(MATCHING_WORDS[matching]) },
    { title: { en: "Payment", zh: "付款" }, cell: ({ paymentDays }) => say(termOf(paymentDays)) },
    { title: { en: "State", zh: "状态" }, cell: state },
    { title: { en: "MWh", zh: "MWh" }, kind: "num", cell: ({ energyWh }) => mwh(BigInt(energyWh)).number },
    { title: { en: "On chain", zh: "已上链" }, kind: "num", cell: ({ trades }) => count(trades.length) },
    { title: { en: "Waiting", zh: "待上链" }, kind: "num", cell: ({ waiting }) => count(waiting) },
    { title: { en: "Skipped", zh: "跳过" }, kind: "num", cell: ({ skipped }) => count(skipped.length) },
  ];
  return (
    <Asked query={query}>
      {({ rounds, next }) => (
        <>
          {rounds.length === 0 ? (
            <Empty>
              {say({
                en: "No round was cleared yet: one appears here with the first match or cut-off.",
                zh: "尚无出清轮次：首次撮合或截止后将显示于此。",
              })}
            </Empty>
          ) : (
            <Listing
              label={{ en: "Rounds", zh: "出清轮次" }}
              columns={columns}
              rows={rounds}
              keyOf={({ round }) => round}
              lines={(round) => ({
                first: [
                  <>
                    {number(round)} {state(round)}
                  </>,
                  <Figure key="energy" amount={mwh(BigInt(round.energyWh))} />,
                ],
                second: [
                  <>
                    {unbroken(round.date)} {zoneName(round.zone)}
                  </>,
                  say({
                    en: `${count(round.trades.length)} on chain, ${count(round.skipped.length)} skipped`,
                    zh: `上链 ${count(round.trades.length)}，跳过 ${count(round.skipped.length)}`,
                  }),
                ],
              })}
            />
          )}
          {rounds
            .filter(({ skipped }) => skipped.length > 0)
            .map(({ round, skipped }) => (
              <details key={round}>
                <summary>
                  {say({
                    en: `What the chain left out of round ${round}: ${count(skipped.length)}`,
                    zh: `第 ${round} 轮被链跳过 ${count(skipped.length)} 笔`,
                  })}
                </summary>
                <SkippedList round={round} skipped={skipped} />
              </details>
            ))}
          <Pages pages={pages} endCursor={next} hasNextPage={next !== null} />
        </>
      )}
    </Asked>
  );
}

function SkippedList({ round, skipped }: { round: number; skipped: readonly Skipped[] }) {
  const order = (hash: string) => (
    <Link to="/orders/$hash" params={{ hash }} className="mono">{`${hash.slice(0, 10)}…`}</Link>
  );
  const columns: Column<Skipped>[] = [
    { title: { en: "Sale", zh: "卖单" }, cell: ({ sellOrder }) => order(sellOrder) },
    { title: { en: "Purchase", zh: "买单" }, cell: ({ buyOrder }) => order(buyOrder) },
    { title: { en: "Why", zh: "原因" }, kind: "text", cell: ({ sentence }) => sentence },
  ];
  return (
    <Table
      label={{ en: `Skipped of round ${round}`, zh: `第 ${round} 轮跳过的成交` }}
      columns={columns}
      rows={skipped}
      keyOf={({ sellOrder, buyOrder }) => `${sellOrder} ${buyOrder}`}
    />
  );
}
