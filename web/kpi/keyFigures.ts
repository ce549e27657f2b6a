import { DujiangError } from "../../sdk/types/errors.ts";
import { bothOf, type Sentence } from "../words/index.ts";

/** Shanghai dates, both included. */
export interface Period {
  from: string;
  to: string;
}

/** A figure as the index computes it: whole numbers as decimal text, and the value that people are shown. */
export interface KeyFigure extends Sentence {
  id: string;
  numerator: string;
  denominator: string | null;
  unit: "participants" | "trades" | "%" | "s";
  value: string | null;
}

export interface KeyFigures extends Period {
  kpis: KeyFigure[];
}

/** Thrown when the index does not compute them. */
export class KpiError extends DujiangError {}

/** @param asked what is left out the index chooses */
export async function readKeyFigures(asked: Partial<Period>): Promise<KeyFigures> {
  const answer = await fetch(`/kpi.json?${new URLSearchParams(Object.entries(asked))}`).catch(() => undefined);
  const said = (await answer?.json().catch(() => undefined)) as (KeyFigures & Refusal) | undefined;
  if (answer?.ok && said !== undefined) return said;
  const { error } = said ?? {};
  if (error === undefined) throw new KpiError(AWAY);
  throw new KpiError(typeof error === "string" ? bothOf(error) : error.sentences);
}

/** The index says why in both languages, and the page's server as it says everything. */
interface Refusal {
  error?: string | { sentences: Sentence };
}

const AWAY: Sentence = {
  en: "The index does not answer: try again shortly.",
  zh: "索引没有应答：请稍后重试。",
};
