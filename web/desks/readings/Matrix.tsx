import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import { dayOf, formatDay, parseDay } from "../../../sdk/types/time.ts";
import { Asked, Empty, Failed, Field, fromIndex, Loading, Mark, Pages, usePages } from "../../design/index.ts";
import { useChainNow } from "../../freshness/index.ts";
import { DIRECTION_WORDS } from "../../identity/words.ts";
import { blockOf, useIndexed } from "../../indexed/index.ts";
import { unbroken, useFormat, useWords } from "../../words/index.ts";
import { CELLS, type Cell, type CellState, cellOf, OBJECTED } from "./cells.ts";
import { LAST_ENDED, type MatrixMeter, METER_MATRIX } from "./matrixQuery.ts";
import { cellKey, type NotOnChain, useNotOnChain } from "./useNotOnChain.ts";

/** As many days as are seen at once; the question to the index says the same. */
const DAYS = 14;

/** Meters by days, each with where its reading stands: the chain's word from the index, and what the service has beyond it. */
export function Matrix({ token }: { token: string }) {
  const [chosen, choose] = useState<string>();
  const [now, query] = [useChainNow(), useIndexed(LAST_ENDED, {})];
  if (now === undefined) return <Loading />;
  const yesterday = formatDay(dayOf(now) - 1);
  return (
    <Asked query={query}>
      {({ meteringDays }) => {
        const ended = meteringDays.items[0]?.date;
        const to = chosen ?? ended ?? yesterday;
        return (
          <div className="stack">
            <div className="row">
              <Field label={{ en: "Until day", zh: "截至日期" }}>
                <input
                  type="date"
                  value={to}
                  onChange={({ target }) => choose(target.value === "" ? undefined : target.value)}
                />
              </Field>
            </div>
            <Range key={to} to={to} ended={ended ?? ""} token={token} />
          </div>
        );
      }}
    </Asked>
  );
}

interface RangeProps {
  to: string;
  /** The last day that the index has seen end; empty where there is none. */
  ended: string;
  token: string;
}

function Range({ to, ended, token }: RangeProps) {
  const from = formatDay(parseDay(to) - DAYS + 1);
  const say = useWords();
  const { count } = useFormat();
  const pages = usePages();
  const query = useIndexed(METER_MATRIX, { from, to, after: pages.after });
  const reached = useNotOnChain({ from, to }, query.data?.meters.items, token);
  // The latest first: it is what a narrow screen begins with.
  const dates = Array.from({ length: DAYS }, (_, index) => formatDay(parseDay(to) - index));
  return (
    <Asked query={query}>
      {(answer) => {
        const { items, pageInfo, totalCount } = answer.meters;
        if (items.length === 0)
          return <Empty>{say({ en: "No meter is registered yet.", zh: "尚未登记计量点。" })}</Empty>;
        return (
          <>
            <p>
              {say({
                en: `${count(totalCount)} meters. Readings missing from ${unbroken(from)} to ${unbroken(to)}: ${count(answer.missing.totalCount)}.`,
                zh: `共 ${count(totalCount)} 个计量点。${unbroken(from)} 至 ${unbroken(to)} 缺失读数：${count(answer.missing.totalCount)}。`,
              })}
            </p>
            {reached.error !== null && <Failed error={reached.error} retry={() => void reached.refetch()} />}
            <Grid meters={items} dates={dates} ended={ended} came={reached.data ?? new Map()} />
            <Legend />
            <Pages pages={pages} {...pageInfo} />
            <p>
              <Mark trust="indexed" words={fromIndex(blockOf(answer))} />
            </p>
          </>
        );
      }}
    </Asked>
  );
}

interface GridProps {
  meters: readonly MatrixMeter[];
  dates: readonly string[];
  ended: string;
  came: NotOnChain;
}

