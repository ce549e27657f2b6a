import type { Sentence } from "../types/sentence.ts";
import type { RoleName } from "./roles.ts";

/** Who holds each role, in words. */
export const ROLE_WORDS: Record<RoleName, Sentence> = {
  ADMIN: { en: "council", zh: "联盟理事会" },
  REGISTRAR: { en: "registrar", zh: "市场注册员" },
  COMPLIANCE: { en: "compliance officer", zh: "合规员" },
  METER_OPERATOR: { en: "metering centre", zh: "计量中心" },
  MARKET_OPERATOR: { en: "power exchange", zh: "电力交易中心" },
  RULE_MAKER: { en: "rules committee", zh: "市场规则委员会" },
  BANK: { en: "settlement bank", zh: "结算银行" },
  ARBITER: { en: "arbiter", zh: "仲裁员" },
  GUARDIAN: { en: "guardian", zh: "应急监护人" },
  NOTARY: { en: "contracts that hold", zh: "冻结款项的合约" },
  TRADE_BOOK: { en: "escrow", zh: "托管合约" },
  ASSIGNMENT: { en: "contracts that redirect proceeds", zh: "转付合约" },
  CLAIM_DESK: { en: "desk that confirms claims", zh: "确权办理合约" },
  EXPOSURE_BOOK: { en: "contracts that count the daily limit", zh: "计算当日限额的合约" },
  COUNCIL: { en: "council, subject to veto", zh: "联盟理事会（可否决）" },
  PUBLIC: { en: "everybody", zh: "所有人" },
};
