import { encodeErrorResult } from "viem";
import { ABIS, DujiangError, explain, toJson } from "../sdk/index.ts";
import type { Words } from "./words.ts";

/** What was asked for and is not done: a code for programs, one sentence for people, the figures behind it. */
export class Refusal extends DujiangError {
  readonly status: 400 | 401 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
  readonly code: string;
  readonly words: Words;
  readonly figures: Record<string, unknown>;

  constructor(status: Refusal["status"], code: string, words: Words, figures: Record<string, unknown> = {}) {
    super(words.en);
    this.status = status;
    this.code = code;
    this.words = words;
    this.figures = toJson(figures);
  }
}

/** What the chain would refuse with, told before anything is sent, in the chain's own words and figures. */
export function chainRefusal(
  contract: "TradeEscrow" | "DepositToken" | "SecondFactor",
  name: string,
  figures: Record<string, unknown>,
) {
  const errorName = `${contract}_${name}`;
  const abi = ABIS[contract] as readonly { type: string; name?: string; inputs?: readonly { name?: string }[] }[];
  const inputs = abi.find((item) => item.type === "error" && item.name === errorName)?.inputs ?? [];
  const args = inputs.map((input) => figures[input.name ?? ""]);
  const data = encodeErrorResult({ abi: ABIS[contract], errorName, args } as never);
  return new Refusal(422, name, { en: explain({ data }, "en"), zh: explain({ data }, "zh") }, figures);
}
