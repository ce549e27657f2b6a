import type { Sentence } from "../words/index.ts";

/** Who works at a desk: the role on chain that lets an account in. */
export type DeskRole = "MARKET_OPERATOR" | "METER_OPERATOR";

export const ROLE_WORDS: Record<DeskRole, Sentence> = {
  MARKET_OPERATOR: { en: "power exchange", zh: "电力交易中心" },
  METER_OPERATOR: { en: "metering centre", zh: "计量中心" },
};
