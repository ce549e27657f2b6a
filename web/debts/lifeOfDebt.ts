import type { Sentence } from "../../sdk/types/sentence.ts";
import { dayOf, formatDay } from "../../sdk/types/time.ts";
import type { Step } from "../design/step.ts";
import type { Debt } from "./debtQuery.ts";

/** What of a debt its life line follows from. */
export type LivedDebt = Pick<
  Debt,
  | "status"
  | "issueDate"
  | "lastPaymentDate"
  | "standsStillUntil"
  | "defaultedAt"
  | "recoveringAt"
  | "writtenOffAt"
  | "dischargedAt"
>;

/** From when on a debt is in default and in arrears, by the chain. */
export interface DebtClock {
  defaultsAt: number;
  arrearsAt: number;
}

/** What happened to a debt and what comes, in the order of its clock; @param now unix second of the chain */
export function lifeOfDebt(debt: LivedDebt, clock: DebtClock | undefined, now: number): Step[] {
  const isOpen = debt.dischargedAt === null;
  const today = formatDay(dayOf(now));
  const steps: Step[] = [
    { words: { en: "Arose", zh: "形成" }, date: debt.issueDate, state: "done" },
    {
      words: { en: "To be paid by", zh: "最迟付款日" },
      date: debt.lastPaymentDate,
      state: !isOpen || debt.lastPaymentDate < today ? "done" : "ahead",
    },
  ];
  const still = debt.standsStillUntil;
  if (isOpen && still !== null && now < Number(still))
    steps.push(marked({ en: "Stands still until", zh: "中止计时至" }, still, "now"));
  if (debt.defaultedAt !== null) steps.push(marked({ en: "In default", zh: "违约" }, debt.defaultedAt, "bad"));
  else if (isOpen && clock !== undefined)
    steps.push(
      now < clock.defaultsAt
        ? marked({ en: "In default", zh: "违约" }, clock.defaultsAt, "ahead")
        : marked({ en: "Default can be declared", zh: "可宣告违约" }, clock.defaultsAt, "now"),
    );
  if (debt.recoveringAt !== null) steps.push(marked({ en: "Pursued", zh: "追偿" }, debt.recoveringAt, "bad"));
  if (isOpen && clock !== undefined)
    steps.push(marked({ en: "In arrears", zh: "长期拖欠" }, clock.arrearsAt, now < clock.arrearsAt ? "ahead" : "bad"));
  if (debt.writtenOffAt !== null) steps.push(marked({ en: "Written off", zh: "核销" }, debt.writtenOffAt, "bad"));
  steps.push(
    debt.dischargedAt === null
      ? { words: { en: "Discharged", zh: "清偿" }, date: undefined, state: "ahead" }
      : marked({ en: "Discharged", zh: "清偿" }, debt.dischargedAt, "done"),
  );
  return steps;
}

const marked = (words: Sentence, second: string | number, state: Step["state"]): Step => ({
  ...{ words, state },
  date: formatDay(dayOf(BigInt(second))),
});
