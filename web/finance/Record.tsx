import type { Grade } from "../../sdk/credit/enums.ts";
import { useChain } from "../chain/index.ts";
import { type Fact, Facts } from "../design/index.ts";
import { type Sentence, useFormat, useWords } from "../words/index.ts";

/** What the chain counted of a participant, as the index has it. */
export interface Counted {
  sales: number;
  salesCharged: number;
  purchases: number;
  dischargedOnTime: number;
  dischargedLate: number;
  daysLate: number;
  defaults: number;
  arrears: number;
  arrearsStanding: number;
  writtenOff: number;
}

const UNRATED: Sentence = { en: "not rated", zh: "未评级" };

/** The grade of a participant, read from the ledger for today. */
export function useGrade(participant: number): Grade | undefined {
  return useChain(["grade", participant], async ({ platform }) => {
    const { readGrade } = await import("./readGrade.ts");
    return readGrade(platform, participant);
  }).data;
}

/** How a participant paid and delivered so far: what a bank reads before it prices. */
export function Record({ participant, counted }: { participant: number; counted: Counted | null | undefined }) {
  const say = useWords();
  const { count } = useFormat();
  const grade = useGrade(participant);
  const counts: [Sentence, number][] = [
    [{ en: "Debts paid on time", zh: "按时清偿" }, counted?.dischargedOnTime ?? 0],
    [{ en: "Debts paid late", zh: "逾期清偿" }, counted?.dischargedLate ?? 0],
    [{ en: "Days late in all", zh: "累计逾期天数" }, counted?.daysLate ?? 0],
    [{ en: "Defaults", zh: "违约次数" }, counted?.defaults ?? 0],
    [{ en: "Arrears of more than 60 days", zh: "逾期超过 60 天" }, counted?.arrears ?? 0],
    [{ en: "Of these, unpaid now", zh: "其中尚未清偿" }, counted?.arrearsStanding ?? 0],
    [{ en: "Written off", zh: "已核销" }, counted?.writtenOff ?? 0],
    [{ en: "Trades sold", zh: "售电笔数" }, counted?.sales ?? 0],
    [{ en: "Of these, with a shortfall charge", zh: "其中有偏差费用" }, counted?.salesCharged ?? 0],
    [{ en: "Trades bought", zh: "购电笔数" }, counted?.purchases ?? 0],
  ];
  const facts: Fact[] = [
    [
      { en: "Grade today, by the chain", zh: "今日信用等级（链上）" },
      <strong key="grade">{grade === undefined ? "…" : grade === "Unrated" ? say(UNRATED) : grade}</strong>,
    ],
    ...counts.map(
      ([title, value]): Fact => [
        title,
        <span key={title.en} className="unbroken">
          {count(value)}
        </span>,
      ],
    ),
  ];
  return <Facts kind="sum" rows={facts} />;
}
