import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { ERRORS, LIMITS, type RpcError } from "./contract.ts";
import { type Answer, answerAsBesu, type Call, type Chain } from "./rules.ts";

interface Request extends Call {
  id: unknown;
}

/** A JSON-RPC node that answers for another chain as Besu 26.8 would, and notes what it refused. */
export class BesuNode {
  readonly url: string;
  readonly refused: { method: string; error: RpcError }[] = [];
  readonly #server: Server;
  readonly #chain: Chain;

  private constructor(server: Server, chain: Chain) {
    this.#server = server;
    this.#chain = chain;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** @param allowlist accounts that may send transactions; everybody when left out */
  static async start(upstream: string, allowlist?: readonly string[]): Promise<BesuNode> {
    const server = createServer(async (request, response) => {
      const answer = await node.#answerBody(await text(request)).catch((error: Error) => {
        response.statusCode = 502;
        return error.message;
      });
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    });
    server.maxConnections = LIMITS.connections;
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const node = new BesuNode(server, { ...chainAt(upstream), allowlist });
    return node;
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.#server.close(done));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answerBody(body: string): Promise<unknown> {
    let content: Request | Request[];
    try {
      content = JSON.parse(body);
    } catch {
      return { jsonrpc: "2.0", id: null, error: ERRORS.parse };
    }
    if (!Array.isArray(content)) return this.#answer(content);
    if (content.length > LIMITS.batch) return { jsonrpc: "2.0", id: null, error: ERRORS.batch };
    const answers: unknown[] = [];
    for (const request of content) answers.push(await this.#answer(request));
    return answers;
  }

  async #answer({ id, method, params = [] }: Request): Promise<object> {
    const answer = await answerAsBesu({ method, params }, this.#chain);
    if ("error" in answer) this.refused.push({ method, error: answer.error });
    return { jsonrpc: "2.0", id, ...answer };
  }
}

/** A chain that is asked over HTTP. */
export function chainAt(url: string): Omit<Chain, "allowlist"> {
  const ask = async (method: string, params: unknown[] = []): Promise<Answer> => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    if (!response.ok) throw new Error(`${method} failed at ${url}: ${await response.text()}`);
    const { result = null, error } = (await response.json()) as { result?: unknown; error?: RpcError };
    return error === undefined ? { result } : { error };
  };
  const read = async <Result>(method: string, params: unknown[] = []) => {
    const answer = await ask(method, params);
    if ("error" in answer) throw new Error(`${method} failed at ${url}: ${answer.error.message}`);
    return answer.result as Result;
  };
  return { ask, read };
}
