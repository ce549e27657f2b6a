import { getBlock, readContract } from "viem/actions";
import { debtLedger, receivables } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { DEBT_STATUSES, type DebtStatus } from "../debts/enums.ts";
import type { Sentence } from "../types/sentence.ts";
import { type Day, dayOf } from "../types/time.ts";
import type { Fen } from "../types/units.ts";
import { nameOf } from "../types/words.ts";

/** The stages in a receivable's life that its units tell apart, in the words of either language. */
export const CLAIM_STAGES = {
  Held: { en: "not due yet", zh: "未到期" },
  StandingStill: { en: "standing still by an arbiter's word", zh: "仲裁中止" },
  Matured: { en: "due", zh: "到期" },
  Overdue: { en: "overdue", zh: "逾期" },
  Defaulted: { en: "in default", zh: "违约" },
  Recovering: { en: "being recovered", zh: "追偿中" },
  WrittenOff: { en: "written off", zh: "已核销" },
  Paid: { en: "paid, waiting to be collected", zh: "已清偿，待分配" },
  Closed: { en: "closed", zh: "已结清" },
} as const satisfies Record<string, Sentence>;
/** One of `CLAIM_STAGES`. */
export type ClaimStage = keyof typeof CLAIM_STAGES;

/** What the stage of a receivable follows from. */
export interface ClaimState {
  /** Of its debt. */
  status: DebtStatus;
  dueDay: Day;
  /** The due day, or the business day that payment waits for. */
  lastPaymentDay: Day;
  /** Unix second until which the debt's clock stands still; past or 0 if it runs. */
  standsStillUntil: number;
  /** Face value that nobody has collected yet. */
  unitsLeft: Fen;
}

/** Where a receivable stands at a unix second. What happened goes before what follows from the day. */
export function claimStage(state: ClaimState, now: number): ClaimStage {
  const { status, dueDay, lastPaymentDay, standsStillUntil, unitsLeft } = state;
  if (status === "Discharged") return unitsLeft === 0n ? "Closed" : "Paid";
  if (status === "Recovering" || status === "WrittenOff") return status;
  if (standsStillUntil > now) return "StandingStill";
  if (status === "Defaulted") return status;
  const today = dayOf(now);
  if (today > lastPaymentDay) return "Overdue";
  return today < dueDay ? "Held" : "Matured";
}

/** Where a receivable stands now, by the chain's clock. */
export async function readClaimStage(platform: Platform, id: bigint): Promise<ClaimStage> {
  const units = contractAt(platform, receivables);
  const { debt, dueDay } = await readContract(platform.client, {
    ...units,
    functionName: "receivable",
    args: [id],
  });
  const ledger = contractAt(platform, debtLedger);
  const [owed, lastPaymentDay, { until: standsStillUntil }, unitsLeft, { timestamp }] = await Promise.all([
    readContract(platform.client, { ...ledger, functionName: "debtOf", args: [debt] }),
    readContract(platform.client, { ...ledger, functionName: "lastPaymentDay", args: [debt] }),
    readContract(platform.client, { ...ledger, functionName: "standStillOf", args: [debt] }),
    readContract(platform.client, { ...units, functionName: "unitsOf", args: [id] }),
    getBlock(platform.client),
  ]);
  const status = nameOf(DEBT_STATUSES, owed.status);
  return claimStage({ status, dueDay, lastPaymentDay, standsStillUntil, unitsLeft }, Number(timestamp));
}
