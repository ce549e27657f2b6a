import { randomUUID } from "node:crypto";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env, Gateway, RequestContext } from "./context.ts";
import { BODY_BYTES, NOT_FOUND, refusalFor, TOO_LARGE, UNFORESEEN } from "./failure.ts";
import { fieldRefusal } from "./fieldWords.ts";
import { languageOf } from "./language.ts";
import { limitBody } from "./limitBody.ts";
import { nameOfSender } from "./requireKey.ts";
import { bookRoutes } from "./routes/book.ts";
import { eventRoutes } from "./routes/events.ts";
import { operationRoutes } from "./routes/operation.ts";
import { orderRoutes } from "./routes/orders.ts";
import { proposalRoutes } from "./routes/proposals.ts";
import { READINGS_PATH, readingRoutes } from "./routes/readings.ts";
import { roundRoutes } from "./routes/rounds.ts";
import { statementRoutes } from "./routes/statements.ts";
import { taskRoutes } from "./routes/tasks.ts";

export type GatewayApp = OpenAPIHono<Env>;

/** The service's door: every route, in front of them what holds for all. */
export function createApp(gateway: Gateway): GatewayApp {
  const { limits, log, metrics } = gateway;
  const app: GatewayApp = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw fieldRefusal(result.error);
    },
  });

  app.use(async (c, next) => {
    const begun = performance.now();
    c.set("requestId", randomUUID());
    c.set("language", languageOf(c.req.header("accept-language")));
    c.header("x-request-id", c.get("requestId"));
    await next();
    const seconds = (performance.now() - begun) / 1000;
    const status = String(c.res.status);
    metrics.requests.observe({ route: routeOf(c), status }, seconds);
    log.info({ requestId: c.get("requestId"), method: c.req.method, path: c.req.path, status, seconds }, "answered");
  });
  app.use(async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const impatience = await limits.impatience(c);
    // A client with a key is not limited by what others sent from the same address.
    if (impatience !== undefined && (await nameOfSender(c, gateway)) === undefined) throw impatience;
    await next();
    if (c.res.status >= 400 && c.res.status < 500) await limits.countRefused(c);
  });
  const ofTraders = limitBody(BODY_BYTES, TOO_LARGE);
  app.use((c, next) => (c.req.path === READINGS_PATH ? next() : ofTraders(c, next)));

  app.onError((error, c) => {
    const refusal = refusalFor(error);
    if (refusal === undefined) log.error({ requestId: c.get("requestId"), error }, "not foreseen");
    const { status, code, words, figures } = refusal ?? UNFORESEEN;
    const language = c.get("language");
    c.header("content-language", language);
    if (figures.seconds !== undefined) c.header("retry-after", String(figures.seconds));
    return c.json({ error: { code, sentence: words[language], figures, requestId: c.get("requestId") } }, status);
  });
  app.notFound(() => {
    throw NOT_FOUND;
  });

  orderRoutes(app, gateway);
  bookRoutes(app, gateway);
  roundRoutes(app, gateway);
  proposalRoutes(app, gateway);
  statementRoutes(app, gateway);
  readingRoutes(app, gateway);
  taskRoutes(app, gateway);
  eventRoutes(app, gateway);
  operationRoutes(app, gateway);

  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", { type: "http", scheme: "bearer" });
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Dujiang market operator · 都江市场运营服务",
      version: "1",
      description:
        "Signed orders in, cleared rounds out. Messages carry the signature that authorises them; routes marked with a key are the operator's. 报单凭签名提交；标有密钥的接口仅供运营方使用。",
    },
  });
  return app;
}

/** The path as it is declared: figures by order hash would never end. */
function routeOf(c: RequestContext): string {
  const declared = c.req.matchedRoutes.filter(({ path }) => path !== "/*").at(-1);
  return declared === undefined ? "none" : `${c.req.method} ${declared.path}`;
}
