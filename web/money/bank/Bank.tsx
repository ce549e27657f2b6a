import { useState } from "react";
import { Amounts, Empty, Failed, fromIndex, Loading, Mark, Tabs } from "../../design/index.ts";
import { type Me, useMe } from "../../identity/index.ts";
import { blockOf, useIndexed } from "../../indexed/index.ts";
import { type Sentence, useFormat, useWords } from "../../words/index.ts";
import { BetweenBanks } from "./BetweenBanks.tsx";
import { Customers } from "./Customers.tsx";
import { Entries } from "./Entries.tsx";
import { Issue } from "./Issue.tsx";
import { Moves } from "./Moves.tsx";
import { BANK_BOOKS, type BankBooks } from "./queries.ts";

type View = "issue" | "entries" | "customers" | "moves" | "between";

const VIEWS: readonly { name: View; title: Sentence }[] = [
  { name: "issue", title: { en: "Issue", zh: "发放存款" } },
  { name: "entries", title: { en: "Issued and redeemed", zh: "发放与赎回" } },
  { name: "customers", title: { en: "Customers", zh: "客户" } },
  { name: "moves", title: { en: "Moves", zh: "转户" } },
  { name: "between", title: { en: "Between banks", zh: "跨行轧差" } },
];

/** The desk of a settlement bank: deposits in and out, customers, moves, and what banks owe each other. */
export function Bank() {
  const say = useWords();
  const me = useMe();
  return (
    <>
      <div>
        <h1>{say({ en: "Settlement bank", zh: "结算银行" })}</h1>
        <p className="soft">
          {say({
            en: "Deposits on chain are claims on the bank that keeps the account: it issues them against money received, and pays out what is redeemed.",
            zh: "链上存款是对开户银行的债权：银行凭收到的款项发放，并按赎回付款。",
          })}
        </p>
      </div>
      {me === undefined ? (
        <Empty>{say({ en: "Connect the wallet of a settlement bank.", zh: "请连接结算银行的钱包。" })}</Empty>
      ) : (
        <Desk me={me} />
      )}
    </>
  );
}

function Desk({ me }: { me: Me }) {
  const say = useWords();
  const [view, choose] = useState<View>("issue");
  const { data, error, isPending, refetch } = useIndexed(BANK_BOOKS, { me: me.participant });
  if (isPending) return <Loading />;
  if (data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  if (data.settlementBank === null)
    return (
      <Empty>
        {say({
          en: `Participant ${me.participant} is no settlement bank: the council makes a bank one by setting its cap.`,
          zh: `参与方 ${me.participant} 不是结算银行：由联盟理事会设定上限后成为结算银行。`,
        })}
      </Empty>
    );
  const isClosed = data.settlementBank.capFen === "0";
  return (
    <>
      {isClosed && (
        <p className="note warn">
          {say({
            en: "This bank is closed (its cap is 0): it issues nothing and its customers cannot redeem; their deposits still repay debts and are paid out of holds. Confirm their moves to other banks; the council opens it again by a cap.",
            zh: "本行已关闭（上限为 0）：不能发放存款，客户不能赎回；存款仍可清偿债务并用于已冻结款项的支付。请确认客户转户；由联盟理事会重新设定上限后恢复。",
          })}
        </p>
      )}
      <Position bank={data.settlementBank} />
      <section className="card">
        <Tabs label={{ en: "What to do", zh: "业务" }} tabs={VIEWS} chosen={view} choose={choose}>
          {view === "issue" && <Issue books={data} isClosed={isClosed} />}
          {view === "entries" && <Entries books={data} />}
          {view === "customers" && <Customers books={data} />}
          {view === "moves" && <Moves books={data} me={me.participant} />}
          {view === "between" && <BetweenBanks books={data} me={me.participant} />}
        </Tabs>
      </section>
      <p>
        <Mark trust="indexed" words={fromIndex(blockOf(data))} />
      </p>
    </>
  );
}

function Position({ bank }: { bank: NonNullable<BankBooks["settlementBank"]> }) {
  const { yuan } = useFormat();
  const [position, deposits] = [BigInt(bank.positionFen), BigInt(bank.depositsFen)];
  const owed = deposits - position;
  const figures: [Sentence, bigint][] = [
    [{ en: "Position: money for deposits", zh: "头寸" }, position],
    [{ en: "Deposits of customers", zh: "客户存款" }, deposits],
    owed >= 0n
      ? [{ en: "Other banks owe it", zh: "他行应付本行" }, owed]
      : [{ en: "It owes other banks", zh: "本行应付他行" }, -owed],
    [{ en: "Cap", zh: "上限" }, BigInt(bank.capFen)],
  ];
  return <Amounts label={{ en: "Books", zh: "账簿" }} figures={figures.map(([title, fen]) => [title, yuan(fen)])} />;
}
