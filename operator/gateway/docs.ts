import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { GatewayApp } from "./context.ts";
import { API_PATH } from "./describeApi.ts";

/** A page that shows the API and lets people try it, with nothing from anywhere else. */

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Dujiang market operator · 都江市场运营服务</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="api"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;

const START = `SwaggerUIBundle({ url: "${API_PATH}", dom_id: "#api", validatorUrl: null, deepLinking: true });\n`;

/** Swagger UI sets styles of its own and draws with data addresses; whatever else is not served here is not loaded. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

const TYPES = { "swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript" } as const;

export function docsRoutes(app: GatewayApp): void {
  const kept = new Map<string, Promise<string>>();
  const read = (file: string) => {
    const asked = kept.get(file) ?? readFile(createRequire(import.meta.url).resolve(`swagger-ui-dist/${file}`), "utf8");
    kept.set(file, asked);
    return asked;
  };
  app.get("/docs", (c) => c.html(PAGE, 200, { "content-security-policy": POLICY }));
  app.get("/docs/start.js", (c) => c.body(START, 200, { "content-type": "text/javascript; charset=utf-8" }));
  for (const [file, type] of Object.entries(TYPES)) {
    const headers = { "content-type": `${type}; charset=utf-8`, "cache-control": "public, max-age=86400" };
    app.get(`/docs/${file}`, async (c) => c.body(await read(file), 200, headers));
  }
}
