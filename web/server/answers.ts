import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Sentence } from "../../sdk/types/sentence.ts";

/** Nothing but this origin: no inline script, no string that becomes markup, no frame around the page. */
export const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Wallets announce their pictures as data: (EIP-6963).
  "img-src 'self' data:",
  ...["font-src 'self'", "connect-src 'self'", "manifest-src 'self'"],
  ...["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"],
  ...["require-trusted-types-for 'script'", "trusted-types 'none'"],
].join("; ");

export const SAFETY = {
  "content-security-policy": CSP,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** What goes wrong, as each kind of caller reads it: the operator's, the index's and a node's clients have forms of their own. */
export type Speech = "page" | "graphql" | "rpc";

export interface Failure {
  status: ContentfulStatusCode;
  code: string;
  sentences: Sentence;
}

export function fail(c: Context, { status, code, sentences }: Failure, speech: Speech = "page"): Response {
  c.header("cache-control", "no-store");
  const message = sentences[languageOf(c)];
  if (speech === "graphql") return c.json({ errors: [{ message, extensions: { code, sentences } }] }, status);
  if (speech === "rpc")
    return c.json({ jsonrpc: "2.0", id: null, error: rpcError(-32_603, message, sentences) }, status);
  return c.json({ error: { code, sentence: message, sentences, figures: {} } }, status);
}

export const rpcError = (code: number, message: string, sentences: Sentence) => ({
  code,
  message,
  data: { sentences },
});

export const languageOf = (c: Context) => (/^zh\b/i.test(c.req.header("accept-language") ?? "") ? "zh" : "en");
