import pg from "pg";

/** Which of several processes over one database does the work of some trades. */
export interface Lead {
  readonly isHeld: boolean;
  /** Takes it if nobody else has it, or makes sure that it is still held; whether it is. */
  hold(): Promise<boolean>;
  release(): Promise<void>;
}

/** A folder serves one process, which is refused where another one has it. */
export const ALONE: Lead = { isHeld: true, hold: async () => true, release: async () => {} };

/** Any number that nobody else locks by. */
const LOCKS = 20_261_129;
/** A server that does not answer for so long has others take over. */
const ANSWER_MS = 4_000;

/**
 * The lead of some trades over a server, by locks of a connection of its own: however the process ends, the server frees them
 * with the connection, of a machine that vanished within seconds.
 */
export class ServerLead implements Lead {
  readonly #url: string;
  readonly #trades: readonly string[];
  #client: pg.Client | undefined;
  #isHeld = false;

  constructor(url: string, trades: readonly string[]) {
    this.#url = url;
    this.#trades = trades;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  async hold(): Promise<boolean> {
    try {
      this.#client ??= await this.#connect();
      const client = this.#client;
      if (this.#isHeld) await client.query("select 1");
      else this.#isHeld = await this.#take(client);
    } catch {
      await this.release();
    }
    return this.#isHeld;
  }

  async release(): Promise<void> {
    this.#isHeld = false;
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => {});
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...{ connectionString: this.#url, keepAlive: true, query_timeout: ANSWER_MS },
      connectionTimeoutMillis: ANSWER_MS,
    });
    const lost = () => {
      if (this.#client === client) [this.#client, this.#isHeld] = [undefined, false];
    };
    client.on("error", lost).on("end", lost);
    await client.connect();
    // Of a machine that is gone the server hears nothing: it asks.
    await client.query("set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3");
    return client;
  }

  /** All or none: who held some and waited for others would keep a third from those. */
  async #take(client: pg.Client): Promise<boolean> {
    for (const trade of this.#trades) {
      const { rows } = await client.query("select pg_try_advisory_lock($1, hashtext($2)) as taken", [LOCKS, trade]);
      if (rows[0].taken) continue;
      await client.query("select pg_advisory_unlock_all()");
      return false;
    }
    return true;
  }
}
