import { Link } from "@tanstack/react-router";
import { Amounts, type Column, Empty, Failed, Figure, Listing, Loading, Mark } from "../design/index.ts";
import { Differences } from "../records/Compared.tsx";
import { debtCodeWords, debtStatusWords, TRADE_STATUS_WORDS } from "../records/words.ts";
import { type Amount, type Sentence, unbroken, useFormat, useWords } from "../words/index.ts";
import { compareStatement, type RangeStatement, type StatementLine, type Totals } from "./compareStatement.ts";
import { type Range, statementPath, useStatement } from "./useStatement.ts";

/** A statement of some days: totals, by day and by meter, line by line, compared with the index. */
export function Statement({ participant, range }: { participant: number; range: Range }) {
  const { stated, indexed } = useStatement(participant, range);
  const say = useWords();
  if (stated.data === undefined)
    return stated.isPending ? <Loading /> : <Failed error={stated.error} retry={() => void stated.refetch()} />;
  const statement = stated.data;
  return (
    <>
      <p className="row between">
        <span className="tag">
          {say(
            statement.isFinal
              ? { en: "all trades have ended", zh: "各笔交易均已了结" }
              : { en: "some trades are still open", zh: "尚有未了结的交易" },
          )}
        </span>
        <a className="button s no-print" href={`/api${statementPath(participant, range, "csv")}`} download>
          {say({ en: "Download as CSV", zh: "下载 CSV" })}
        </a>
      </p>
      {indexed.data === undefined ? (
        indexed.isError && <Failed error={indexed.error} retry={() => void indexed.refetch()} />
      ) : (
        <ComparedStatement statement={statement} indexed={indexed.data} />
      )}
      {statement.days.length === 0 ? (
        <section className="card">
          <Empty>
            {say({
              en: "There is no trade of these days: choose others.",
              zh: "所选日期没有交易：请选择其他日期。",
            })}
          </Empty>
        </section>
      ) : (
        <>
          <Sums totals={statement.totals} />
          {range.from !== range.to && <Days statement={statement} />}
          {statement.meters.length > 1 && <Meters statement={statement} />}
          <Lines statement={statement} />
          {statement.debts.length > 0 && <DebtsOf statement={statement} />}
        </>
      )}
      <p className="soft">
        {say({
          en: "For information: days are cleared, months are billed. Amounts are exact to the fen; a correction of the reading comes as an entry of its own, with the differences.",
          zh: "日清单仅供参考，按月结算。金额精确到分；电量数据更正以新的条目列示差额。",
        })}
      </p>
    </>
  );
}

type Indexed = NonNullable<ReturnType<typeof useStatement>["indexed"]["data"]>;

function ComparedStatement({ statement, indexed: { rows, block } }: { statement: RangeStatement; indexed: Indexed }) {
  const differences = compareStatement(statement, rows);
  if (differences.length === 0)
    return (
      <div>
        <Mark
          trust="indexed"
          words={{ en: `agrees with the index, block ${block ?? "—"}`, zh: `与索引一致，区块 ${block ?? "—"}` }}
        />
      </div>
    );
  return (
    <Differences
      differences={differences}
      source={{ en: "the market operator", zh: "运营服务" }}
      against={{ en: "the index", zh: "索引" }}
      advice={{
        en: "The statement differs from the index: open the trades below, whose figures are checked against the chain, and report this.",
        zh: "清单与索引不符：请打开下列交易核对（其数值与链上比对），并反馈此问题。",
      }}
    />
  );
}

function Sums({ totals }: { totals: Totals }) {
  const { yuan, mwh } = useFormat();
  const money = (fen: string): Amount => yuan(BigInt(fen));
  const energy = (wh: string): Amount => mwh(BigInt(wh));
  return (
    <Amounts
      label={{ en: "Totals", zh: "合计" }}
      figures={[
        [{ en: "Delivered as seller", zh: "售出" }, energy(totals.soldWh)],
        [{ en: "Delivered as buyer", zh: "购入" }, energy(totals.boughtWh)],
        [{ en: "kWh claimable", zh: "可领取电量凭证" }, energy(totals.claimableWh)],
        [{ en: "Received", zh: "已收" }, money(totals.receivedFen)],
        [{ en: "Paid", zh: "已付" }, money(totals.paidFen)],
        [{ en: "Owed to you", zh: "应收" }, money(totals.receivableFen)],
        [{ en: "Owed by you", zh: "应付" }, money(totals.payableFen)],
        [{ en: "Net", zh: "净额" }, money(totals.netFen)],
      ]}
    />
  );
}

