import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { EIP1193RequestFn } from "viem";

interface Call {
  id: unknown;
  method: string;
  params?: unknown[];
}

/** A JSON-RPC node for other processes, answered by a function of this one. */
export async function serveNode(request: EIP1193RequestFn): Promise<{ url: string; close(): Promise<void> }> {
  const answer = async ({ id, method, params = [] }: Call) => {
    try {
      return { jsonrpc: "2.0", id, result: await request({ method, params } as never) };
    } catch (error) {
      const { code = -32603, message, data } = error as { code?: number; message: string; data?: unknown };
      return { jsonrpc: "2.0", id, error: { code, message, data } };
    }
  };
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Call | Call[];
    const answers = [];
    for (const call of [body].flat()) answers.push(await answer(call));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = async () => {
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
