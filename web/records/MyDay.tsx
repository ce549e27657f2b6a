import { Link, useNavigate } from "@tanstack/react-router";
import type { Hex } from "viem";
import type { Platform } from "../../sdk/chain/client.ts";
import { formatDay, parseDay } from "../../sdk/types/time.ts";
import { Amounts, Asked, Empty, Field } from "../design/index.ts";
import { readIndexed, useAllTrades, useIndexed } from "../indexed/index.ts";
import { Mine } from "../wallets/index.ts";
import { type Sentence, useFormat, useWords, written } from "../words/index.ts";
import { CheckedMark } from "./CheckedMark.tsx";
import type { Comparison } from "./compare.ts";
import { DayCurves } from "./DayCurves.tsx";
import { type MeterPart, partsOf } from "./myDay.ts";
import { LEAVES_OF, METERED, MY_DAY, type MyTrade } from "./myDayQuery.ts";
import { TradeList } from "./TradeList.tsx";
import { SOLD_OF_DAY } from "./tradeQueries.ts";
import { useComparison } from "./useComparison.ts";
import { DAY_STATE_WORDS } from "./words.ts";

const TITLE: Sentence = { en: "My day", zh: "我的一天" };

/** A delivery day of the connected participant: contracted, delivered, not metered yet; the shortfall and its price; meter by meter. */
export function MyDay({ date }: { date: string }) {
  return <Mine title={TITLE}>{(participant) => <Day participant={participant} date={date} />}</Mine>;
}

function Day({ participant, date }: { participant: number; date: string }) {
  const say = useWords();
  const { longDate } = useFormat();
  const where = { OR: [{ sellerId: participant }, { buyerId: participant }], date };
  const query = useAllTrades(MY_DAY, where);
  return (
    <>
      <h1>{say({ en: `My day, ${longDate(date)}`, zh: `我的一天，${longDate(date)}` })}</h1>
      <DayChoice date={date} />
      <Asked query={query}>
        {({ rows: trades, block }) =>
          trades.length === 0 ? (
            <section className="card">
              <Empty
                action={
                  <Link to="/trades" className="button">
                    {say({ en: "All my trades", zh: "我的全部交易" })}
                  </Link>
                }
              >
                {say({
                  en: "Nothing was traded for this day: what rounds clear and what is agreed bilaterally appears here.",
                  zh: "该日没有交易：集中出清与双边交易的结果将显示于此。",
                })}
              </Empty>
            </section>
          ) : (
            <Parts trades={trades} block={block} participant={participant} date={date} />
          )
        }
      </Asked>
    </>
  );
}

/** The day before, the day after, or any. */
function DayChoice({ date }: { date: string }) {
  const say = useWords();
  const go = useNavigate();
  const day = parseDay(date);
  const show = (next: string) => void go({ to: "/my-day/$date", params: { date: next } });
  return (
    <div className="row no-print" style={{ alignItems: "end" }}>
      <Link to="/my-day/$date" params={{ date: formatDay(day - 1) }} className="button">
        {say({ en: "Day before", zh: "前一天" })}
      </Link>
      <Field label={{ en: "Delivery day", zh: "交割日" }}>
        <input type="date" value={date} onChange={({ target }) => target.value !== "" && show(target.value)} />
      </Field>
      <Link to="/my-day/$date" params={{ date: formatDay(day + 1) }} className="button">
        {say({ en: "Day after", zh: "后一天" })}
      </Link>
    </div>
  );
}

interface PartsProps {
  trades: readonly MyTrade[];
  block: number | undefined;
  participant: number;
  date: string;
}

/** So many trades are checked at once; the others are checked where each is shown. */
const MOST_CHECKED = 40;

function Parts({ trades, block, participant, date }: PartsProps) {
  const say = useWords();
  const { mwh, yuan } = useFormat();
  const parts = partsOf(trades, participant);
  const check = useComparison(["my day", participant, date, trades], (platform) => checkAll(platform, trades), {
    indexBlock: block,
    enabled: trades.length <= MOST_CHECKED,
  });
  const metered = useIndexed(METERED, { meters: parts.map(({ meter }) => meter), date });
  const sum = (side: MeterPart["side"], value: (part: MeterPart) => bigint) =>
    parts.filter((part) => part.side === side).reduce((total, part) => total + value(part), 0n);
  return (
    <>
      <CheckedMark check={check} indexBlock={block} />
      <Amounts
        label={{ en: "The day in figures", zh: "当日要点" }}
        figures={[
          [{ en: "Sold", zh: "售出合约" }, mwh(sum("sell", ({ contractedWh }) => contractedWh))],
          [{ en: "of it delivered", zh: "其中已交付" }, mwh(sum("sell", ({ deliveredWh }) => deliveredWh))],
          [{ en: "Bought", zh: "购入合约" }, mwh(sum("buy", ({ contractedWh }) => contractedWh))],
          [{ en: "of it received", zh: "其中已交付" }, mwh(sum("buy", ({ deliveredWh }) => deliveredWh))],
          [{ en: "Energy sold for", zh: "售电电费" }, yuan(sum("sell", ({ energyFen }) => energyFen))],
          [{ en: "Energy bought for", zh: "购电电费" }, yuan(sum("buy", ({ energyFen }) => energyFen))],
          [{ en: "Network charge", zh: "输配电费" }, yuan(sum("buy", ({ networkFen }) => networkFen))],
          [{ en: "Deviation charge", zh: "偏差费用" }, yuan(sum("sell", ({ deviationFen }) => deviationFen))],
        ]}
      />
      <p>
        <Link to="/statements/$date" params={{ date }}>
          {say({ en: "Statement of the day", zh: "当日清单" })}
        </Link>
      </p>
      {parts.map((part) => (
        <Part
          key={`${part.side} ${part.meter}`}
          part={part}
          date={date}
          state={metered.data?.meterDays.items.find(({ meterId }) => meterId === part.meter)?.state}
        />
      ))}
      <section className="card stack">
        <h2>{say({ en: "Trades of the day", zh: "当日交易" })}</h2>
        <TradeList
          where={{ OR: [{ sellerId: participant }, { buyerId: participant }], date }}
          of={participant}
          empty={say({ en: "There are none.", zh: "没有交易。" })}
        />
      </section>
    </>
  );
}

