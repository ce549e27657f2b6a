import type { components } from "../../sdk/operator/api.ts";
import { SLOTS, slotLabel } from "../../sdk/types/time.ts";
import { type Column, Empty, Failed, Field, Loading, Table } from "../design/index.ts";
import { useOperator } from "../operator/index.ts";
import { type Sentence, useFormat, useWords } from "../words/index.ts";

type DayBook = components["schemas"]["DayBook"];
type Level = DayBook["slots"][number]["sells"][number];

interface DepthProps {
  zone: number;
  date: string;
  slot: number | undefined;
  choose: (slot: number) => void;
  /** Of which book; the one for cash where nothing is said. */
  paymentDays?: number;
}

/** What waits to be cleared, slot by slot: offers and bids, the best first. */
export function Depth({ zone, date, slot, choose, paymentDays = 0 }: DepthProps) {
  const say = useWords();
  const { data, error, refetch } = useOperator<DayBook>(`/book/${zone}/${date}?paymentDays=${paymentDays}`);
  const waiting = data?.slots.filter(({ sells, buys }) => sells.length + buys.length > 0) ?? [];
  const shown = data?.slots[slot ?? waiting[0]?.slot ?? 0];
  return (
    <section className="card stack">
      <div className="row between">
        <h2>{say({ en: "Orders that wait", zh: "待出清报单" })}</h2>
        <Field label={{ en: "Slot", zh: "时段" }}>
          <select value={shown?.slot ?? 0} onChange={({ target }) => choose(Number(target.value))}>
            {Array.from({ length: SLOTS }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place in the day
              <option key={at} value={at}>
                {slotLabel(at)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      {error !== null && data === undefined && <Failed error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Loading />}
      {data !== undefined && waiting.length === 0 && (
        <Empty>
          {say({
            en: "No order waits for this day: it is cleared, or nobody has handed one in.",
            zh: "该日没有待出清的报单：已出清，或尚无人申报。",
          })}
        </Empty>
      )}
      {waiting.length > 0 && shown !== undefined && (
        <>
          <Side title={{ en: "Offers to sell", zh: "卖方报价" }} levels={shown.sells} />
          <Side title={{ en: "Bids to buy", zh: "买方报价" }} levels={shown.buys} />
        </>
      )}
    </section>
  );
}

function Side({ title, levels }: { title: Sentence; levels: readonly Level[] }) {
  const say = useWords();
  const { yuanPerMwh, kwh, count } = useFormat();
  const unit = yuanPerMwh(0).unit;
  const columns: Column<Level>[] = [
    {
      title: { en: `Price, ${unit}`, zh: `价格（${unit}）` },
      kind: "num",
      cell: ({ price }) => yuanPerMwh(price).number,
    },
    { title: { en: "kWh", zh: "kWh" }, kind: "num", cell: ({ energyWh }) => kwh(BigInt(energyWh), 3).number },
    { title: { en: "Orders", zh: "报单数" }, kind: "num", cell: ({ orders }) => count(orders) },
  ];
  return (
    <div>
      <h3>{say(title)}</h3>
      {levels.length === 0 ? (
        <p className="soft">{say({ en: "none in this slot", zh: "该时段没有" })}</p>
      ) : (
        <Table label={title} columns={columns} rows={levels} keyOf={({ price }) => price} />
      )}
    </div>
  );
}
