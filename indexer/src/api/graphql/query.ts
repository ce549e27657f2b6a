import { GraphQLError } from "graphql/index.js";
import type { Sentence } from "../../../../sdk/types/sentence.ts";
import { buildDataLoaderCache } from "./library.ts";

/** How long a query may take; Postgres ends a statement after as long. */
export const LONGEST_SECONDS = 5;

/** Lists that are read at once, however many queries there are: indexing writes to the same database. */
const READ_AT_ONCE = 8;

/** What is wrong with a query, in one sentence; the sdk shows the one of the reader's language. */
export function refusal(sentences: Sentence): GraphQLError {
  return new GraphQLError(sentences.en, { extensions: { http: { status: 200 }, sentences } });
}

type Loaders = ReturnType<typeof buildDataLoaderCache>;

/** What resolvers are given; Ponder's read with the first two. */
export interface Context {
  qb: object;
  getDataLoader: Loaders;
  query: Query;
}

export function contextOf(qb: object): Context {
  const query = new Query(() => buildDataLoaderCache(qb));
  return { qb, getDataLoader: (of) => query.loaders(of), query };
}

/** What a query has until it is answered. A subscription renews it with every answer. */
class Query {
  loaders: Loaders;
  readonly #fresh: () => Loaders;
  #ends = 0;

  constructor(fresh: () => Loaders) {
    this.#fresh = fresh;
    this.loaders = fresh();
    this.renew();
  }

  /** Rows are read again, with all the time there is. */
  renew(): void {
    this.loaders = this.#fresh();
    this.#ends = Date.now() + LONGEST_SECONDS * 1000;
  }

  /** Reads when it is this list's turn, unless time is up by then: what the database has begun it finishes, so no more is begun. */
  async read<Rows>(list: () => Promise<Rows> | Rows): Promise<Rows> {
    await turn();
    try {
      if (Date.now() > this.#ends) {
        throw refusal({
          en: `The query took longer than ${LONGEST_SECONDS} seconds and was ended: ask for fewer rows by limit, or filter by where.`,
          zh: `查询超过 ${LONGEST_SECONDS} 秒，已被终止：请用 limit 减少行数，或用 where 筛选。`,
        });
      }
      return await list();
    } finally {
      next();
    }
  }
}

const waiting: (() => void)[] = [];
let reading = 0;

async function turn(): Promise<void> {
  if (reading < READ_AT_ONCE) reading += 1;
  else await new Promise<void>((mine) => waiting.push(mine));
}

function next(): void {
  const first = waiting.shift();
  if (first === undefined) reading -= 1;
  else first();
}
