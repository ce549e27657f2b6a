import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { TradingDayPage } from "../../../sdk/operator/answers.ts";
import { type Column, Empty, Figure, Listing } from "../../design/index.ts";
import { Depth } from "../../market/Depth.tsx";
import { termOf } from "../../market/roundWords.ts";
import { unbroken, useFormat, useWords } from "../../words/index.ts";
import { useZoneNames } from "../useZoneNames.ts";

type Book = TradingDayPage["days"][number]["books"][number] & { date: string };

/** What waits in the book of each zone, day and payment term, and on the way to the chain; one of them with its depth. */
export function Books({ days }: { days: TradingDayPage["days"] }) {
  const say = useWords();
  const { count, mwh } = useFormat();
  const zoneName = useZoneNames();
  const [chosen, choose] = useState<string>();
  const [slot, setSlot] = useState<number>();
  const books: Book[] = days.flatMap(({ date, books }) => books.map((book) => ({ ...book, date })));
  const shown = books.find((book) => keyOf(book) === chosen);
  const market = ({ zone, date }: Book) => (
    <Link to="/market/$zone/$date" params={{ zone: String(zone), date }}>
      {unbroken(date)}
    </Link>
  );
  const depth = (book: Book) => (
    <button
      type="button"
      className="button s"
      aria-pressed={keyOf(book) === chosen}
      onClick={() => {
        setSlot(undefined);
        choose(keyOf(book) === chosen ? undefined : keyOf(book));
      }}
    >
      {say({ en: "Depth", zh: "深度" })}
      <span className="hidden">{` ${book.date} ${zoneName(book.zone)} ${say(termOf(book.paymentDays))}`}</span>
    </button>
  );
  const columns: Column<Book>[] = [
    { title: { en: "Delivery day", zh: "交割日" }, cell: market },
    { title: { en: "Zone", zh: "分区" }, cell: ({ zone }) => zoneName(zone) },
    { title: { en: "Payment", zh: "付款" }, cell: ({ paymentDays }) => say(termOf(paymentDays)) },
    { title: { en: "Orders to sell", zh: "卖单" }, kind: "num", cell: ({ sells }) => count(sells.orders) },
    {
      title: { en: "MWh offered", zh: "卖方电量（MWh）" },
      kind: "num",
      cell: ({ sells }) => mwh(BigInt(sells.energyWh)).number,
    },
    { title: { en: "Orders to buy", zh: "买单" }, kind: "num", cell: ({ buys }) => count(buys.orders) },
    {
      title: { en: "MWh asked for", zh: "买方电量（MWh）" },
      kind: "num",
      cell: ({ buys }) => mwh(BigInt(buys.energyWh)).number,
    },
    { title: { en: "Trades to open", zh: "待上链笔数" }, kind: "num", cell: ({ toOpen }) => count(toOpen) },
    { title: { en: "Depth", zh: "深度" }, cell: depth },
  ];
  return (
    <>
      <section className="card stack">
        <h2>{say({ en: "Books", zh: "订单簿" })}</h2>
        {books.length === 0 ? (
          <Empty>
            {say({
              en: "Nothing waits in any book: orders appear here as they are handed in.",
              zh: "所有订单簿均无待出清报单：收到报单后将显示于此。",
            })}
          </Empty>
        ) : (
          <Listing
            label={{ en: "Books", zh: "订单簿" }}
            columns={columns}
            rows={books}
            keyOf={keyOf}
            lines={(book) => ({
              first: [
                <>
                  {market(book)} {zoneName(book.zone)} {say(termOf(book.paymentDays))}
                </>,
                depth(book),
              ],
              second: [
                <>
                  {say({ en: `${count(book.sells.orders)} to sell, `, zh: `卖单 ${count(book.sells.orders)}，` })}
                  <Figure amount={mwh(BigInt(book.sells.energyWh))} />
                </>,
                <>
                  {say({ en: `${count(book.buys.orders)} to buy, `, zh: `买单 ${count(book.buys.orders)}，` })}
                  <Figure amount={mwh(BigInt(book.buys.energyWh))} />
                </>,
              ],
            })}
          />
        )}
      </section>
      {shown !== undefined && (
        <Depth zone={shown.zone} date={shown.date} paymentDays={shown.paymentDays} slot={slot} choose={setSlot} />
      )}
    </>
  );
}

const keyOf = ({ date, zone, paymentDays }: Book) => `${date} ${zone} ${paymentDays}`;
