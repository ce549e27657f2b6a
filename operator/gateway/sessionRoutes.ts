import { createRoute, z } from "@hono/zod-openapi";
import { SESSION_PURPOSES } from "../../sdk/index.ts";
import { body, json, KEYED, REFUSALS } from "./answers.ts";
import type { Gateway, GatewayApp } from "./context.ts";
import { ADDRESS, HASH, SIGNATURE, whole } from "./forms.ts";
import { DESK_ROLES } from "./sessions.ts";

const EXPIRY = whole(0, 2 ** 40).openapi({ description: "Unix second" });
const PURPOSE = z
  .enum(SESSION_PURPOSES, "purpose")
  .default("ownOrders")
  .openapi({ description: "ownOrders: a trader's own; desk: what the account's roles on chain allow" });
const CHALLENGE = { trader: ADDRESS, purpose: PURPOSE, expiry: EXPIRY, challenge: HASH };
const SESSION = z
  .object({
    ...{ token: z.string(), expiry: EXPIRY },
    roles: z.array(z.enum(DESK_ROLES)).openapi({ description: "of the account, for the desk" }),
  })
  .openapi("Session");

const challenge = createRoute({
  method: "post",
  path: "/challenges",
  operationId: "askForChallenge",
  tags: ["sessions"],
  summary: "What somebody signs to be known · 登录所需签署的挑战",
  description:
    "Sign the EIP-712 message ReadOwnOrders, or OperateDesk for the purpose desk, (address trader,uint64 expiry,bytes32 challenge) in the market's domain, within five minutes.",
  request: { body: body(z.strictObject({ trader: ADDRESS, purpose: PURPOSE }, { error: "object" })) },
  responses: { 200: json(z.object(CHALLENGE).openapi("Challenge"), "To be signed"), ...REFUSALS },
});

const open = createRoute({
  method: "post",
  path: "/sessions",
  operationId: "openSession",
  tags: ["sessions"],
  summary: "Hands in a signed challenge · 提交已签署的挑战",
  request: { body: body(z.strictObject({ ...CHALLENGE, signature: SIGNATURE }, { error: "object" })) },
  responses: { 200: json(SESSION, "Send the token as a bearer, for an hour"), ...REFUSALS, ...KEYED },
});

/** For a trader alone, or who has a key. */
export const OF_TRADER: Record<string, string[]>[] = [{ session: [] }, { apiKey: [] }];
/** For who holds a role on chain, or has a key. */
export const OF_DESK: Record<string, string[]>[] = [{ desk: [] }, { apiKey: [] }];

export function sessionRoutes(app: GatewayApp, { sessions }: Gateway): void {
  for (const [name, description] of [
    ["session", "The token of a trader who signed a challenge. 签署挑战后获得的令牌。"],
    [
      "desk",
      "The token of an account that holds a role on chain and signed a challenge. 持有链上角色的账户签署挑战后获得的令牌。",
    ],
  ] as const) {
    app.openAPIRegistry.registerComponent("securitySchemes", name, { type: "http", scheme: "bearer", description });
  }
  app.openapi(challenge, (c) => {
    const { trader, purpose } = c.req.valid("json");
    return c.json(sessions.challenge(trader, purpose), 200);
  });
  app.openapi(open, async (c) => {
    const { signature, ...signed } = c.req.valid("json");
    return c.json(await sessions.open(signed, signature), 200);
  });
}
