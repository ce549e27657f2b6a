import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Env } from "./context.ts";
import type { Refusal } from "./refusal.ts";

/** Refuses messages with more bytes. A message that says how long it is has no more than that, and need not be counted. */
export function limitBody(maxSize: number, refusal: Refusal): MiddlewareHandler<Env> {
  const onError = () => {
    throw refusal;
  };
  const counted = bodyLimit({ maxSize, onError });
  return async (c, next) => {
    const length = c.req.header("content-length");
    if (length === undefined || c.req.header("transfer-encoding") !== undefined) return counted(c, next);
    if (Number(length) > maxSize) onError();
    return next();
  };
}
