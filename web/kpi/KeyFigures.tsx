import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { parseDay } from "../../sdk/types/time.ts";
import { Failed, Field, fromIndex, Hint, Loading, Mark } from "../design/index.ts";
import { useHeads } from "../freshness/index.ts";
import { type Sentence, useFormat, useWords } from "../words/index.ts";
import { DEFINITIONS } from "./definitions.ts";
import { type KeyFigure, type Period, readKeyFigures } from "./keyFigures.ts";
import { spanOf } from "./span.ts";
import "./kpi.css";

/** What the platform is judged by, over a period of Shanghai days. */
export function KeyFigures() {
  const say = useWords();
  const { index } = useHeads();
  const [asked, setAsked] = useState<Partial<Period>>({});
  const { data, error, refetch } = useQuery({
    queryKey: ["index", "kpi", asked],
    queryFn: () => readKeyFigures(asked),
    placeholderData: (before) => before,
  });
  const period = { ...data, ...asked };
  return (
    <>
      <div className="row between">
        <div>
          <h1>{say({ en: "Key figures", zh: "关键指标" })}</h1>
          <p className="soft">
            {say({
              en: "From the chain's events alone, over Shanghai days, both ends included.",
              zh: "全部由链上事件得出，按北京时间自然日统计，含首尾两日。",
            })}
          </p>
        </div>
        <div className="row no-print">
          <Until
            label={{ en: "From", zh: "自" }}
            date={period.from}
            choose={(from) => setAsked({ ...asked, from })}
            latest={period.to}
          />
          <Until label={{ en: "To", zh: "至" }} date={period.to} choose={(to) => setAsked({ ...asked, to })} />
        </div>
      </div>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Loading />}
      {data !== undefined && (
        <ul className="columns">
          {data.kpis.map((figure) => (
            <li key={figure.id} className="card tile">
              <Tile figure={figure} />
            </li>
          ))}
        </ul>
      )}
      <p className="row between">
        <Mark trust="indexed" words={fromIndex(index?.block)} />
        <a href={`/kpi.csv${queryOf(asked)}`} download="kpi.csv" className="button">
          {say({ en: "Download as CSV", zh: "下载 CSV" })}
        </a>
      </p>
    </>
  );
}

interface UntilProps {
  label: Sentence;
  date: string | undefined;
  latest?: string | undefined;
  choose: (date: string) => void;
}

function Until({ label, date = "", latest, choose }: UntilProps) {
  const pick = (text: string) => {
    if (isDay(text)) choose(text);
  };
  return (
    <Field label={label}>
      <input type="date" value={date} max={latest} onChange={({ target }) => pick(target.value)} />
    </Field>
  );
}

function Tile({ figure }: { figure: KeyFigure }) {
  const say = useWords();
  const { count } = useFormat();
  const definition = DEFINITIONS.get(figure.id);
  const above = count(BigInt(figure.numerator));
  const below = figure.denominator === null ? undefined : count(BigInt(figure.denominator));
  return (
    <>
      <div className="head">
        <h2>{say(figure)}</h2>
        {definition !== undefined && (
          <Hint of={figure}>
            <Part of={{ en: `Numerator ${above}`, zh: `分子 ${above}` }} words={definition.numerator} />
            {below !== undefined && (
              <Part of={{ en: `Denominator ${below}`, zh: `分母 ${below}` }} words={definition.denominator} />
            )}
            <Part
              of={{ en: "Events", zh: "事件" }}
              words={{ en: definition.events.join(", "), zh: definition.events.join("、") }}
            />
          </Hint>
        )}
      </div>
      <p className="value unbroken">{say(figureIn(figure))}</p>
    </>
  );
}

function Part({ of, words }: { of: Sentence; words: Sentence }) {
  const say = useWords();
  return (
    <span>
      <b>{say(of)}</b>
      {say({ en: ": ", zh: "：" })}
      {say(words)}
    </span>
  );
}

/** The value with its unit, which stay on one line. */
function figureIn({ value, unit }: KeyFigure): Sentence {
  if (value === null) return { en: "nothing to count", zh: "无可计算" };
  if (unit === "s") return spanOf(BigInt(value));
  if (unit === "%") return { en: `${value}\u00a0%`, zh: `${value}\u00a0%` };
  const words = { participants: { en: "participants", zh: "个" }, trades: { en: "trades", zh: "笔" } }[unit];
  return { en: `${value}\u00a0${words.en}`, zh: `${value}\u00a0${words.zh}` };
}

const queryOf = (period: Partial<Period>) => {
  const asked = new URLSearchParams(Object.entries(period));
  return asked.size === 0 ? "" : `?${asked}`;
};

function isDay(text: string): boolean {
  try {
    parseDay(text);
    return true;
  } catch {
    return false;
  }
}
