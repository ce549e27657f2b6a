import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { DEBT_STATUSES } from "../../sdk/debts/enums.ts";
import { CLAIM_STAGES, claimStage } from "../../sdk/finance/claimStage.ts";
import { dayOf } from "../../sdk/types/time.ts";
import {
  Amounts,
  type Column,
  Dialog,
  Empty,
  Failed,
  Field,
  Figure,
  fromIndex,
  Loading,
  Mark,
  Table,
} from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { useMe } from "../identity/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { Who } from "../records/Who.tsx";
import { Send } from "../wallets/index.ts";
import { type Sentence, unbroken, useFormat, useWords, written } from "../words/index.ts";
import {
  type BankBid,
  type FinancingRow,
  type HeldUnits,
  type PledgeRow,
  POSITIONS,
  type Positions as Rows,
} from "./bankQueries.ts";
import { FinanceOff } from "./FinanceOff.tsx";
import { BID_WORDS, PLEDGE_WORDS, recourseTag } from "./words.ts";

/** What a bank holds, bid, bought and has in pledge. */
export function Positions() {
  const say = useWords();
  const me = useMe();
  return (
    <>
      <h1>{say({ en: "Positions", zh: "融资持仓" })}</h1>
      <FinanceOff />
      {me === undefined ? (
        <Empty>
          {say({
            en: "Connect the wallet of a bank or another holder to see what it holds.",
            zh: "连接银行或其他持有人的钱包以查看其持有。",
          })}
        </Empty>
      ) : (
        <Of me={me.participant} />
      )}
    </>
  );
}

