import { createRoute, z } from "@hono/zod-openapi";
import { body, json, KEYED, REFUSALS } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { ADDRESS, HASH, whole } from "../../gateway/forms.ts";
import { SIGNATURE } from "../orders/wire.ts";
import type { ExchangeDoor } from "./door.ts";

const EXPIRY = whole(0, 2 ** 40).openapi({ description: "Unix second" });
const CHALLENGE = { trader: ADDRESS, expiry: EXPIRY, challenge: HASH };
const SESSION = z.object({ token: z.string(), expiry: EXPIRY }).openapi("Session");

const challenge = createRoute({
  method: "post",
  path: "/challenges",
  operationId: "askForChallenge",
  tags: ["exchange"],
  summary: "What a trader signs to be shown its own orders · 查看本人报单所需签署的挑战",
  description:
    "Sign the EIP-712 message ReadOwnOrders(address trader,uint64 expiry,bytes32 challenge) in the market's domain, within five minutes.",
  request: { body: body(z.strictObject({ trader: ADDRESS }, { error: "object" })) },
  responses: { 200: json(z.object(CHALLENGE).openapi("Challenge"), "To be signed"), ...REFUSALS },
});

const open = createRoute({
  method: "post",
  path: "/sessions",
  operationId: "openSession",
  tags: ["exchange"],
  summary: "Hands in a signed challenge · 提交已签署的挑战",
  request: { body: body(z.strictObject({ ...CHALLENGE, signature: SIGNATURE }, { error: "object" })) },
  responses: { 200: json(SESSION, "Send the token as a bearer, for an hour"), ...REFUSALS, ...KEYED },
});

/** For a trader alone, or who has a key. */
export const OF_TRADER: Record<string, string[]>[] = [{ session: [] }, { apiKey: [] }];

export function sessionRoutes(app: GatewayApp, { sessions }: ExchangeDoor): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "http",
    scheme: "bearer",
    description: "The token of a trader who signed a challenge. 签署挑战后获得的令牌。",
  });
  app.openapi(challenge, (c) => c.json(sessions.challenge(c.req.valid("json").trader), 200));
  app.openapi(open, async (c) => {
    const { signature, ...signed } = c.req.valid("json");
    return c.json(await sessions.open(signed, signature), 200);
  });
}
