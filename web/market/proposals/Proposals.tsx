import { Link } from "@tanstack/react-router";
import type { Proposal, ProposalPage } from "../../../sdk/operator/answers.ts";
import { Asked, type Column, Empty, Figure, Listing } from "../../design/index.ts";
import { useOperator } from "../../operator/index.ts";
import { Mine, useWallet } from "../../wallets/index.ts";
import { type Sentence, unbroken, useFormat, useWords } from "../../words/index.ts";
import { waitsFor } from "./waitsFor.ts";

const TITLE: Sentence = { en: "Bilateral proposals", zh: "双边提案" };

/** Bilateral trades that the connected account is a party of and that have not expired: those that wait for its signature first. */
export function Proposals() {
  const say = useWords();
  const wallet = useWallet();
  return (
    <Mine title={TITLE}>
      {() => (
        <>
          <div className="row between">
            <h1>{say(TITLE)}</h1>
            <Link to="/proposals/new" className="button primary no-print">
              {say({ en: "Propose a trade", zh: "发起双边提案" })}
            </Link>
          </div>
          {wallet !== undefined && <List account={wallet.account.toLowerCase()} />}
        </>
      )}
    </Mine>
  );
}

function List({ account }: { account: string }) {
  const say = useWords();
  const { mwh, yuan } = useFormat();
  const query = useOperator<ProposalPage>(`/proposals?${new URLSearchParams({ party: account, limit: "500" })}`);
  const link = (proposal: Proposal) => (
    <Link to="/proposals/$hash" params={{ hash: proposal.hash }} className="mono">
      {`${proposal.hash.slice(0, 10)}…`}
    </Link>
  );
  const isSale = (proposal: Proposal) => proposal.trade.seller.toLowerCase() === account;
  const part = (proposal: Proposal) =>
    say(isSale(proposal) ? { en: "you sell", zh: "您售出" } : { en: "you buy", zh: "您购入" });
  const energy = ({ trade }: Proposal) => mwh(BigInt(trade.totalEnergyWh));
  const money = ({ trade }: Proposal) => yuan(BigInt(trade.totalAmountFen));
  const state = (proposal: Proposal) => <span className="tag">{say(waitsFor(proposal, account))}</span>;
  const columns: Column<Proposal>[] = [
    { title: { en: "Proposal", zh: "提案" }, cell: link },
    { title: { en: "Delivery day", zh: "交割日" }, cell: ({ trade }) => unbroken(trade.date) },
    { title: { en: "Part", zh: "角色" }, cell: part },
    { title: { en: "State", zh: "状态" }, cell: state },
    { title: { en: "Energy", zh: "电量" }, kind: "num", cell: (row) => <Figure amount={energy(row)} /> },
    { title: { en: "Amount", zh: "金额" }, kind: "num", cell: (row) => <Figure amount={money(row)} /> },
  ];
  return (
    <section className="card">
      <Asked query={query}>
        {({ proposals }) =>
          proposals.length === 0 ? (
            <Empty>
              {say({
                en: "No proposal waits: propose a trade to a party whose meter you know; what is proposed to you appears here.",
                zh: "没有待处理的提案：可向已知计量点的对方发起提案；对方的提案也会显示于此。",
              })}
            </Empty>
          ) : (
            <Listing
              label={TITLE}
              columns={columns}
              rows={proposals.toSorted((a, b) => rank(a, account) - rank(b, account))}
              keyOf={({ hash }) => hash}
              lines={(row) => ({
                first: [
                  <>
                    {link(row)} {part(row)}
                  </>,
                  <Figure key="energy" amount={energy(row)} />,
                ],
                second: [
                  <>
                    {unbroken(row.trade.date)} {state(row)}
                  </>,
                  <Figure key="money" amount={money(row)} />,
                ],
              })}
            />
          )
        }
      </Asked>
    </section>
  );
}

const rank = (proposal: Proposal, account: string) => (waitsFor(proposal, account).isMine ? 0 : 1);