function useTotalsColumns<Row extends { totals: Totals }>(): Column<Row>[] {
  const { yuan, kwh } = useFormat();
  const unit = yuan(0n).unit;
  const energy = (title: Sentence, key: "soldWh" | "boughtWh"): Column<Row> => ({
    title: { en: `${title.en}, kWh`, zh: `${title.zh}（kWh）` },
    kind: "num",
    cell: ({ totals }) => kwh(BigInt(totals[key]), 3).number,
  });
  return [
    energy({ en: "Sold", zh: "售出" }, "soldWh"),
    energy({ en: "Bought", zh: "购入" }, "boughtWh"),
    {
      title: { en: `Net, ${unit}`, zh: `净额（${unit}）` },
      kind: "num",
      cell: ({ totals }) => yuan(BigInt(totals.netFen)).number,
    },
  ];
}

function Days({ statement: { days } }: { statement: RangeStatement }) {
  const say = useWords();
  const { yuan, kwh } = useFormat();
  const columns = useTotalsColumns<RangeStatement["days"][number]>();
  const link = (date: string) => (
    <Link to="/statements/$date" params={{ date }}>
      {unbroken(date)}
    </Link>
  );
  const label: Sentence = { en: "By day", zh: "按日" };
  return (
    <section className="card stack">
      <h2>{say(label)}</h2>
      <Listing
        label={label}
        columns={[{ title: { en: "Delivery day", zh: "交割日" }, cell: ({ date }) => link(date) }, ...columns]}
        rows={days}
        keyOf={({ date }) => date}
        lines={({ date, totals }) => ({
          first: [link(date), <Figure key="net" amount={yuan(BigInt(totals.netFen))} />],
          second: [
            say({ en: "sold / bought", zh: "售出／购入" }),
            `${kwh(BigInt(totals.soldWh)).number} / ${kwh(BigInt(totals.boughtWh)).number}\u00a0kWh`,
          ],
        })}
      />
    </section>
  );
}

function Meters({ statement: { meters } }: { statement: RangeStatement }) {
  const say = useWords();
  const { yuan, kwh } = useFormat();
  const columns = useTotalsColumns<RangeStatement["meters"][number]>();
  const label: Sentence = { en: "By meter", zh: "按计量点" };
  const name = (meter: string) => say({ en: `Meter ${meter}`, zh: `计量点 ${meter}` });
  return (
    <section className="card stack">
      <h2>{say(label)}</h2>
      <Listing
        label={label}
        columns={[{ title: { en: "Meter", zh: "计量点" }, cell: ({ meter }) => name(meter) }, ...columns]}
        rows={meters}
        keyOf={({ meter }) => meter}
        lines={({ meter, totals }) => ({
          first: [name(meter), <Figure key="net" amount={yuan(BigInt(totals.netFen))} />],
          second: [
            say({ en: "sold / bought", zh: "售出／购入" }),
            `${kwh(BigInt(totals.soldWh)).number} / ${kwh(BigInt(totals.boughtWh)).number}\u00a0kWh`,
          ],
        })}
      />
    </section>
  );
}

const ROLES: Record<StatementLine["role"], Sentence> = {
  seller: { en: "seller", zh: "卖方" },
  buyer: { en: "buyer", zh: "买方" },
  payee: { en: "payee", zh: "收款方" },
};

type DatedLine = StatementLine & { date: string };