function Of({ me }: { me: number }) {
  const now = useChainNow();
  const { data, error, isPending, refetch } = useIndexed(POSITIONS, { me });
  if (isPending || now === undefined) return <Loading />;
  if (data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  return (
    <>
      <Summary data={data} />
      <Units rows={data.receivableUnits.items} now={now} />
      <Bids rows={data.bids.items} today={dayOf(now)} />
      <Financings rows={data.financings.items} />
      <Pledges rows={data.encumbrances.items} />
      <p>
        <Mark trust="indexed" words={fromIndex(blockOf(data))} />
      </p>
    </>
  );
}

function Summary({ data }: { data: Rows }) {
  const { yuan } = useFormat();
  const sum = (values: readonly string[]) => values.reduce((total, value) => total + BigInt(value), 0n);
  const held = sum(data.receivableUnits.items.map(({ units }) => units));
  const bound = sum(data.bids.items.filter(({ status }) => status === "funded").map(({ heldFen }) => heldFen));
  const free = BigInt(data.depositAccount?.balanceFen ?? 0) - BigInt(data.depositAccount?.heldFen ?? 0);
  const figures: [Sentence, bigint][] = [
    [{ en: "Face value held", zh: "持有面额" }, held],
    [{ en: "Held for your bids", zh: "报价冻结资金" }, bound],
    [{ en: "Free deposits", zh: "可用存款" }, free],
  ];
  return <Amounts label={{ en: "In all", zh: "合计" }} figures={figures.map(([title, fen]) => [title, yuan(fen)])} />;
}

function Units({ rows, now }: { rows: readonly HeldUnits[]; now: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const columns: Column<HeldUnits>[] = [
    {
      title: { en: "Receivable", zh: "应收账款" },
      cell: ({ receivable }) =>
        receivable && (
          <Link to="/receivables/$id" params={{ id: receivable.id }}>
            {receivable.id}
          </Link>
        ),
    },
    { title: { en: "Held", zh: "持有" }, kind: "num", cell: ({ units }) => <Figure amount={yuan(BigInt(units))} /> },
    { title: { en: "Due", zh: "到期日" }, cell: ({ receivable }) => unbroken(receivable?.dueDate ?? "—") },
    { title: { en: "Debtor", zh: "债务人" }, cell: ({ receivable }) => <Who id={receivable?.debtorId} /> },
    { title: { en: "Stands", zh: "状态" }, cell: (row) => say(CLAIM_STAGES[stageOfUnits(row, now)]) },
  ];
  return (
    <Part
      title={{ en: "Receivables held", zh: "持有的应收账款" }}
      none={{ en: "You hold no receivable.", zh: "您未持有应收账款。" }}
      rows={rows}
      columns={columns}
      keyOf={({ receivable, holder }) => `${receivable?.id} ${holder}`}
    />
  );
}

function stageOfUnits({ receivable }: HeldUnits, now: number) {
  const debt = receivable?.debt;
  const status = DEBT_STATUSES.find((name) => name.toLowerCase() === debt?.status.toLowerCase()) ?? "Outstanding";
  const dueDay = receivable?.dueDay ?? 0;
  return claimStage(
    {
      ...{ status, dueDay, lastPaymentDay: debt?.lastPaymentDay ?? dueDay },
      standsStillUntil: Number(debt?.standsStillUntil ?? 0),
      unitsLeft: BigInt(receivable?.faceFen ?? 0) - BigInt(receivable?.collectedFen ?? 0),
    },
    now,
  );
}

function Bids({ rows, today }: { rows: readonly BankBid[]; today: number }) {
  const say = useWords();
  const { yuan, percent } = useFormat();
  const columns: Column<BankBid>[] = [
    { title: { en: "Bid", zh: "报价" }, cell: ({ id }) => id },
    {
      title: { en: "Request", zh: "申请" },
      cell: ({ requestId }) => (
        <Link to="/requests/$id" params={{ id: requestId }}>
          {requestId}
        </Link>
      ),
    },
    {
      title: { en: "Rate a year", zh: "年贴现率" },
      kind: "num",
      cell: ({ rateBp }) => <Figure amount={percent(Number(rateBp))} />,
    },
    { title: { en: "Recourse", zh: "追索权" }, cell: ({ recourse }) => say(recourseTag(recourse)) },
    {
      title: { en: "Held", zh: "冻结" },
      kind: "num",
      cell: ({ heldFen }) => <Figure amount={yuan(BigInt(heldFen))} />,
    },
    { title: { en: "Binds until", zh: "有效至" }, cell: ({ lastDate }) => unbroken(lastDate) },
    {
      title: { en: "State", zh: "状态" },
      cell: ({ status, lastDay }) =>
        say(
          status === "funded" && lastDay < today
            ? { en: "ended, money still held", zh: "已失效，资金待释放" }
            : BID_WORDS[status]!,
        ),
    },
    {
      title: { en: "Next", zh: "操作" },
      cell: ({ id, status, heldFen }) =>
        status === "funded" && (
          <Send
            title={{ en: "Free its money", zh: "释放资金" }}
            isSmall
            call={async (platform) => (await import("./calls.ts")).releaseBid(platform, BigInt(id))}
          >
            <p>
              {say({
                en: `The ${written(yuan(BigInt(heldFen)))} held for bid ${id} come back to you, once the bid no longer binds.`,
                zh: `报价 ${id} 不再有约束力后，为其冻结的 ${written(yuan(BigInt(heldFen)))} 退还我方。`,
              })}
            </p>
          </Send>
        ),
    },
  ];
  return (
    <Part
      title={{ en: "Bids", zh: "报价" }}
      none={{ en: "You have bid on nothing yet.", zh: "您尚未报价。" }}
      rows={rows}
      columns={columns}
      keyOf={({ id }) => id}
    />
  );
}

function Financings({ rows }: { rows: readonly FinancingRow[] }) {
  const say = useWords();
  const { yuan, percent } = useFormat();
  const [chosen, choose] = useState<FinancingRow>();
  const columns: Column<FinancingRow>[] = [
    { title: { en: "Financing", zh: "融资" }, cell: ({ id }) => id },
    {
      title: { en: "Receivable", zh: "应收账款" },
      cell: ({ receivableId }) => (
        <Link to="/receivables/$id" params={{ id: receivableId }}>
          {receivableId}
        </Link>
      ),
    },
    { title: { en: "From", zh: "转让方" }, cell: ({ requesterId }) => <Who id={requesterId} /> },
    { title: { en: "Units", zh: "份额" }, kind: "num", cell: ({ units }) => <Figure amount={yuan(BigInt(units))} /> },
    {
      title: { en: "Paid", zh: "支付" },
      kind: "num",
      cell: ({ paidFen }) => <Figure amount={yuan(BigInt(paidFen))} />,
    },
    {
      title: { en: "Rate a year", zh: "年贴现率" },
      kind: "num",
      cell: ({ rateBp }) => <Figure amount={percent(Number(rateBp))} />,
    },
    { title: { en: "Recourse", zh: "追索权" }, cell: ({ recourse }) => say(recourseTag(recourse)) },
    { title: { en: "Due", zh: "到期日" }, cell: ({ receivable }) => unbroken(receivable?.dueDate ?? "—") },
    {
      title: { en: "Registration number", zh: "中登登记编号" },
      cell: (row) =>
        row.registrationNumber ?? (
          <button type="button" className="button s" onClick={() => choose(row)}>
            {say({ en: "Record it", zh: "登记编号" })}
          </button>
        ),
    },
  ];
  return (
    <>
      <Part
        title={{ en: "Financed by you", zh: "我方融资" }}
        none={{ en: "No bid of yours was accepted yet.", zh: "尚无被接受的报价。" }}
        rows={rows}
        columns={columns}
        keyOf={({ id }) => id}
      />
      {chosen !== undefined && <Register financing={chosen} close={() => choose(undefined)} />}
    </>
  );
}

function Register({ financing, close }: { financing: FinancingRow; close: () => void }) {
  const say = useWords();
  const [text, setText] = useState("");
  const number = text.trim();
  const isTooLong = new TextEncoder().encode(number).length > 64;
  return (
    <Dialog title={{ en: `Financing ${financing.id}`, zh: `融资 ${financing.id}` }} close={close}>
      <Field
        label={{ en: "Registration number", zh: "中登登记编号" }}
        wrong={isTooLong ? { en: "At most 64 bytes.", zh: "不超过 64 字节。" } : undefined}
        hint={{ en: "Recorded once: compare it with the certificate.", zh: "只能登记一次：请与登记证明核对。" }}
      >
        <input value={text} onChange={({ target }) => setText(target.value)} />
      </Field>
      <p>
        <Send
          title={{ en: "Record the number", zh: "登记编号" }}
          isPrimary
          isDisabled={number === "" || isTooLong}
          done={close}
          call={async (platform) =>
            (await import("./calls.ts")).recordRegistration(platform, BigInt(financing.id), number)
          }
        >
          <p>
            {say({
              en: `Financing ${financing.id} is recorded on chain as registered under ${number}, for good.`,
              zh: `融资 ${financing.id} 将以登记编号 ${number} 记录上链，不可更改。`,
            })}
          </p>
        </Send>
      </p>
    </Dialog>
  );
}

function Pledges({ rows }: { rows: readonly PledgeRow[] }) {
  const say = useWords();
  const { yuan } = useFormat();
  const columns: Column<PledgeRow>[] = [
    { title: { en: "Pledge", zh: "质押" }, cell: ({ id }) => id },
    {
      title: { en: "Receivable", zh: "应收账款" },
      cell: ({ receivableId }) => (
        <Link to="/receivables/$id" params={{ id: receivableId }}>
          {receivableId}
        </Link>
      ),
    },
    { title: { en: "Pledged by", zh: "出质人" }, cell: ({ holderId }) => <Who id={holderId} /> },
    { title: { en: "Units", zh: "份额" }, kind: "num", cell: ({ units }) => <Figure amount={yuan(BigInt(units))} /> },
    {
      title: { en: "Paid", zh: "已受偿" },
      kind: "num",
      cell: ({ paidFen }) => <Figure amount={yuan(BigInt(paidFen))} />,
    },
    { title: { en: "State", zh: "状态" }, cell: ({ status }) => say(PLEDGE_WORDS[status]!) },
    { title: { en: "Registration number", zh: "中登登记编号" }, cell: ({ registrationNumber }) => registrationNumber },
  ];
  return (
    <Part
      title={{ en: "Pledged to you", zh: "质押予我方" }}
      none={{ en: "Nothing is pledged to you.", zh: "没有质押予您的份额。" }}
      rows={rows}
      columns={columns}
      keyOf={({ id }) => id}
    />
  );
}

interface PartProps<Row> {
  title: Sentence;
  none: Sentence;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
}

function Part<Row>({ title, none, rows, columns, keyOf }: PartProps<Row>) {
  const say = useWords();
  return (
    <section className="card stack">
      <h2>{say(title)}</h2>
      {rows.length === 0 ? (
        <p className="soft">{say(none)}</p>
      ) : (
        <Table label={title} columns={columns} rows={rows} keyOf={keyOf} />
      )}
    </section>
  );
}
