import type { Grade } from "../../sdk/credit/enums.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";

export const KIND_WORDS: Record<string, Sentence> = {
  generator: { en: "generator", zh: "发电企业" },
  consumer: { en: "consumer", zh: "电力用户" },
  retailer: { en: "retailer", zh: "售电公司" },
  aggregator: { en: "aggregator", zh: "聚合商" },
  bank: { en: "bank", zh: "银行" },
  supplier: { en: "supplier", zh: "供应商" },
  gridCompany: { en: "grid company", zh: "电网企业" },
  balancingAccount: { en: "balancing account", zh: "平衡资金账户" },
  auditor: { en: "auditor", zh: "审计机构" },
  specialPurposeVehicle: { en: "special purpose vehicle", zh: "特殊目的载体" },
};

export const SIZE_WORDS: Record<string, Sentence> = {
  unspecified: { en: "size not stated", zh: "规模未注明" },
  micro: { en: "micro firm", zh: "微型企业" },
  small: { en: "small firm", zh: "小型企业" },
  medium: { en: "medium firm", zh: "中型企业" },
  large: { en: "large firm", zh: "大型企业" },
};

export const PARTICIPANT_STATUS_WORDS: Record<string, Sentence> = {
  proposed: { en: "proposed", zh: "待批准" },
  active: { en: "active", zh: "有效" },
  suspended: { en: "suspended", zh: "已暂停" },
  rejected: { en: "rejected", zh: "已驳回" },
};

export const DIRECTION_WORDS: Record<string, Sentence> = {
  generation: { en: "generation", zh: "发电" },
  consumption: { en: "consumption", zh: "用电" },
};

export const VOLTAGE_WORDS: Record<string, Sentence> = {
  below1kV: { en: "below 1 kV", zh: "不满 1 kV" },
  kV10: { en: "10 kV", zh: "10 kV" },
  kV35: { en: "35 kV", zh: "35 kV" },
  kV110: { en: "110 kV", zh: "110 kV" },
  kV220: { en: "220 kV", zh: "220 kV" },
  kV500: { en: "500 kV", zh: "500 kV" },
};

export const gradeWords = (grade: Grade): Sentence =>
  grade === "Unrated" ? { en: "not rated", zh: "未评级" } : { en: grade, zh: grade };
