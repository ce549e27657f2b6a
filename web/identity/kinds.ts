import type { Kind } from "../../sdk/identity/enums.ts";
import type { Sentence } from "../words/index.ts";

/** As what participants take part. */
export const KIND_WORDS: Record<Kind, Sentence> = {
  generator: { en: "generator", zh: "发电企业" },
  consumer: { en: "consumer", zh: "用户" },
  retailer: { en: "retailer", zh: "售电公司" },
  aggregator: { en: "aggregator", zh: "聚合商" },
  gridCompany: { en: "grid company", zh: "电网企业" },
  bank: { en: "bank", zh: "银行" },
  specialPurposeVehicle: { en: "special-purpose vehicle", zh: "特殊目的载体" },
  auditor: { en: "auditor", zh: "审计" },
  balancingAccount: { en: "balancing account", zh: "平衡资金账户" },
  supplier: { en: "supplier", zh: "供应商" },
};

/** What a participant is, in a few words. */
export const kindsWords = (kinds: readonly string[]): Sentence => {
  const found = kinds.flatMap((kind) => KIND_WORDS[kind as Kind] ?? []);
  return { en: found.map(({ en }) => en).join(", "), zh: found.map(({ zh }) => zh).join("、") };
};
