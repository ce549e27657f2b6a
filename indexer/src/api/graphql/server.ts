import { gzipSync } from "node:zlib";
import { GraphQLError, type GraphQLSchema, parse } from "graphql/index.js";
import type { Plugin } from "graphql-yoga";
import { createMiddleware } from "hono/factory";
import { refuseTooMuch } from "./cost.ts";
import { createYoga, renderGraphiQL } from "./library.ts";
import { onlyChanges } from "./live.ts";
import { type Context, contextOf, refusal } from "./query.ts";

/** As long as the longest query that anybody writes; a page of arguments to the parser costs more than to the database. */
const MOST_TOKENS = 2_000;

const EXAMPLE = `# Trades of a week with their days, and what was delivered. Ctrl-Space shows what there is to ask for.
{
  trades(where: { date_gte: "2026-11-16", date_lte: "2026-11-22" }, orderBy: "day", limit: 10) {
    items { id date status contractedWh deliveredWh energyFen seller { id } buyer { id } }
    pageInfo { hasNextPage endCursor }
  }
}
`;

/** GraphiQL asks this server and no other: its scripts are in the page, and its policy has the browser fetch nothing from elsewhere. */
let page: Uint8Array<ArrayBuffer> | undefined;
const renderPage = () =>
  new Uint8Array(gzipSync(renderGraphiQL({ title: "Dujiang 都江", query: EXAMPLE, subscriptionsProtocol: "SSE" })));

const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-encoding": "gzip",
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src data:",
    "worker-src blob:",
    "connect-src 'self'",
  ].join("; "),
};

/** GraphQL for programs, live over SSE where it is a subscription; for browsers a page to write it on. */
export function graphqlServer(schema: GraphQLSchema, db: object, log: (error: unknown) => void) {
  // As Ponder's resolvers call it, but without its nine repetitions of a statement that cannot succeed.
  const qb = {
    raw: db,
    wrap: (label: unknown, read?: (db: object) => unknown) => (read ?? (label as typeof read))?.(db),
  };
  const yoga = createYoga<object, Context>({
    schema,
    graphqlEndpoint: "*",
    graphiql: false,
    landingPage: false,
    logging: false,
    context: () => contextOf(qb),
    maskedErrors: { maskError: (error) => masked(error, log) },
    plugins: [limits, onlyChanges],
  });
  return createMiddleware(async (c) => {
    const isBrowsed = c.req.method === "GET" && c.req.header("accept")?.includes("text/html");
    if (!isBrowsed) return yoga.fetch(c.req.raw);
    page ??= renderPage();
    return c.body(page, 200, PAGE_HEADERS);
  });
}

const limits: Plugin = {
  onParse: ({ setParseFn }) => setParseFn((source) => parse(source, { maxTokens: MOST_TOKENS })),
  onExecute: ({ args }) => refuseTooMuch(args),
  onSubscribe: ({ args }) => refuseTooMuch(args),
};

/** What is the query's own fault is said; what is not, such as the database's words, is for the log. */
function masked(error: unknown, log: (error: unknown) => void): Error {
  if (error instanceof GraphQLError) {
    const { originalError } = error;
    if (originalError === undefined || originalError instanceof GraphQLError) return error;
    log(originalError);
    const { nodes, path } = error;
    const { message } = isTimeOut(originalError) ? TIME_OUT : UNKNOWN;
    return new GraphQLError(message, { nodes, path });
  }
  log(error);
  return UNKNOWN;
}

const TIME_OUT = refusal({
  en: "The database ended a statement of the query that took too long: filter by a column that narrows it, or ask for fewer rows.",
  zh: "数据库终止了一条耗时过长的语句：请按能缩小范围的列筛选，或减少行数。",
});
const UNKNOWN = refusal({
  en: "The index could not answer the query: its log says why.",
  zh: "索引无法回答该查询：原因见其日志。",
});

/** Postgres's 57014, also where drizzle wraps it. */
function isTimeOut(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === "57014") || isTimeOut(error.cause);
}
