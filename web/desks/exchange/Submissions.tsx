import type { SubmissionPage } from "../../../sdk/operator/answers.ts";
import { Asked, type Column, Empty, Listing, Pages, usePages } from "../../design/index.ts";
import { useOperator } from "../../operator/index.ts";
import { Transaction } from "../../records/LifeLine.tsx";
import { moment, type Sentence, useFormat, useWords } from "../../words/index.ts";

type Submission = SubmissionPage["submissions"][number];

const STATES: Record<Submission["state"], Sentence> = {
  signed: { en: "signed", zh: "已签名" },
  sent: { en: "sent", zh: "已发送" },
  sealed: { en: "in a block", zh: "已入块" },
  reverted: { en: "undone by the chain", zh: "被链回滚" },
  lost: { en: "replaced by another", zh: "被其他交易取代" },
};

const ROWS = 50;

/** The journal of what the exchange sent to the chain, the latest first. */
export function Submissions({ token }: { token: string }) {
  const say = useWords();
  const { count } = useFormat();
  const pages = usePages();
  const asked = { limit: String(ROWS), ...(pages.after === null ? {} : { cursor: pages.after }) };
  const query = useOperator<SubmissionPage>(`/submissions?${new URLSearchParams(asked)}`, { token });
  const round = (row: Submission) => say({ en: `Round ${row.round}`, zh: `第 ${row.round} 轮` });
  const state = ({ state, reason }: Submission) => (
    <>
      <span className="tag">{say(STATES[state])}</span> {reason}
    </>
  );
  const signed = ({ signedAt }: Submission) => <span className="unbroken">{moment(signedAt)}</span>;
  const columns: Column<Submission>[] = [
    { title: { en: "Number", zh: "编号" }, cell: ({ id }) => count(id) },
    { title: { en: "Round", zh: "轮次" }, cell: round },
    { title: { en: "State", zh: "状态" }, cell: state },
    { title: { en: "Transaction", zh: "链上记录" }, cell: ({ hash }) => <Transaction hash={hash} /> },
    { title: { en: "Block", zh: "区块" }, kind: "num", cell: ({ block }) => (block === null ? "—" : count(block)) },
    { title: { en: "Gas", zh: "gas" }, kind: "num", cell: ({ gasUsed }) => (gasUsed === null ? "—" : count(gasUsed)) },
    { title: { en: "Signed (Shanghai)", zh: "签名时间（北京时间）" }, cell: signed },
  ];
  return (
    <Asked query={query}>
      {({ submissions, next }) => (
        <>
          {submissions.length === 0 ? (
            <Empty>
              {say({
                en: "Nothing was sent to the chain yet: each submission of a round is written down here.",
                zh: "尚未向链提交：每轮的提交均记录于此。",
              })}
            </Empty>
          ) : (
            <Listing
              label={{ en: "Sent to the chain", zh: "上链日志" }}
              columns={columns}
              rows={submissions}
              keyOf={({ id }) => id}
              lines={(row) => ({
                first: [
                  <>
                    {round(row)} {state(row)}
                  </>,
                  <Transaction key="tx" hash={row.hash} />,
                ],
                second: [
                  signed(row),
                  row.block === null ? "—" : say({ en: `block ${count(row.block)}`, zh: `区块 ${count(row.block)}` }),
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
