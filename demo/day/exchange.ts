import { setTimeout as sleep } from "node:timers/promises";
import type { Address, Hex } from "viem";
import { type Curve, type Day, formatDay, type SignedOrder, type Trade } from "../../sdk/index.ts";
import { orderToWire, tradeToWire } from "../../sdk/operator/index.ts";
import type { Language, Words } from "./language.ts";
import { DayRefused } from "./refused.ts";

/** Where the service listens, and what lets the metering centre in. */
export interface ExchangePlace {
  url: string;
  apiKey: string;
  /** How long its answers of the chain are good for. */
  chainTtlMs: number;
  /** Done when it answers, if it is still coming up. */
  ready?: Promise<void>;
}

/** A meter's day as the metering system knows it. */
export interface Reading {
  assetNumber: string;
  day: Day;
  curve: Curve;
}

/** A bilateral trade with the signatures that came so far. */
export interface Proposal {
  sellerSignature: Hex | null;
  buyerSignature: Hex | null;
}

/** What was cleared of a book; amounts are decimal text. */
export interface ClearedRound {
  round: number;
  state: "cleared" | "submitted";
  energyWh: string;
  /** Fen per MWh, slot by slot. */
  price: number[];
  trades: number[];
  skipped: { reason: string }[];
}

/** 日清单: the delivery day of a participant; amounts are decimal text. */
export interface ClearingStatement {
  isFinal: boolean;
  totals: Record<"soldWh" | "boughtWh" | "netFen", string>;
}

/** The market operator's service as wallets meet it: over HTTP, with nothing but what they signed; and as the metering system does. */
export class Exchange {
  readonly url: string;
  readonly #chainTtlMs: number;
  readonly #apiKey: string;
  readonly language: Language;

  constructor({ url, apiKey, chainTtlMs }: ExchangePlace, language: Language) {
    this.#chainTtlMs = chainTtlMs;
    this.url = url;
    this.#apiKey = apiKey;
    this.language = language;
  }

  /** Waits until the service has forgotten what it knew of the chain before, as when time jumped. */
  async noticeTime(): Promise<void> {
    await sleep(2 * this.#chainTtlMs);
  }

  async order(signed: SignedOrder): Promise<void> {
    await this.#post("/orders", orderToWire(signed));
  }

  /** Hands in one party's signature of a bilateral trade. */
  propose(trade: Trade, signer: Address, signature: Hex): Promise<Proposal> {
    return this.#post("/proposals", { trade: tradeToWire(trade), signer: signer.toLowerCase(), signature });
  }

  /** Hands in a batch of readings, which the service reports to the chain. */
  async readings(readings: readonly Reading[]): Promise<void> {
    const batch = readings.map(({ assetNumber: meter, day, curve }) => ({
      ...{ meter, date: formatDay(day), quality: "measured" },
      kWh: curve.map((wh) => `${Math.floor(wh / 1000)}.${String(wh % 1000).padStart(3, "0")}`),
    }));
    await this.#post("/readings", { readings: batch }, { authorization: `Bearer ${this.#apiKey}` });
  }

  /** Hands in the sheets behind credential hashes, so that participants know each other by name. */
  async names(sheets: readonly string[]): Promise<void> {
    await this.#post("/names", { sheets }, { authorization: `Bearer ${this.#apiKey}` });
  }

  async rounds(zone: number, day: Day): Promise<ClearedRound[]> {
    const { rounds } = await this.#ask<{ rounds: ClearedRound[] }>(`/rounds/${zone}/${formatDay(day)}`);
    return rounds;
  }

  statement(participant: number, day: Day): Promise<ClearingStatement> {
    return this.#ask(`/statements/${participant}/${formatDay(day)}`);
  }

  /** Where the statement can be read and printed. */
  statementPage(participant: number, day: Day): string {
    return `${this.url}/statements/${participant}/${formatDay(day)}?as=page`;
  }

  /** Throws a sentence if the service takes nothing. */
  async requireReady(): Promise<void> {
    await this.#ask("/ready");
  }

  #post<Answer>(path: string, message: unknown, more: Record<string, string> = {}): Promise<Answer> {
    const headers = { "content-type": "application/json", ...more };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(message) });
  }

  async #ask<Answer>(path: string, request: RequestInit = {}): Promise<Answer> {
    const headers = { ...request.headers, "accept-language": this.language };
    let response: Response;
    try {
      response = await fetch(`${this.url}${path}`, { ...request, headers });
    } catch {
      const words = {
        zh: `运营服务（${this.url}）没有应答：它可能已经结束。`,
        en: `The market operator's service at ${this.url} does not answer: it may have ended.`,
      };
      throw new DayRefused(words);
    }
    const answer = (await response.json()) as Answer & { error?: { sentences: Words }; reason?: string };
    const other = answer.reason ?? response.statusText;
    if (!response.ok) throw new DayRefused(answer.error?.sentences ?? { en: other, zh: other });
    return answer;
  }
}
