import { type Abi, BaseError, decodeErrorResult } from "viem";
import { ACCESS_SENTENCES } from "../access/sentences.ts";
import { ERRORS } from "../chain/abi/errors.ts";
import { CREDIT_SENTENCES } from "../credit/sentences.ts";
import { DEBTS_SENTENCES } from "../debts/sentences.ts";
import { ENERGY_SENTENCES } from "../energy/sentences.ts";
import { FINANCE_SENTENCES } from "../finance/sentences.ts";
import { IDENTITY_SENTENCES } from "../identity/sentences.ts";
import { MARKET_SENTENCES } from "../market/sentences.ts";
import { METERING_SENTENCES } from "../metering/sentences.ts";
import { MONEY_SENTENCES } from "../money/sentences.ts";
import { RECORDS_SENTENCES } from "../records/sentences.ts";
import { SETTLEMENT_SENTENCES } from "../settlement/sentences.ts";
import type { DujiangError } from "../types/errors.ts";
import { fillIn } from "../types/fillIn.ts";
import type { Language, Sentence, Sentences } from "../types/sentence.ts";
import { TYPES_SENTENCES } from "../types/sentences.ts";
import { walletRefusal } from "../wallets/walletRefusal.ts";
import { nodeErrorOf } from "./nodeError.ts";
import { nodeRefusal } from "./nodeRefusal.ts";
import { STANDARD_SENTENCES } from "./standardSentences.ts";

/** What a contract refused with. */
export interface Refusal {
  /** As in the contracts: TradeEscrow_StalePosition. */
  name: string;
  args: Record<string, unknown>;
}

/** A sentence for every refusal: each room has those of its own contracts. */
export const SENTENCES: Sentences = {
  ...STANDARD_SENTENCES,
  ...TYPES_SENTENCES,
  ...ACCESS_SENTENCES,
  ...IDENTITY_SENTENCES,
  ...METERING_SENTENCES,
  ...MONEY_SENTENCES,
  ...ENERGY_SENTENCES,
  ...DEBTS_SENTENCES,
  ...MARKET_SENTENCES,
  ...SETTLEMENT_SENTENCES,
  ...FINANCE_SENTENCES,
  ...CREDIT_SENTENCES,
  ...RECORDS_SENTENCES,
};

/** `TradeEscrow_NotOpen(uint64 id)` as an entry of an ABI. */
const errorsAbi: Abi = ERRORS.map((text) => {
  const [name = "", values = ""] = text.slice(0, -1).split("(");
  const inputs = values.split(",").flatMap((value) => {
    const [type = "", name] = value.split(" ");
    return type === "" ? [] : [{ type, name }];
  });
  return { type: "error", name, inputs };
});

/** One sentence about why a call failed, whatever library made it. */
export function explain(error: unknown, language: Language = "en"): string {
  const refusal = refusalOf(error);
  if (refusal === undefined) {
    return (
      ownSentence(error)?.[language] ??
      walletRefusal(error)?.[language] ??
      nodeRefusal(error, language) ??
      foreign(error)[language]
    );
  }
  const { name, args } = refusal;
  const sentence = SENTENCES[name]?.[language];
  if (sentence !== undefined) return fillIn(sentence, args);
  return name;
}

/** What an error of this library says; of any copy of it, since two copies have each a class of its own. */
function ownSentence(error: unknown): Sentence | undefined {
  const { sentences } = (error ?? {}) as Partial<DujiangError>;
  return typeof sentences?.en === "string" && typeof sentences.zh === "string" ? sentences : undefined;
}

/** What another library says, in its own words. */
function foreign(error: unknown): Sentence {
  const words =
    error instanceof BaseError ? error.shortMessage : error instanceof Error ? error.message : String(error);
  return { en: words, zh: `操作未完成，原文为“${words}”。` };
}

/** What a contract of the platform refused with; undefined when the failure is of another kind. */
export function refusalOf(error: unknown): Refusal | undefined {
  const found = nodeErrorOf(error);
  if (found?.kind !== "reverted" || found.data === "0x") return undefined;
  try {
    const { errorName, args, abiItem } = decodeErrorResult({ abi: errorsAbi, data: found.data });
    const values = (args ?? []) as readonly unknown[];
    return {
      name: errorName,
      args: Object.fromEntries(
        (abiItem as Extract<Abi[number], { type: "error" }>).inputs.map(({ name }, i) => [
          name || String(i),
          values[i],
        ]),
      ),
    };
  } catch {
    // No error of the platform.
    return undefined;
  }
}