function Part({ part, date, state }: { part: MeterPart; date: string; state: string | undefined }) {
  const say = useWords();
  const { kwh, yuan } = useFormat();
  const { side, meter, trades, open, delivered, shortfallWh, deviationFen } = part;
  const name =
    side === "sell"
      ? { en: `Meter ${meter}, sold`, zh: `计量点 ${meter}，售出` }
      : { en: `Meter ${meter}, bought`, zh: `计量点 ${meter}，购入` };
  const words = DAY_STATE_WORDS[state ?? "none"] ?? { en: state ?? "", zh: state ?? "" };
  return (
    <section className="card stack">
      <div className="row between">
        <h2>
          <Link to="/meters/$id/$date" params={{ id: meter, date }}>
            {say(name)}
          </Link>
        </h2>
        <span className="tag">{say(words)}</span>
      </div>
      {delivered === null ? (
        <p className="note">
          {say({
            en: `${written(kwh(part.contractedWh, 3))} contracted in ${tradesInWords(trades)}; nothing is metered yet, and nothing is drawn for it.`,
            zh: `${trades} 笔交易合约电量 ${written(kwh(part.contractedWh, 3))}；尚未计量，图中不显示交付。`,
          })}
        </p>
      ) : (
        <p className="note">
          {say({
            en: `${written(kwh(part.deliveredWh, 3))} of ${written(kwh(part.contractedWh, 3))} delivered in ${tradesInWords(trades)}${open > 0 ? `, ${open} of them still open` : ""}. `,
            zh: `${trades} 笔交易合约电量 ${written(kwh(part.contractedWh, 3))}，已交付 ${written(kwh(part.deliveredWh, 3))}${open > 0 ? `，其中 ${open} 笔未结算` : ""}。`,
          })}
          {shortfallWh > 0n
            ? say({
                en: `Shortfall ${written(kwh(shortfallWh, 3))}: deviation charge ${written(yuan(deviationFen))}.`,
                zh: `交付不足 ${written(kwh(shortfallWh, 3))}：偏差费用 ${written(yuan(deviationFen))}。`,
              })
            : say({ en: "No shortfall.", zh: "无交付不足。" })}
        </p>
      )}
      <DayCurves contracted={part.contracted} delivered={delivered} />
    </section>
  );
}

const tradesInWords = (count: number) => (count === 1 ? "1 trade" : `${count} trades`);

/** Every trade of the day against the chain, each difference with the number of its trade. */
async function checkAll(platform: Platform, trades: readonly MyTrade[]): Promise<Comparison> {
  const [{ checkTrade }, leaves, sold] = await Promise.all([
    import("./lightCheck.ts"),
    readLeaves(trades),
    readSoldBeside(trades),
  ]);
  const checks = await Promise.all(
    trades.map((row) =>
      checkTrade(platform, {
        row,
        leaves: leaves.get(row.id) ?? [],
        ofDay: sold.get(`${row.sellerMeterId} ${row.day}`) ?? [],
      }),
    ),
  );
  return {
    block: checks[0]?.block ?? 0n,
    differences: checks.flatMap(({ differences }, at) =>
      differences.map((fact) => ({
        ...fact,
        what: {
          en: `trade ${trades[at]!.id}, ${fact.what.en}`,
          zh: `交易 ${trades[at]!.id}，${fact.what.zh}`,
        },
      })),
    ),
  };
}

async function readLeaves(trades: readonly MyTrade[]): Promise<Map<string, Hex[]>> {
  const ids = trades.filter(({ settlement }) => settlement !== null).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const { trades: found } = await readIndexed(LEAVES_OF, { ids });
  return new Map(found.items.map(({ id, outcomes }) => [id, (outcomes?.leaves ?? []) as Hex[]]));
}

/** What else the meters of open trades sold: the book of a meter day is of all its trades. */
async function readSoldBeside(trades: readonly MyTrade[]) {
  const open = trades.filter(({ settlement }) => settlement === null);
  const keys = [...new Set(open.map(({ sellerMeterId, day }) => `${sellerMeterId} ${day}`))];
  const read = keys.map(async (key) => {
    const [meter = "", day = ""] = key.split(" ");
    return [key, (await readIndexed(SOLD_OF_DAY, { meter, day: Number(day) })).trades.items] as const;
  });
  return new Map(await Promise.all(read));
}
