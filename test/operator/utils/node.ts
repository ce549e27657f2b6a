import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { EIP1193RequestFn } from "viem";

export interface Call {
  id: unknown;
  method: string;
  params?: unknown[];
}

/** How a node, or a proxy before it, fails: a status instead of an answer, an error as the answer, or never an answer. */
export type Fault = { status: number; body?: object } | { error: { code: number; message: string } } | "silence";

/**
 * A JSON-RPC node for other processes, answered by a function of this one.
 * @param faultOf how a call fails that is not to be answered
 */
export async function serveNode(
  request: EIP1193RequestFn,
  faultOf: (call: Call) => Fault | undefined = () => undefined,
): Promise<{ url: string; close(): Promise<void> }> {
  const answer = async ({ id, method, params = [] }: Call, fault: Fault | undefined) => {
    if (fault !== undefined) return { jsonrpc: "2.0", id, ...(fault as { error: object }) };
    try {
      return { jsonrpc: "2.0", id, result: await request({ method, params } as never) };
    } catch (error) {
      const { code = -32603, message, data } = error as { code?: number; message: string; data?: unknown };
      return { jsonrpc: "2.0", id, error: { code, message, data } };
    }
  };
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Call | Call[];
    const calls = [body].flat().map((call) => ({ call, fault: faultOf(call) }));
    if (calls.some(({ fault }) => fault === "silence")) return;
    const before = calls.flatMap(({ fault }) => (typeof fault === "object" && "status" in fault ? [fault] : []))[0];
    if (before !== undefined) {
      response.writeHead(before.status, { "content-type": "application/json" });
      return response.end(JSON.stringify(before.body ?? {}));
    }
    const answers = [];
    for (const { call, fault } of calls) answers.push(await answer(call, fault));
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
