import type { RoleName } from "../../sdk/access/roles.ts";
import { ROLE_WORDS } from "../../sdk/access/words.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";

/** What its holders do by a role, where they are people. */
export const ROLE_TASKS: Partial<Record<RoleName, Sentence>> = {
  ADMIN: { en: "gives roles and takes them away", zh: "授予与收回角色" },
  COUNCIL: { en: "decides what the guardian can veto", zh: "作出监护人可否决的决定" },
  REGISTRAR: { en: "admits participants, two persons each", zh: "双人复核，准入参与方" },
  COMPLIANCE: { en: "suspends and reinstates participants", zh: "暂停与恢复参与方" },
  METER_OPERATOR: { en: "registers meters and reports readings", zh: "登记计量点、上报读数" },
  MARKET_OPERATOR: { en: "brings rounds to the chain", zh: "将出清结果上链" },
  RULE_MAKER: { en: "publishes rules", zh: "发布规则" },
  BANK: { en: "issues deposits and freezes them", zh: "发行与冻结存款" },
  ARBITER: { en: "freezes trades, rules on them, holds debts up", zh: "冻结与裁决交易、中止债务计时" },
  GUARDIAN: { en: "cancels decisions that wait", zh: "撤销等待中的决定" },
};

/** Who holds a role; its number where the platform has no name for it. */
export const roleWords = (role: string): Sentence => ROLE_WORDS[role as RoleName] ?? { en: role, zh: role };
