import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type Column, Empty, Failed, Figure, fromIndex, Listing, Loading, Mark } from "../design/index.ts";
import { type Sentence, unbroken, useFormat, useWords } from "../words/index.ts";
import type { ListedTrade } from "./tradeQueries.ts";
import { type TradeFilter, useTrades } from "./useTrades.ts";
import { TRADE_STATUS_WORDS } from "./words.ts";

interface TradeListProps {
  where: TradeFilter | undefined;
  /** Whose side of each trade is said; undefined where the list is nobody's. */
  of?: number | undefined;
  /** Where there is none: what to do about it. */
  empty: ReactNode;
}

/** Trades, latest first: id, date and state, kWh and money. */
export function TradeList({ where, of, empty }: TradeListProps) {
  const say = useWords();
  const { yuan, kwh, count } = useFormat();
  const { data, error, isPending, refetch } = useTrades(where);
  if (isPending) return <Loading />;
  if (data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  if (data.rows.length === 0) return <Empty>{empty}</Empty>;
  const link = ({ id }: ListedTrade) => (
    <Link to="/trades/$id" params={{ id }}>
      {say({ en: `Trade ${id}`, zh: `交易 ${id}` })}
    </Link>
  );
  const state = ({ status }: ListedTrade) => (
    <span className="tag">{say(TRADE_STATUS_WORDS[status] ?? { en: status, zh: status })}</span>
  );
  const energy = ({ deliveredWh, contractedWh }: ListedTrade) => kwh(BigInt(deliveredWh ?? contractedWh), 3);
  const money = ({ energyFen, contractedEnergyFen }: ListedTrade) => yuan(BigInt(energyFen ?? contractedEnergyFen));
  const columns: Column<ListedTrade>[] = [
    { title: { en: "Trade", zh: "交易" }, cell: link },
    { title: { en: "Delivery day", zh: "交割日" }, cell: ({ date }) => unbroken(date) },
    { title: { en: "State", zh: "状态" }, cell: state },
    { title: { en: "Part", zh: "角色" }, cell: (row) => say(partOf(row, of)) },
    {
      title: { en: "Contracted, kWh", zh: "合约（kWh）" },
      kind: "num",
      cell: (row) => kwh(BigInt(row.contractedWh), 3).number,
    },
    {
      title: { en: "Delivered, kWh", zh: "交付（kWh）" },
      kind: "num",
      cell: ({ deliveredWh }) => (deliveredWh === null ? "—" : kwh(BigInt(deliveredWh), 3).number),
    },
    {
      title: { en: `Energy amount, ${yuan(0n).unit}`, zh: `电费（${yuan(0n).unit}）` },
      kind: "num",
      cell: (row) => money(row).number,
    },
  ];
  const shown = data.rows.length;
  return (
    <div className="stack">
      <p className="row between">
        <Mark trust="indexed" words={fromIndex(data.block)} />
        <span className="soft">
          {shown === data.totalCount
            ? say({ en: shown === 1 ? "1 trade" : `${count(shown)} trades`, zh: `共 ${count(shown)} 笔` })
            : say({
                en: `The latest ${count(shown)} of ${count(data.totalCount)}: choose a day for others`,
                zh: `最近 ${count(shown)} 笔，共 ${count(data.totalCount)} 笔：其余请选择日期`,
              })}
        </span>
      </p>
      <Listing
        label={{ en: "Trades", zh: "交易" }}
        columns={columns}
        rows={data.rows}
        keyOf={({ id }) => id}
        lines={(row) => ({
          first: [
            <>
              {link(row)} {say(partOf(row, of))}
            </>,
            <Figure key="energy" amount={energy(row)} />,
          ],
          second: [
            <>
              {unbroken(row.date)} {state(row)}
            </>,
            <Figure key="money" amount={money(row)} />,
          ],
        })}
      />
    </div>
  );
}

function partOf({ sellerId, buyerId }: ListedTrade, of: number | undefined): Sentence {
  if (of === sellerId) return { en: `sells to ${buyerId}`, zh: `售予参与方 ${buyerId}` };
  if (of === buyerId) return { en: `buys from ${sellerId}`, zh: `购自参与方 ${sellerId}` };
  return { en: `${sellerId} to ${buyerId}`, zh: `${sellerId} 至 ${buyerId}` };
}
