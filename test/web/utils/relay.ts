import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands before a service, passes everything on, and can be away for a while as if the service were. */
export class Relay {
  readonly url: string;
  readonly #port: number;
  readonly #server: Server;
  /** Paths of the questions that are being answered: what stays is a stream. */
  readonly open = new Set<string>();
  #questions = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    this.url = `http://127.0.0.1:${this.#port}`;
  }

  static async before(service: string): Promise<Relay> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const relay = new Relay(server);
    server.on("request", (asking, answering) => relay.#pass(service, asking, answering));
    return relay;
  }

  /** How many streams are open whose path begins with this. */
  streams(path: string): number {
    return [...this.open].filter((asked) => asked.includes(` ${path}`)).length;
  }

  async leave(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async comeBack(): Promise<void> {
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  #pass(service: string, asking: IncomingMessage, answering: ServerResponse): void {
    const { method, headers, url = "/" } = asking;
    const question = `${++this.#questions} ${url}`;
    this.open.add(question);
    const passed = request(new URL(url, service), { method, headers }, (answer) => {
      answering.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(answering);
    });
    passed.on("error", () => answering.destroy());
    answering.on("close", () => {
      this.open.delete(question);
      passed.destroy();
    });
    asking.pipe(passed);
  }
}
