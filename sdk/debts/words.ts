import type { Sentence } from "../types/sentence.ts";
import type { DebtStatus } from "./enums.ts";

/** Where a debt stands, in words. */
export const DEBT_STATUS_WORDS: Record<Exclude<DebtStatus, "None">, Sentence> = {
  Outstanding: { en: "outstanding", zh: "未清偿" },
  Defaulted: { en: "in default", zh: "违约" },
  Recovering: { en: "being recovered", zh: "追偿中" },
  WrittenOff: { en: "written off", zh: "已核销" },
  Discharged: { en: "discharged", zh: "已清偿" },
};
