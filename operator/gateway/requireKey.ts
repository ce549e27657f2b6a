import { KEY_MARK, nameOfKey } from "./apiKeys.ts";
import type { Gateway, RequestContext } from "./context.ts";
import { Refusal } from "./refusal.ts";

/** Lets only the operator's own people in: the name of the key. */
export function requireKey(c: RequestContext, gateway: Gateway): string {
  const name = c.get("apiKey");
  if (name === undefined) {
    throw new Refusal(401, "KeyNeeded", {
      en: 'This is for the operator: send a good API key as "authorization: Bearer …".',
      zh: "此接口仅供运营方使用：请以 “authorization: Bearer …” 提供有效的 API 密钥。",
    });
  }
  gateway.log.info({ requestId: c.get("requestId"), apiKey: name }, "key used");
  return name;
}

/** The name of the good API key that a message carries; undefined if it has none. */
export async function nameOfSender(c: RequestContext, { db }: Gateway): Promise<string | undefined> {
  const [scheme, key = ""] = (c.req.header("authorization") ?? "").split(" ");
  return scheme?.toLowerCase() === "bearer" && key.startsWith(KEY_MARK) ? await nameOfKey(db, key) : undefined;
}
