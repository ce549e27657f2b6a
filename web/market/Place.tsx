import { Link, useNavigate } from "@tanstack/react-router";
import { formatDay, parseDay } from "../../sdk/types/time.ts";
import { Field } from "../design/index.ts";
import { useFormat, useWords } from "../words/index.ts";

interface PlaceProps {
  zones: readonly { id: number; name: string }[];
  zone: number;
  date: string;
  isWet: boolean | undefined;
}

/** Which zone and day is shown, and the way to others. */
export function Place({ zones, zone, date, isWet }: PlaceProps) {
  const say = useWords();
  const { longDate } = useFormat();
  const navigate = useNavigate();
  const go = (to: { zone?: number; date?: string }) =>
    void navigate({
      to: "/market/$zone/$date",
      params: { zone: String(to.zone ?? zone), date: to.date ?? date },
    });
  const dayBeside = (step: number) => ({ zone: String(zone), date: formatDay(parseDay(date) + step) });
  const season =
    isWet === undefined
      ? ""
      : ` · ${say(isWet ? { en: "wet season", zh: "丰水期" } : { en: "dry season", zh: "枯水期" })}`;
  return (
    <div className="row between">
      <div>
        <h1>{say({ en: "Market of the day", zh: "当日行情" })}</h1>
        <p className="soft">
          {zones.find(({ id }) => id === zone)?.name ?? zone} · {longDate(date)}
          {season}
        </p>
      </div>
      <div className="row no-print place">
        <Field label={{ en: "Zone", zh: "区域" }}>
          <select value={zone} onChange={({ target }) => go({ zone: Number(target.value) })}>
            {zones.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field label={{ en: "Day of delivery", zh: "交割日" }}>
          <input
            type="date"
            value={date}
            onChange={({ target }) => {
              if (target.value !== "") go({ date: target.value });
            }}
          />
        </Field>
        <div className="row">
          <Link to="/market/$zone/$date" params={dayBeside(-1)} className="button">
            {say({ en: "← Day before", zh: "← 前一日" })}
          </Link>
          <Link to="/market/$zone/$date" params={dayBeside(1)} className="button">
            {say({ en: "Day after →", zh: "后一日 →" })}
          </Link>
        </div>
      </div>
    </div>
  );
}
