import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Call {
  method: string;
  params?: [{ fromBlock?: string }?];
}

/** A JSON-RPC node in front of another that does not answer for logs from a certain block on until it is released. */
export class StallingNode {
  readonly url: string;
  /** Settles when the first question went unanswered. */
  readonly stalled: Promise<void>;
  readonly #server: Server;
  readonly #limit: { from: number };

  private constructor(server: Server, limit: { from: number }, stalled: Promise<void>) {
    this.#server = server;
    this.#limit = limit;
    this.stalled = stalled;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(upstream: string, stallsFrom: number): Promise<StallingNode> {
    let stall = () => {};
    const stalled = new Promise<void>((done) => {
      stall = done;
    });
    const limit = { from: stallsFrom };
    const server = createServer(async (request, response) => {
      const body = await text(request);
      const { method, params } = JSON.parse(body) as Call;
      const from = Number(params?.[0]?.fromBlock ?? 0);
      if (method === "eth_getLogs" && from >= limit.from) return stall();
      const answer = await fetch(upstream, { method: "POST", headers: { "content-type": "application/json" }, body });
      response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return new StallingNode(server, limit, stalled);
  }

  goOn(): void {
    this.#limit.from = Number.POSITIVE_INFINITY;
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
