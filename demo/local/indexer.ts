import { tool } from "../../tools/tool.ts";
import { freePort, takePort, type UsualPort } from "./port.ts";
import { LocalProcess } from "./process.ts";
import { type ThrowawayFolder, throwawayFolder } from "./throwaway.ts";

export const GRAPHQL_PORT: UsualPort = {
  service: { en: "GraphQL server", zh: "GraphQL 服务" },
  variable: "DUJIANG_GRAPHQL_PORT",
  usual: 42_069,
};

export interface IndexerOptions {
  /** The folder under deployments/ with the addresses to index. */
  network: string;
  rpcUrl: string;
  /** "any" for a port nobody uses; otherwise DUJIANG_GRAPHQL_PORT or 42069. */
  port?: "any";
  /** The folder of the database, which is refilled; otherwise one that is deleted with the indexer. */
  directory?: string;
  /** A Postgres server with the database, or "" for the embedded one; otherwise as DATABASE_URL says. */
  databaseUrl?: string;
}

export interface CatchUpOptions {
  seal?: () => Promise<void>;
  /** How long it may stand still. */
  timeoutMs?: number;
}

/** Ponder over an embedded database: GraphQL for what happens on a chain. */
export class LocalIndexer {
  readonly process: LocalProcess;
  readonly url: string;
  readonly graphqlUrl: string;
  readonly directory: string;
  readonly #folder: ThrowawayFolder;

  private constructor(process: LocalProcess, port: number, folder: ThrowawayFolder) {
    this.process = process;
    this.url = `http://127.0.0.1:${port}`;
    this.graphqlUrl = `${this.url}/graphql`;
    this.directory = folder.path;
    this.#folder = folder;
  }

  static async start({ network, rpcUrl, port, directory, databaseUrl }: IndexerOptions): Promise<LocalIndexer> {
    const at = port === "any" ? await freePort() : await takePort(GRAPHQL_PORT);
    const folder = directory === undefined ? throwawayFolder("indexer") : { path: directory, remove() {} };
    const args = [
      ...[tool("ponder"), "start", "--root", "indexer", "--schema", "dujiang"],
      ...["--hostname", "127.0.0.1", "--port", String(at), "--log-format", "json"],
    ];
    const child = new LocalProcess("indexer", args, {
      DUJIANG_NETWORK: network,
      RPC_URL: rpcUrl,
      // Asked for every second: Hardhat forgets a subscription after five minutes.
      RPC_WS_URL: "",
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      DUJIANG_PGLITE_DIR: folder.path,
      PONDER_TELEMETRY_DISABLED: "true",
    });
    const indexer = new LocalIndexer(child, at, folder);
    try {
      await child.until("ready", async () => ((await fetch(`${indexer.url}/health`)).ok ? true : undefined), 120_000);
    } catch (error) {
      await indexer.stop();
      throw error;
    }
    return indexer;
  }

  /**
   * Waits until everything up to and including `block` is in the tables.
   *
   * Ponder backfills to 30 blocks behind the head and takes up the rest when the next block comes. Where blocks come on
   * demand only, give it `seal`, which makes one: on a chain at rest it would wait for ever.
   */
  async caughtUpWith(block: number, { seal, timeoutMs = 120_000 }: CatchUpOptions = {}): Promise<void> {
    let sealedAt = Date.now();
    // As long as it gets on, it is waited for.
    for (let reached = -1; reached < block; ) {
      reached = await this.process.until(
        `caught up with block ${block}`,
        async () => {
          const at = await this.#block();
          if (at > reached) return at;
          if (seal !== undefined && Date.now() - sealedAt > 1_000) {
            await seal();
            sealedAt = Date.now();
          }
          throw new Error(`it is at block ${at < 0 ? "none" : at}`);
        },
        timeoutMs,
      );
    }
  }

  /** The last block in the tables; -1 before the first one. */
  async #block(): Promise<number> {
    const status = (await (await fetch(`${this.url}/status`)).json()) as Status;
    const blocks = Object.values(status).map((chain) => chain.block?.number ?? -1);
    return blocks.length === 0 ? -1 : Math.min(...blocks);
  }

  async query<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const response = await fetch(this.graphqlUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
    if (data === undefined || errors !== undefined) {
      throw new Error(
        `GraphQL did not answer: ${errors?.map(({ message }) => message).join("; ") ?? response.statusText}`,
      );
    }
    return data;
  }

  async stop(): Promise<void> {
    await this.process.stop();
    this.#folder.remove();
  }
}

type Status = Record<string, { id: number; block: { number: number; timestamp: number } | null }>;
