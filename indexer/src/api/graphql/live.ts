import type { Plugin } from "graphql-yoga";
import { type Context, refusal } from "./query.ts";

const MOST_STREAMS = 100;
const EVERY_MS = 1_000;

/** The name of the latest block in the tables. */
export type ReadHead = () => Promise<string>;

let streams = 0;

/** An event now, and one for every block that comes: what was asked for is read again with each. */
export async function* blocks(readHead: ReadHead, { query }: Context): AsyncGenerator<object> {
  if (streams >= MOST_STREAMS) {
    throw refusal({
      en: `The index has ${MOST_STREAMS} subscriptions, as many as it serves at once: try again later.`,
      zh: `索引已有 ${MOST_STREAMS} 个订阅，达到同时提供的上限：请稍后再试。`,
    });
  }
  streams += 1;
  try {
    for (let last = ""; ; await new Promise((later) => setTimeout(later, EVERY_MS))) {
      const head = await readHead();
      if (head === last) continue;
      last = head;
      query.renew();
      yield {};
    }
  } finally {
    streams -= 1;
  }
}

/** Sends an answer only where it differs from the one before. */
export const onlyChanges: Plugin = {
  onSubscribe: () => ({
    onSubscribeResult({ result, setResult }) {
      if (Symbol.asyncIterator in result) setResult(changesOf(result));
    },
  }),
};

async function* changesOf<Answer>(answers: AsyncIterable<Answer>): AsyncGenerator<Answer> {
  let last = "";
  for await (const answer of answers) {
    const text = JSON.stringify(answer);
    if (text === last) continue;
    last = text;
    yield answer;
  }
}
