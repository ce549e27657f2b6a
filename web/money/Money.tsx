import type { UseQueryResult } from "@tanstack/react-query";
import { Amounts, Asked, Figure, Loading } from "../design/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { CheckedMark } from "../records/CheckedMark.tsx";
import { useComparison } from "../records/useComparison.ts";
import { Who } from "../records/Who.tsx";
import { Mine, Send } from "../wallets/index.ts";
import { type Sentence, useFormat, useWords } from "../words/index.ts";
import { Entries } from "./Entries.tsx";
import { MarginCard } from "./Margin.tsx";
import type { MoneyOnChain, Notary } from "./moneyCheck.ts";
import { MONEY, type MoneyAnswer } from "./moneyQuery.ts";
import { Pay } from "./Pay.tsx";

const TITLE: Sentence = { en: "Money", zh: "资金" };

/** What a participant has, what of it is held and why, and what came and went. */
export function MoneyScreen() {
  return <Mine title={TITLE}>{(participant) => <Money participant={participant} />}</Mine>;
}

function Money({ participant }: { participant: number }) {
  const say = useWords();
  const query = useIndexed(MONEY, { id: participant });
  return (
    <>
      <h1>{say(TITLE)}</h1>
      <Asked query={query}>{(answer) => <Known answer={answer} participant={participant} />}</Asked>
    </>
  );
}

function Known({ answer: data, participant }: { answer: MoneyAnswer; participant: number }) {
  const indexBlock = blockOf(data);
  const { depositAccount: account, depositHolds, margin } = data;
  const said = { account, holds: depositHolds.items, margin };
  const onChain = useComparison(
    ["money", participant, said],
    async (platform) => (await import("./moneyCheck.ts")).readMoney(platform, participant, said),
    { indexBlock },
  );
  return (
    <>
      <CheckedMark check={onChain} indexBlock={indexBlock} />
      <Account answer={data} onChain={onChain} />
      <div className="columns">
        <Holds onChain={onChain.data} />
        <MarginCard participant={participant} onChain={onChain.data} said={data.margin} />
      </div>
      <Pay freeFen={onChain.data?.freeFen} />
      <Entries answer={data} of={participant} />
    </>
  );
}

function Account({ answer, onChain }: { answer: MoneyAnswer; onChain: UseQueryResult<MoneyOnChain> }) {
  const say = useWords();
  const { yuan } = useFormat();
  const account = answer.depositAccount;
  const fen = (text: string | undefined) => yuan(BigInt(text ?? 0));
  return (
    <>
      <Amounts
        label={{ en: "Deposits", zh: "存款" }}
        figures={[
          [{ en: "Balance", zh: "余额" }, fen(account?.balanceFen)],
          [{ en: "Held", zh: "冻结款项" }, fen(account?.heldFen)],
          [{ en: "Free", zh: "可用" }, onChain.data === undefined ? undefined : yuan(onChain.data.freeFen)],
          [{ en: "Margin", zh: "交易保证金" }, fen(answer.margin?.lockedFen)],
        ]}
      />
      <p>
        {account?.bankId == null ? (
          say({
            en: "No bank keeps an account for this participant yet: ask a settlement bank to open one.",
            zh: "尚无银行为该参与方开立账户：请向结算银行申请开户。",
          })
        ) : (
          <>
            {say({ en: "The account is kept by ", zh: "开户银行为 " })}
            <Who id={account.bankId} />
            {say({ en: ", a settlement bank: deposits are a claim on it.", zh: "（结算银行）：存款是对该行的债权。" })}
          </>
        )}
      </p>
      {account?.frozen === true && (
        <p className="note warn">
          {say({
            en: "The deposits are frozen: what is held can still be paid out of; ask the compliance officer for the reason.",
            zh: "存款已被冻结：已冻结款项仍可用于支付；请向合规员了解原因。",
          })}
        </p>
      )}
    </>
  );
}

const REASONS: Record<Notary, { title: Sentence; what: Sentence }> = {
  TradeEscrow: {
    title: { en: "Trades and margin", zh: "交易与交易保证金" },
    what: {
      en: "what open trades cost, bonds, and margin for rounds",
      zh: "未结算交易款项、履约保证金及集中交易的交易保证金",
    },
  },
  DebtLedger: {
    title: { en: "Debts", zh: "债务" },
    what: { en: "repayments of debts that are divided into receivables", zh: "已设立应收账款的债务还款" },
  },
  FinancingDesk: {
    title: { en: "Financing", zh: "融资" },
    what: { en: "bids for receivables", zh: "对应收账款的报价" },
  },
};

/** Each contract that may hold money, how much it holds, and for what. */
function Holds({ onChain }: { onChain: MoneyOnChain | undefined }) {
  const say = useWords();
  const { yuan } = useFormat();
  const notaries = Object.keys(REASONS) as Notary[];
  return (
    <section className="card stack">
      <h2>{say({ en: "Held, by reason", zh: "冻结款项（按用途）" })}</h2>
      {onChain === undefined ? (
        <Loading />
      ) : (
        <ul className="stack">
          {notaries.map((notary) => {
            const { title, what } = REASONS[notary];
            const { isAllowed, heldFen } = onChain.holds[notary];
            return (
              <li key={notary} className="stack">
                <div className="row between">
                  <strong>{say(title)}</strong>
                  <Figure amount={yuan(heldFen)} />
                </div>
                <small>{say(what)}</small>
                {!isAllowed && (
                  <div>
                    <Send
                      isSmall
                      title={{ en: `Allow: ${title.en}`, zh: `允许冻结：${title.zh}` }}
                      call={async (platform) => (await import("../../sdk/money/deposits.ts")).optIn(platform, notary)}
                    >
                      <p>
                        {say({
                          en: `Lets the contract ${notary} hold deposits of this account: ${what.en}. Without that, nothing of the kind can be done.`,
                          zh: `允许合约 ${notary} 冻结本账户存款，用于：${what.zh}。未经允许不能办理此类业务。`,
                        })}
                      </p>
                    </Send>
                  </div>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
