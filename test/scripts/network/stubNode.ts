import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers as Besu's JSON-RPC does, and remembers what it was asked. */
export class StubNode {
  readonly asked: [string, unknown[]][] = [];
  readonly answers: Record<string, unknown>;
  readonly #server: Server;

  constructor(answers: Record<string, unknown>) {
    this.answers = answers;
    this.#server = createServer((request, response) => {
      void (async () => {
        let body = "";
        for await (const chunk of request) body += chunk;
        const { id, method, params } = JSON.parse(body);
        this.asked.push([method, params]);
        const answer =
          method in this.answers
            ? { result: this.answers[method] }
            : { error: { code: -32604, message: "Method not enabled" } };
        response.end(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
      })();
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
