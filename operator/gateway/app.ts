import { randomUUID } from "node:crypto";
import { OpenAPIHono } from "@hono/zod-openapi";
import { cors } from "hono/cors";
import { alertRoutes } from "./alertRoutes.ts";
import type { Env, Gateway, GatewayApp, RequestContext, Routes } from "./context.ts";
import { API_PATH, describeApi } from "./describeApi.ts";
import { docsRoutes } from "./docs.ts";
import { BODY_BYTES, NOT_FOUND, refusalFor, STAND_BY, TOO_LARGE, UNFORESEEN } from "./failure.ts";
import { type FieldWords, fieldRefusal } from "./fieldWords.ts";
import { languageOf } from "./language.ts";
import { limitBody } from "./limitBody.ts";
import { OPERATION_PATHS, operationRoutes } from "./operation.ts";
import { nameOfSender } from "./requireDesk.ts";
import { sessionRoutes } from "./sessionRoutes.ts";

/** The door of a process: the routes of what it runs, in front of them what holds for all. */
export function createApp(gateway: Gateway, routes: readonly Routes[]): GatewayApp {
  const { limits, log, metrics, origins } = gateway;
  const words: FieldWords = Object.assign({}, ...routes.map(({ fieldWords }) => fieldWords));
  const app: GatewayApp = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw fieldRefusal(result.error, words);
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
  if (origins.length > 0) {
    const exposeHeaders = ["content-language", "content-range", "retry-after", "x-request-id"];
    app.use(cors({ origin: [...origins], allowMethods: ["GET", "HEAD", "POST", "PUT"], exposeHeaders, maxAge: 600 }));
  }
  app.use(async (c, next) => {
    // Who watches the process is answered even where everybody else has to wait.
    if (OPERATION_PATHS.has(c.req.path)) return next();
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    const name = await nameOfSender(c, gateway);
    c.set("apiKey", name);
    // A client with a key is not limited by what others sent from the same address.
    if (isRead) await limits.countRead(c, name);
    else if (name === undefined) await limits.requirePatience(c);
    await next();
    if (!isRead && c.res.status >= 400 && c.res.status < 500) await limits.countRefused(c);
  });
  app.use((c, next) => {
    if (gateway.isStandBy() && !OPERATION_PATHS.has(c.req.path) && c.req.path !== API_PATH) throw STAND_BY;
    return next();
  });
  const usual = limitBody(BODY_BYTES, TOO_LARGE);
  const large = routes.flatMap(({ largeMessages = [] }) => largeMessages);
  const isLarge = (path: string) => large.some((one) => (typeof one === "string" ? one === path : one.test(path)));
  app.use((c, next) => (isLarge(c.req.path) ? next() : usual(c, next)));

  app.onError((error, c) => {
    const refusal = refusalFor(error);
    if (refusal === undefined) log.error({ requestId: c.get("requestId"), error }, "not foreseen");
    const { status, code, sentences, figures } = refusal ?? UNFORESEEN;
    const language = c.get("language");
    c.header("content-language", language);
    if (figures.seconds !== undefined) c.header("retry-after", String(figures.seconds));
    const failure = { code, sentence: sentences[language], sentences, figures, requestId: c.get("requestId") };
    return c.json({ error: failure }, status);
  });
  app.notFound(() => {
    throw NOT_FOUND;
  });

  for (const { register } of routes) register(app, gateway);
  sessionRoutes(app, gateway);
  operationRoutes(app, gateway);
  alertRoutes(app, gateway);
  docsRoutes(app);
  describeApi(app, routes);
  return app;
}

/** The path as it is declared: figures by order hash would never end. */
function routeOf(c: RequestContext): string {
  const declared = c.req.matchedRoutes.filter(({ path }) => path !== "/*").at(-1);
  return declared === undefined ? "none" : `${c.req.method} ${declared.path}`;
}
