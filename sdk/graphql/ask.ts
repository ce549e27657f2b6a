import { DujiangError } from "../types/errors.ts";
import type { Language, Sentence } from "../types/sentence.ts";

/** Where the platform's index answers GraphQL, and in which language its errors speak; English where nothing is said. */
export interface Index {
  url: string;
  language?: Language | undefined;
}

declare const types: unique symbol;

/** The text of a query, of which the compiler knows what it asks with and what it answers. */
export type Question<Answer, Variables> = string & { readonly [types]?: (variables: Variables) => Answer };

/** What a question is answered with: `AnswerOf<typeof salesOf>`. */
export type AnswerOf<Asked> = Asked extends Question<infer Answer, never> ? Answer : never;

/** Thrown when the index refuses a query or does not answer: why, in both languages. */
export class IndexError extends DujiangError {
  /** HTTP status; 0 if there was no answer. */
  readonly status: number;

  constructor(status: number, sentences: Sentence, language: Language = "en") {
    super(sentences);
    this.message = sentences[language];
    this.status = status;
  }
}

/**
 * Asks the index a question: one of this room, or the text of any query, for which the caller names the answer's type.
 * Curves are arrays of 96, energy in Wh, money in fen; integers above 32 bits are text.
 * @throws IndexError if the index refuses it or does not answer
 */
export async function askIndex<Answer, Variables extends Record<string, unknown> = Record<string, unknown>>(
  { url, language }: Index,
  question: Question<Answer, Variables>,
  ...[variables]: Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables]
): Promise<Answer> {
  const headers = { "content-type": "application/json", accept: "application/json" };
  const body = JSON.stringify({ query: question, variables }, (_, value) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  let answer: Response;
  try {
    answer = await fetch(url, { method: "POST", headers, body });
  } catch {
    throw new IndexError(0, noAnswer(url), language);
  }
  const said = (await answer.json().catch(() => undefined)) as Said<Answer> | undefined;
  const [refused] = said?.errors ?? [];
  if (refused !== undefined) throw new IndexError(answer.status, wordsOf(refused), language);
  if (said?.data === undefined) throw new IndexError(answer.status, notIndex(url, answer.status), language);
  return said.data;
}

interface Said<Answer> {
  data?: Answer;
  errors?: Refused[];
}

interface Refused {
  message: string;
  extensions?: { sentences?: Sentence };
}

/** The index says in both languages what it refuses itself; a query that its schema does not have, GraphQL refuses in English. */
const wordsOf = ({ message, extensions }: Refused): Sentence =>
  extensions?.sentences ?? {
    en: `The index does not understand the query: ${message}`,
    zh: `索引无法理解该查询：${message}`,
  };

const noAnswer = (url: string): Sentence => ({
  en: `The index at ${url} does not answer: check the address and the network, and try again.`,
  zh: `索引（${url}）没有应答：请检查地址和网络后重试。`,
});

const notIndex = (url: string, status: number): Sentence => ({
  en: `What answers at ${url} says ${status} and is not the index: check the address, or the proxy before it.`,
  zh: `${url} 返回 ${status}，并非索引：请检查地址或其前端代理。`,
});
