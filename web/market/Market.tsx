import { useFormat, useWords } from "../words/index.ts";

/** The market of a zone on a day. */
export function Market({ zone, date }: { zone: number; date: string }) {
  const say = useWords();
  const { longDate } = useFormat();
  return (
    <div>
      <h1>{say({ en: "Market of the day", zh: "当日行情" })}</h1>
      <p className="soft">
        {zone} · {longDate(date)}
      </p>
    </div>
  );
}
