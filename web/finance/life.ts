import { DEBT_STATUSES } from "../../sdk/debts/enums.ts";
import { CLAIM_STAGES, type ClaimStage, claimStage } from "../../sdk/finance/claimStage.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { dayOf, formatDay, parseDay } from "../../sdk/types/time.ts";
import type { Step } from "../design/step.ts";
import type { Claim } from "./queries.ts";

/** What of a claim its stage and its life line follow from. */
export type Lived = Pick<Claim, "issueDate" | "dueDate" | "dueDay" | "faceFen" | "collectedFen"> & {
  debt: Pick<
    NonNullable<Claim["debt"]>,
    "status" | "lastPaymentDay" | "standsStillUntil" | "dischargedAt" | "defaultedAt" | "writtenOffAt"
  > | null;
  encumbrances: { items: readonly { status: string; pledgedAt: string }[] } | null;
  financings: { items: readonly { financedAt: string }[] } | null;
};

/** Where a receivable of the index stands by the chain's time. @param now unix second */
export function stageOf({ debt, dueDay, faceFen, collectedFen }: Lived, now: number): ClaimStage {
  const word = debt?.status ?? "outstanding";
  const status = DEBT_STATUSES.find((name) => name.toLowerCase() === word.toLowerCase())!;
  return claimStage(
    {
      ...{ status, dueDay, lastPaymentDay: debt?.lastPaymentDay ?? dueDay },
      ...{ standsStillUntil: Number(debt?.standsStillUntil ?? 0), unitsLeft: BigInt(faceFen) - BigInt(collectedFen) },
    },
    now,
  );
}

const PAST_DUE: readonly ClaimStage[] = [
  "Matured",
  "Overdue",
  "Defaulted",
  "Recovering",
  "WrittenOff",
  "Paid",
  "Closed",
];
const BAD: readonly ClaimStage[] = ["Overdue", "Defaulted", "Recovering", "WrittenOff"];

/** The life line: issued, pledged and financed where it was, due, and how it ended or stands. */
export function lifeOf(claim: Lived, now: number): Step[] {
  const stage = stageOf(claim, now);
  const [pledge] = claim.encumbrances?.items ?? [];
  const [financing] = claim.financings?.items ?? [];
  const steps: Step[] = [{ words: { en: "Issued", zh: "设立" }, date: claim.issueDate, state: "done" }];
  if (pledge !== undefined)
    steps.push({
      words: pledge.status === "live" ? { en: "Pledged", zh: "已质押" } : { en: "Pledge ended", zh: "质押已解除" },
      date: dateOf(pledge.pledgedAt),
      state: "done",
    });
  if (financing !== undefined)
    steps.push({ words: { en: "Financed", zh: "已融资" }, date: dateOf(financing.financedAt), state: "done" });
  // Events stand in the order in which they happened.
  steps.sort((one, other) => ((one.date ?? "") < (other.date ?? "") ? -1 : 0));
  const isDue = PAST_DUE.includes(stage) && parseDay(claim.dueDate) <= dayOf(now);
  steps.push({ words: { en: "Due", zh: "到期" }, date: claim.dueDate, state: isDue ? "done" : "ahead" });
  return [...steps, lastStep(claim, stage)];
}

function lastStep({ debt }: Lived, stage: ClaimStage): Step {
  if (stage === "Held") return { words: { en: "Collected", zh: "收款" }, date: undefined, state: "ahead" };
  if (stage === "Matured") return { words: { en: "To be paid", zh: "待付款" }, date: undefined, state: "now" };
  if (stage === "Closed")
    return { words: { en: "Collected in full", zh: "已全部收款" }, date: dateOf(debt?.dischargedAt), state: "done" };
  const since = stage === "WrittenOff" ? debt?.writtenOffAt : stage === "Paid" ? debt?.dischargedAt : debt?.defaultedAt;
  return { words: firstUpper(CLAIM_STAGES[stage]), date: dateOf(since), state: BAD.includes(stage) ? "bad" : "now" };
}

const dateOf = (second: string | null | undefined) =>
  second === null || second === undefined ? undefined : formatDay(dayOf(BigInt(second)));

const firstUpper = ({ en, zh }: Sentence): Sentence => ({ en: en[0]!.toUpperCase() + en.slice(1), zh });
