/** `npm run web`: serves the built page, and node, index and operator behind it under one address. Settings: web/README.md. */
import { fileURLToPath } from "node:url";
import { createAdaptorServer } from "@hono/node-server";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { DujiangError } from "../sdk/types/errors.ts";
import { languageOf } from "../sdk/types/sentence.ts";
import { createWeb } from "./server/app.ts";
import { readPage } from "./server/files.ts";
import { readWebSettings } from "./server/settings.ts";

const FOLDER = fileURLToPath(new URL("dist", import.meta.url));

try {
  await serve();
} catch (error) {
  if (!(error instanceof DujiangError)) throw error;
  console.error(error.sentences[languageOf(process.env)]);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const settings = readWebSettings(process.env);
  const deployment = readDeployment(settings.network);
  const app = createWeb({ settings, deployment, files: await readPage(FOLDER) });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      fail(cannotListen(settings.port, error.code ?? error.message)),
    );
    server.listen(settings.port, settings.host, done);
  });
  console.log(`http://localhost:${settings.port}`);
  await new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, done);
  });
  server.close();
  // Streams would keep it open.
  if ("closeAllConnections" in server) server.closeAllConnections();
}

const cannotListen = (port: number, reason: string) =>
  new DujiangError({
    en: `The page's server cannot listen at port ${port} (${reason}): end what has it, or set DUJIANG_WEB_PORT to another port.`,
    zh: `页面服务器无法监听端口 ${port}（${reason}）：请结束占用者，或将 DUJIANG_WEB_PORT 设为其他端口。`,
  });