/** One cell takes the focus, and the arrow keys lead from cell to cell: nobody tabs through hundreds of links. */
function Grid({ meters, dates, ended, came }: GridProps) {
  const say = useWords();
  const box = useRef<HTMLTableElement>(null);
  const [{ row, column }, setPlace] = useState({ row: 0, column: 0 });
  const go = (toRow: number, toColumn: number) => {
    const [nextRow, nextColumn] = [clamp(toRow, meters.length), clamp(toColumn, dates.length)];
    setPlace({ row: nextRow, column: nextColumn });
    box.current?.querySelector<HTMLElement>(`[data-place="${nextRow} ${nextColumn}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key]?.({ row, column }, event.ctrlKey || event.metaKey);
    if (move === undefined) return;
    event.preventDefault();
    go(move.row, move.column);
  };
  return (
    <section className="wide" aria-label={say({ en: "Readings by meter and day", zh: "各计量点每日读数" })}>
      <table
        ref={box}
        className="table cells"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked with arrow keys is a grid
        role="grid"
        aria-label={say({ en: "Readings: arrow keys lead from cell to cell", zh: "读数：用方向键在单元格间移动" })}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col">{say({ en: "Meter", zh: "计量点" })}</th>
            {dates.map((date) => (
              <th key={date} scope="col">
                <span className="unbroken" aria-hidden="true">
                  {unbroken(date.slice(5))}
                </span>
                <span className="hidden">{date}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {meters.map((meter, atRow) => (
            <tr key={meter.id}>
              <th scope="row">
                {meter.id} <small>{say(DIRECTION_WORDS[meter.direction] ?? { en: "", zh: "" })}</small>
              </th>
              {dates.map((date, atColumn) => {
                const day = meter.days?.items.find((each) => each.date === date);
                return (
                  <Square
                    key={date}
                    meter={meter.id}
                    date={date}
                    cell={cellOf(day, date <= ended, came.get(cellKey(meter.id, date)))}
                    place={`${atRow} ${atColumn}`}
                    isCurrent={atRow === clamp(row, meters.length) && atColumn === column}
                    enter={() => setPlace({ row: atRow, column: atColumn })}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface SquareProps {
  meter: string;
  date: string;
  cell: Cell;
  place: string;
  isCurrent: boolean;
  enter: () => void;
}

function Square({ meter, date, cell: { state, isObjected }, place, isCurrent, enter }: SquareProps) {
  const say = useWords();
  const { sign, words } = CELLS[state];
  return (
    <td data-state={state} data-objected={isObjected}>
      <Link
        to="/meters/$id/$date"
        params={{ id: meter, date }}
        data-place={place}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={enter}
      >
        <span aria-hidden="true">{sign} </span>
        <span className={isQuiet(state) ? "hidden" : undefined}>{say(words)}</span>
        {isObjected && (
          <>
            <span aria-hidden="true"> {OBJECTED.sign}</span>
            <span className="hidden">{say({ en: `, ${OBJECTED.words.en}`, zh: `，${OBJECTED.words.zh}` })}</span>
          </>
        )}
      </Link>
    </td>
  );
}

/** Where nothing is to be seen, the sign is enough. */
const isQuiet = (state: CellState) => state === "notDue" || state === "notEnded";

/** Signs with their words and what they mean. */
function Legend() {
  const say = useWords();
  const all = [...(Object.keys(CELLS) as CellState[]).map((state) => CELLS[state]), OBJECTED];
  return (
    <details>
      <summary>{say({ en: "What the signs mean", zh: "符号说明" })}</summary>
      <ul className="legend">
        {all.map(({ sign, words, meaning }) => (
          <li key={words.en}>
            <span aria-hidden="true">{sign} </span>
            <strong>{say(words)}</strong>
            {say({ en: `: ${meaning.en}`, zh: `：${meaning.zh}` })}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface Place {
  row: number;
  column: number;
}

const END = Number.MAX_SAFE_INTEGER;
const MOVES: Readonly<Record<string, (from: Place, isFar: boolean) => Place>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  Home: ({ row }, isFar) => ({ row: isFar ? 0 : row, column: 0 }),
  End: ({ row }, isFar) => ({ row: isFar ? END : row, column: END }),
  PageUp: ({ row, column }) => ({ row: row - 10, column }),
  PageDown: ({ row, column }) => ({ row: row + 10, column }),
};

const clamp = (place: number, length: number) => Math.min(length - 1, Math.max(0, place));
