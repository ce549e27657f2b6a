import { Link } from "@tanstack/react-router";
import { Amounts, Asked, Empty, type Fact, Facts, Figure, StageLine, Titled } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { CheckedMark } from "../records/CheckedMark.tsx";
import { Transaction } from "../records/LifeLine.tsx";
import { useComparison } from "../records/useComparison.ts";
import { Who } from "../records/Who.tsx";
import { debtCodeWords, debtStatusWords } from "../records/words.ts";
import { Send, useWallet } from "../wallets/index.ts";
import { time, unbroken, useFormat, useWords } from "../words/index.ts";
import { Arbitrate } from "./Arbitrate.tsx";
import { DEBT, type Debt, type DebtAnswer } from "./debtQuery.ts";
import { lifeOfDebt } from "./lifeOfDebt.ts";

/** One debt: its life line, its money, what it comes from, and what it rests on. */
export function DebtRecord({ id }: { id: string }) {
  const say = useWords();
  const isNumber = /^\d{1,18}$/.test(id);
  const query = useIndexed(DEBT, { id }, { enabled: isNumber });
  const none = (
    <Empty>
      {say({
        en: "The index knows no such debt: compare the number; a debt appears here once its block is indexed.",
        zh: "索引中没有该债务：请核对编号；债务所在区块入索引后将显示于此。",
      })}
    </Empty>
  );
  return (
    <Titled title={{ en: `Debt ${id}`, zh: `债务 ${id}` }}>
      {isNumber ? (
        <Asked query={query}>
          {(answer) => (answer.debt === null ? none : <Known debt={answer.debt} answer={answer} />)}
        </Asked>
      ) : (
        none
      )}
    </Titled>
  );
}

function Known({ debt, answer }: { debt: Debt; answer: DebtAnswer }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [now, wallet, indexBlock] = [useChainNow(), useWallet(), blockOf(answer)];
  const check = useComparison(
    ["debt", debt.id, debt],
    async (platform) => (await import("./debtCheck.ts")).checkDebts(platform, [debt]),
    { indexBlock },
  );
  const state = check.data?.debts.get(debt.id);
  const fen = (text: string) => yuan(BigInt(text));
  const canDeclare =
    debt.status === "outstanding" && state !== undefined && now !== undefined && now >= state.defaultsAt;
  return (
    <>
      <p>
        <span className="tag">{say(debtStatusWords(debt.status))}</span> <Who id={debt.debtorId} />
        {say({ en: " owes ", zh: " 应付 " })}
        <Who id={debt.creditorId} />
        {say({ en: `, ${debtCodeWords(debt.code).en}`, zh: `，${debtCodeWords(debt.code).zh}` })}
      </p>
      <CheckedMark check={check} indexBlock={indexBlock} />
      {now !== undefined && (
        <section className="card">
          <StageLine steps={lifeOfDebt(debt, state, now)} />
        </section>
      )}
      <Amounts
        label={{ en: "Money", zh: "金额" }}
        figures={[
          [{ en: "Owed", zh: "债务金额" }, fen(debt.amountFen)],
          [{ en: "Paid", zh: "已付" }, fen(debt.paidFen)],
          [{ en: "Never owed", zh: "已冲减" }, fen(debt.reducedFen)],
          [{ en: "Unpaid now", zh: "现未付" }, state && yuan(state.unpaidFen)],
          [{ en: "Late fee due now", zh: "现应付逾期费" }, state && yuan(state.lateFeeFen)],
          [{ en: "Late fee paid", zh: "已付逾期费" }, fen(debt.lateFeePaidFen)],
        ]}
      />
      <Rests debt={debt} />
      {canDeclare && wallet !== undefined && (
        <p>
          <Send
            title={{ en: "Declare the default", zh: "宣告违约" }}
            call={async (platform) =>
              (await import("../../sdk/debts/declareDefault.ts")).declareDefault(platform, BigInt(debt.id))
            }
          >
            <p>
              {say({
                en: `Debt ${debt.id} is recorded as in default. Anybody may state this; until it has paid, its debtor gets no new receivables.`,
                zh: `债务 ${debt.id} 将记为违约。任何人均可宣告；债务人还清前不能再有新的应收账款。`,
              })}
            </p>
          </Send>
        </p>
      )}
      <Arbitrate debt={debt} state={state} />
      <Payments debt={debt} />
    </>
  );
}

/** What the debt comes from, and the documents that what was done about it rests on. */
function Rests({ debt }: { debt: Debt }) {
  const say = useWords();
  const rows: Fact[] = [
    [
      { en: "Comes from", zh: "来源" },
      debt.tradeId === null ? (
        <Transaction key="tx" hash={debt.postedTx} />
      ) : (
        <Link key="trade" to="/trades/$id" params={{ id: debt.tradeId }}>
          {say({ en: `trade ${debt.tradeId}`, zh: `交易 ${debt.tradeId}` })}
        </Link>
      ),
    ],
    [{ en: "Due day", zh: "到期日" }, unbroken(debt.dueDate)],
  ];
  if (debt.receivableId !== null)
    rows.push([
      { en: "Divided into", zh: "已拆分为" },
      <Link key="claim" to="/receivables/$id" params={{ id: debt.receivableId }}>
        {say({ en: `receivable ${debt.receivableId}`, zh: `应收账款 ${debt.receivableId}` })}
      </Link>,
    ]);
  if (debt.defaultedTx !== null)
    rows.push([{ en: "Default declared", zh: "宣告违约" }, <Transaction key="default" hash={debt.defaultedTx} />]);
  if (debt.recovererId !== null)
    rows.push(
      [{ en: "Pursued by", zh: "追偿方" }, <Who key="who" id={debt.recovererId} />],
      [{ en: "Hash of the pursuit's file", zh: "追偿文件哈希" }, <code key="hash">{debt.recoveryEvidenceHash}</code>],
    );
  if (debt.writtenOffTx !== null)
    rows.push(
      [{ en: "Written off", zh: "核销" }, <Transaction key="off" hash={debt.writtenOffTx} />],
      [{ en: "Hash of its file", zh: "核销文件哈希" }, <code key="off hash">{debt.writeOffEvidenceHash}</code>],
    );
  return (
    <section className="card stack">
      <h2>{say({ en: "What it rests on", zh: "依据" })}</h2>
      <Facts rows={rows} />
    </section>
  );
}

function Payments({ debt }: { debt: Debt }) {
  const say = useWords();
  const { yuan } = useFormat();
  const payments = debt.payments?.items ?? [];
  if (payments.length === 0) return null;
  return (
    <section className="card stack">
      <h2>{say({ en: "Payments", zh: "付款" })}</h2>
      <ul className="stack">
        {payments.map(({ id, way, againstId, amountFen, lateFeeFen, paidAt, paidTx }) => (
          <li key={id}>
            {way === "paid"
              ? say({ en: "Paid ", zh: "支付 " })
              : say({ en: `Set off against debt ${againstId}: `, zh: `与债务 ${againstId} 互抵：` })}
            <Figure amount={yuan(BigInt(amountFen))} />
            {lateFeeFen !== "0" && (
              <>
                {say({ en: ", and late fee ", zh: "，另付逾期费 " })}
                <Figure amount={yuan(BigInt(lateFeeFen))} />
              </>
            )}{" "}
            <span className="unbroken">{time(BigInt(paidAt))}</span> <Transaction hash={paidTx} />
          </li>
        ))}
      </ul>
    </section>
  );
}