function Lines({ statement: { days, participant } }: { statement: RangeStatement }) {
  const say = useWords();
  const { yuan, kwh } = useFormat();
  const rows: DatedLine[] = days.flatMap(({ date, lines }) => lines.map((line) => ({ ...line, date })));
  const net = ({ payments }: DatedLine) =>
    payments.reduce(
      (sum, { payer, payee, amountFen }) =>
        sum + (payee === participant ? BigInt(amountFen) : 0n) - (payer === participant ? BigInt(amountFen) : 0n),
      0n,
    );
  const link = ({ trade, version }: DatedLine) => (
    <>
      <Link to="/trades/$id" params={{ id: trade }}>
        {say({ en: `Trade ${trade}`, zh: `交易 ${trade}` })}
      </Link>
      {version > 0 && say({ en: ` (version ${version})`, zh: `（第 ${version} 版）` })}
    </>
  );
  const state = ({ state: name }: DatedLine) => say(TRADE_STATUS_WORDS[name] ?? { en: name, zh: name });
  const energy = (wh: string | null) => (wh === null ? "—" : kwh(BigInt(wh), 3).number);
  const columns: Column<DatedLine>[] = [
    { title: { en: "Trade", zh: "交易" }, cell: link },
    { title: { en: "Delivery day", zh: "交割日" }, cell: ({ date }) => unbroken(date) },
    { title: { en: "As", zh: "身份" }, cell: ({ role }) => say(ROLES[role]) },
    { title: { en: "State", zh: "状态" }, cell: state },
    { title: { en: "Meters", zh: "计量点" }, cell: ({ sellerMeter, buyerMeter }) => `${sellerMeter} → ${buyerMeter}` },
    { title: { en: "Contracted, kWh", zh: "合约（kWh）" }, kind: "num", cell: (row) => energy(row.contractedWh) },
    { title: { en: "Delivered, kWh", zh: "交付（kWh）" }, kind: "num", cell: (row) => energy(row.deliveredWh) },
    { title: { en: "Deviation, kWh", zh: "偏差（kWh）" }, kind: "num", cell: (row) => energy(row.deviationWh) },
    {
      title: { en: `Net, ${yuan(0n).unit}`, zh: `净额（${yuan(0n).unit}）` },
      kind: "num",
      cell: (row) => yuan(net(row)).number,
    },
  ];
  const label: Sentence = { en: "Line by line", zh: "明细" };
  return (
    <section className="card stack">
      <h2>{say(label)}</h2>
      <Listing
        label={label}
        columns={columns}
        rows={rows}
        keyOf={({ trade, version, role }) => `${trade} ${version} ${role}`}
        lines={(row) => ({
          first: [link(row), <Figure key="net" amount={yuan(net(row))} />],
          second: [
            `${say(ROLES[row.role])} · ${state(row)}`,
            `${energy(row.deliveredWh ?? row.contractedWh)}\u00a0kWh`,
          ],
        })}
      />
    </section>
  );
}

function DebtsOf({ statement: { debts, participant } }: { statement: RangeStatement }) {
  const say = useWords();
  const { yuan } = useFormat();
  return (
    <section className="card stack">
      <h2>{say({ en: "What is owed out of these trades now", zh: "这些交易目前的应付款项" })}</h2>
      <ul className="stack">
        {debts.map((debt) => (
          <li key={debt.id}>
            {say({
              en: `Debt ${debt.id}, ${debtCodeWords(debt.code).en}, ${debt.debtor === participant ? `owed to participant ${debt.creditor}` : `owed by participant ${debt.debtor}`}, due ${unbroken(debt.dueDate)}, ${debtStatusWords(debt.status).en}: `,
              zh: `债务 ${debt.id}，${debtCodeWords(debt.code).zh}，${debt.debtor === participant ? `应付参与方 ${debt.creditor}` : `参与方 ${debt.debtor} 应付`}，到期日 ${unbroken(debt.dueDate)}，${debtStatusWords(debt.status).zh}：`,
            })}
            <Figure amount={yuan(BigInt(debt.unpaidFen))} />
            {say({ en: " unpaid of ", zh: " 未付，共 " })}
            <Figure amount={yuan(BigInt(debt.amountFen))} />
            {debt.lateFeeFen !== "0" && (
              <>
                {say({ en: ", late fee ", zh: "，逾期费 " })}
                <Figure amount={yuan(BigInt(debt.lateFeeFen))} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
