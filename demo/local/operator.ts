import { readConfig } from "../../operator/config.ts";
import { loadTrades } from "../../operator/trades.ts";
import { root } from "../../scripts/root.ts";
import { freePort, takePort, type UsualPort } from "./port.ts";
import { LocalProcess } from "./process.ts";
import { type ThrowawayFolder, throwawayFolder } from "./throwaway.ts";
import { wallets } from "./wallets.ts";

export const OPERATOR_PORT: UsualPort = {
  service: { en: "market operator's service", zh: "市场运营服务" },
  variable: "OPERATOR_PORT",
  usual: 8_600,
};

export interface OperatorOptions {
  /** The folder under deployments/ with the addresses of the market. */
  network: string;
  rpcUrl: string;
  /** "any" for a port nobody uses; otherwise OPERATOR_PORT or 8600. */
  port?: "any";
}

const PROGRAM = ["--import", "tsx", `${root}/operator/main.ts`];
/** Time on a local chain jumps, and what was known of it before is old then. */
const CHAIN_TTL_MS = 200;

/** Where the service is going to listen, with its folder and a key of its own people. */
export interface PreparedOperator {
  port: number;
  folder: ThrowawayFolder;
  settings: NodeJS.ProcessEnv;
  apiKey: string;
}

/** All of the market operator's trades in one process over an embedded database that goes with it, with the public keys of the local chain. */
export class LocalOperator {
  readonly process: LocalProcess;
  readonly url: string;
  /** Lets the operator's own people in, such as the metering centre. */
  readonly apiKey: string;
  readonly chainTtlMs = CHAIN_TTL_MS;
  /** Done when it answers. */
  readonly ready: Promise<void>;
  readonly #folder: ThrowawayFolder;

  private constructor(process: LocalProcess, { port, folder, apiKey }: PreparedOperator) {
    this.process = process;
    this.apiKey = apiKey;
    this.url = `http://127.0.0.1:${port}`;
    this.#folder = folder;
    this.ready = this.#comeUp();
    // Its failure is reported where it is awaited.
    this.ready.catch(() => {});
  }

  /** What needs no chain, and takes a while. */
  static async prepare({ port }: Pick<OperatorOptions, "port"> = {}): Promise<PreparedOperator> {
    const at = port === "any" ? await freePort() : await takePort(OPERATOR_PORT);
    const folder = throwawayFolder("operator");
    const settings = { ...settingsOf(at), OPERATOR_FOLDER: folder.path };
    return { port: at, folder, settings, apiKey: await firstApiKey(settings) };
  }

  static launch(prepared: PreparedOperator, { network, rpcUrl }: Omit<OperatorOptions, "port">): LocalOperator {
    const settings = { ...prepared.settings, DUJIANG_NETWORK: network, RPC_URL: rpcUrl };
    return new LocalOperator(new LocalProcess("market operator's service", PROGRAM, settings), prepared);
  }

  static async start(options: OperatorOptions): Promise<LocalOperator> {
    const operator = LocalOperator.launch(await LocalOperator.prepare(options), options);
    await operator.ready;
    return operator;
  }

  /** Throws a sentence for each setting of the environment that the service would refuse to start with. */
  static async checkSettings(): Promise<void> {
    readConfig({ ...process.env, ...settingsOf(OPERATOR_PORT.usual) }, await loadTrades());
  }

  async stop(): Promise<void> {
    await this.process.stop();
    this.#folder.remove();
  }

  async #comeUp(): Promise<void> {
    try {
      await this.process.until("ready", async () => ((await fetch(`${this.url}/ready`)).ok ? true : undefined));
    } catch (error) {
      await this.stop();
      throw error;
    }
  }
}

/** Made by the operator's own command, while nobody else has the folder. */
async function firstApiKey(settings: NodeJS.ProcessEnv): Promise<string> {
  const adding = new LocalProcess("command that makes an API key", [...PROGRAM, "key", "add", "local"], settings);
  return /^dj_\S+$/m.exec(await adding.result())![0];
}

/** What is not left to the environment, where a database of somebody's own may be named. */
function settingsOf(port: number): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: "",
    OPERATOR_HOST: "127.0.0.1",
    OPERATOR_PORT: String(port),
    OPERATOR_KEYS: wallets.marketOperator.wallet.privateKey,
    OPERATOR_KEEPER_KEY: wallets.keeper.wallet.privateKey,
    OPERATOR_METER_KEY: wallets.meterOperator.wallet.privateKey,
    OPERATOR_CHAIN_TTL_MS: String(CHAIN_TTL_MS),
    // Everybody on the local chain is made up.
    OPERATOR_NAMES: "everybody",
    // The local chain seals on demand.
    OPERATOR_SEED_WAIT_SECONDS: "0",
    DUJIANG_NETWORK: "",
    RPC_URL: "",
  };
}
