import { DujiangError } from "../types/errors.ts";
import type { Language } from "../types/sentence.ts";
import type { components } from "./api.ts";

/** Where the market operator's service is, and how it is asked. */
export interface Operator {
  url: string;
  /** In which language it answers; English where nothing is said. */
  language?: Language | undefined;
  /** An API key, or the token of a session. */
  token?: string | undefined;
}

/** Thrown when the operator refuses something or does not answer: its sentence, in both languages where it sent both. */
export class OperatorError extends DujiangError {
  /** HTTP status; 0 if there was no answer. */
  readonly status: number;
  readonly code: string;
  readonly figures: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    sentences: Record<Language, string>,
    figures = {},
    language: Language = "en",
  ) {
    super(sentences);
    this.message = sentences[language];
    this.status = status;
    this.code = code;
    this.figures = figures;
  }
}

/** What the operator answers to a question, or to a message. @throws OperatorError with its sentence */
export async function ask<Answer>(operator: Operator, path: string, request: RequestInit = {}): Promise<Answer> {
  const answer = await reach(operator, path, request);
  return (await answer.json()) as Answer;
}

/** A good answer of the operator, not read yet. */
export async function reach(operator: Operator, path: string, request: RequestInit = {}): Promise<Response> {
  const { url, language = "en", token } = operator;
  const headers = new Headers(request.headers);
  headers.set("accept-language", language);
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  const place = `${url.replace(/\/+$/, "")}${path}`;
  let answer: Response;
  try {
    answer = await fetch(place, { ...request, headers });
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new OperatorError(0, "NoAnswer", noAnswer(url), {}, language);
  }
  if (answer.ok) return answer;
  const failure = (await answer.json().catch(() => undefined)) as Partial<components["schemas"]["Failure"]> | undefined;
  if (failure?.error === undefined)
    throw new OperatorError(answer.status, "NotOperator", notOperator(url, answer.status), {}, language);
  const { code, sentences, figures } = failure.error;
  throw new OperatorError(answer.status, code, sentences, figures, language);
}

const noAnswer = (url: string) => ({
  en: `The market operator's service at ${url} does not answer: check the address and the network, and try again.`,
  zh: `运营服务（${url}）没有应答：请检查地址和网络后重试。`,
});

const notOperator = (url: string, status: number) => ({
  en: `What answers at ${url} says ${status} and is not the market operator's service: check the address, or the proxy before it.`,
  zh: `${url} 返回 ${status}，并非运营服务：请检查地址或其前端代理。`,
});
