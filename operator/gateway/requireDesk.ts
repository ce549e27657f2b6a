import { KEY_MARK, nameOfKey } from "./apiKeys.ts";
import type { Gateway, RequestContext } from "./context.ts";
import { Refusal } from "./refusal.ts";
import type { DeskRole } from "./sessions.ts";

/** Lets only the operator's own people in: the name of the key, or the account that holds one of the roles on chain. */
export async function requireDesk(c: RequestContext, gateway: Gateway, ...roles: DeskRole[]): Promise<string> {
  const name = c.get("apiKey") ?? (await gateway.sessions.deskOf(c, roles));
  if (name === undefined) {
    const needed = roles.join(", ");
    const words = {
      en: `This is for the operator: send a good API key, or the token of a session of the desk whose account holds ${needed}, as "authorization: Bearer …".`,
      zh: `此接口仅供运营方使用：请以 “authorization: Bearer …” 提供有效的 API 密钥，或持有 ${needed} 角色的账户的工作台令牌。`,
    };
    throw new Refusal(401, "KeyNeeded", words, { roles });
  }
  gateway.log.info({ requestId: c.get("requestId"), by: name }, "let in");
  return name;
}

/** The name of the good API key that a message carries; undefined if it has none. */
export async function nameOfSender(c: RequestContext, { db }: Gateway): Promise<string | undefined> {
  const [scheme, key = ""] = (c.req.header("authorization") ?? "").split(" ");
  return scheme?.toLowerCase() === "bearer" && key.startsWith(KEY_MARK) ? await nameOfKey(db, key) : undefined;
}
