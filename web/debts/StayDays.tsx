import { Choice } from "../design/index.ts";

const MOST_DAYS = 30;
const OPTIONS = Array.from({ length: MOST_DAYS }, (_, at) => [at + 1, { en: `${at + 1}`, zh: `${at + 1}` }] as const);

/** For how many days an arbiter lets a trade or a debt stand still. */
export function StayDays({ days, choose }: { days: number; choose: (days: number) => void }) {
  return (
    <Choice
      label={{ en: "Days, 30 in all at most", zh: "天数（合计不超过 30 天）" }}
      options={OPTIONS}
      value={days}
      choose={choose}
    />
  );
}
