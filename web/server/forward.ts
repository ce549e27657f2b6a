import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { type Failure, fail, type Speech } from "./answers.ts";

/** A service behind the page. */
export interface Upstream {
  url: string;
  name: Sentence;
  speech: Speech;
}

/** So long a service may take to begin its answer. */
const PATIENCE_MS = 30_000;
/** What concerns one connection, and what is nobody's business behind the page. */
const KEPT_BACK = new Set([
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding"],
  ...["upgrade", "host", "cookie", "accept-encoding", "content-length", "expect", "forwarded", "x-forwarded-for"],
]);
/** What the connection to the service had, and the one to the reader has its own of. */
const NOT_PASSED_ON = new Set([
  ...["connection", "keep-alive", "transfer-encoding", "content-encoding", "content-length", "set-cookie"],
  ...["access-control-allow-origin", "access-control-allow-credentials", "access-control-allow-headers"],
]);

/**
 * Asks a service what the reader asks, and passes its answer on as it comes: streams are not collected, and end with the reader.
 * @param path what is asked of the service, beginning with "/"
 */
export async function forward(
  c: Context,
  upstream: Upstream,
  path: string,
  { proxies, body = c.req.raw.body }: { proxies: readonly string[]; body?: BodyInit | null },
): Promise<Response> {
  const headers = new Headers([...c.req.raw.headers].filter(([name]) => !KEPT_BACK.has(name)));
  headers.set("x-forwarded-for", readerOf(c, proxies));
  headers.set("accept-encoding", "identity");
  const begun = new AbortController();
  const timer = setTimeout(() => begun.abort(), PATIENCE_MS);
  const { method, signal } = c.req.raw;
  const hasBody = method !== "GET" && method !== "HEAD";
  try {
    const answer = await fetch(`${upstream.url.replace(/\/+$/, "")}${path}`, {
      method,
      headers,
      ...(hasBody ? { body, duplex: "half" } : {}),
      redirect: "manual",
      signal: AbortSignal.any([signal, begun.signal]),
    } as RequestInit);
    const passed = new Headers([...answer.headers].filter(([name]) => !NOT_PASSED_ON.has(name)));
    return new Response(answer.body, { status: answer.status, headers: passed });
  } catch {
    return fail(c, begun.signal.aborted ? tooSlow(upstream) : away(upstream), upstream.speech);
  } finally {
    clearTimeout(timer);
  }
}

/** Whom a request comes from: the address that is connected, or what a proxy before us says of it. */
function readerOf(c: Context, proxies: readonly string[]): string {
  const connected = getConnInfo(c).remote.address ?? "";
  const said = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return said !== undefined && proxies.includes(connected) ? said : connected;
}

const away = ({ name }: Upstream): Failure => ({
  status: 502,
  code: "UpstreamAway",
  sentences: {
    en: `The ${name.en} does not answer at the moment: what is shown stays as it was; the page goes on asking.`,
    zh: `${name.zh}暂时没有应答：页面保留已显示的内容，并会继续尝试。`,
  },
});

const tooSlow = ({ name }: Upstream): Failure => ({
  status: 504,
  code: "UpstreamSlow",
  sentences: {
    en: `The ${name.en} did not begin to answer within ${PATIENCE_MS / 1000} s: try again shortly.`,
    zh: `${name.zh}未在 ${PATIENCE_MS / 1000} 秒内应答：请稍后重试。`,
  },
});
