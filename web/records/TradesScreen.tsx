import { useNavigate, useSearch } from "@tanstack/react-router";
import { Field } from "../design/index.ts";
import { useParticipant } from "../wallets/index.ts";
import { useWords } from "../words/index.ts";
import { TradeList } from "./TradeList.tsx";
import type { TradeFilter } from "./useTrades.ts";

/** What the address says of the list. */
export interface TradesSearch {
  date?: string | undefined;
  zone?: number | undefined;
  of?: "mine" | "all" | undefined;
}

/** The trades of the connected participant, or of a day and a zone. */
export function TradesScreen() {
  const say = useWords();
  const search: TradesSearch = useSearch({ from: "/trades" });
  const go = useNavigate({ from: "/trades" });
  const participant = useParticipant();
  const isMine = participant !== undefined && search.of !== "all";
  const set = (change: TradesSearch) => void go({ search: { ...search, ...change }, replace: true });
  const where: TradeFilter = {
    ...(isMine ? { OR: [{ sellerId: participant }, { buyerId: participant }] } : {}),
    ...(search.date === undefined ? {} : { date: search.date }),
    ...(search.zone === undefined ? {} : { zoneId: search.zone }),
  };
  return (
    <>
      <h1>{isMine ? say({ en: "My trades", zh: "我的交易" }) : say({ en: "Trades", zh: "交易" })}</h1>
      <section className="card stack">
        <div className="row no-print">
          {participant !== undefined && (
            <Field label={{ en: "Whose", zh: "范围" }}>
              <select
                value={isMine ? "mine" : "all"}
                onChange={({ target }) => set({ of: target.value as "mine" | "all" })}
              >
                <option value="mine">{say({ en: "mine", zh: "我的" })}</option>
                <option value="all">{say({ en: "everybody's", zh: "全部" })}</option>
              </select>
            </Field>
          )}
          <Field label={{ en: "Delivery day", zh: "交割日" }}>
            <input
              type="date"
              value={search.date ?? ""}
              onChange={({ target }) => set({ date: target.value === "" ? undefined : target.value })}
            />
          </Field>
          {(search.date !== undefined || search.zone !== undefined) && (
            <button type="button" className="button s" onClick={() => set({ date: undefined, zone: undefined })}>
              {say({ en: "All days", zh: "全部日期" })}
            </button>
          )}
        </div>
        <TradeList
          where={where}
          of={isMine ? participant : undefined}
          empty={say({
            en: "There are no trades here yet: enter a day, or choose another one.",
            zh: "此处暂无交易：可申报日电能，或选择其他日期。",
          })}
        />
      </section>
    </>
  );
}
