import type { GatewayApp, Routes } from "./context.ts";

/** Where the description of everything that a process answers lies. */
export const API_PATH = "/openapi.json";

/** Publishes what a process answers, as OpenAPI; operations stand under the name of the trade that answers them. */
export function describeApi(app: GatewayApp, routes: readonly Routes[]): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description: "A key that the market operator gave out, dj_…. 运营方发放的 API 密钥。",
  });
  app.doc31(API_PATH, {
    openapi: "3.1.0",
    info: {
      title: "Dujiang market operator · 都江市场运营服务",
      version: "1",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
      description:
        "Who asks without a key shares the limits of its address; a key has its own. 未使用密钥的请求按地址限流；密钥另有限额。",
    },
    // Wherever it is read from.
    servers: [{ url: "/" }],
    security: [{}, { apiKey: [] }],
    tags: [
      ...routes.map(({ name, description: { en, zh } }) => ({ name, description: `${en} ${zh}` })),
      { name: "sessions", description: "Who somebody is, by an account. 登录。" },
      { name: "operation", description: "How the process is. 运行状态。" },
    ],
  });
}
