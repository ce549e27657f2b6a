import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";
import { readWebSettings } from "../../web/server/settings.ts";
import { freePort, takePort, type UsualPort } from "./port.ts";
import { LocalProcess } from "./process.ts";
import { practiceReadingKey } from "./readingKeys.ts";
import { type ThrowawayFolder, throwawayFolder } from "./throwaway.ts";
import { type LocalActor, wallets } from "./wallets.ts";

export const WEB_PORT: UsualPort = {
  service: { en: "page", zh: "网页" },
  variable: "DUJIANG_WEB_PORT",
  usual: 8_700,
};

export interface WebOptions {
  /** The folder under deployments/ with the addresses of the market. */
  network: string;
  rpcUrl: string;
  operatorUrl: string;
  indexUrl: string;
  /** A PEM file of authorities whose signatures of PDFs are believed. */
  authorities?: string;
  /** "any" for a port nobody uses; otherwise DUJIANG_WEB_PORT or 8700. */
  port?: "any";
}

/** The page of the market, with the wallets of the local chain to practise with. Built before: see page.ts. */
export class LocalWeb {
  readonly process: LocalProcess;
  /** By name: browsers make no passkey for an IP address. */
  readonly url: string;
  readonly #folder: ThrowawayFolder;

  private constructor(process: LocalProcess, port: number, folder: ThrowawayFolder) {
    this.process = process;
    this.url = `http://localhost:${port}`;
    this.#folder = folder;
  }

  static async start({
    network,
    rpcUrl,
    operatorUrl,
    indexUrl,
    authorities = "",
    port,
  }: WebOptions): Promise<LocalWeb> {
    const at = port === "any" ? await freePort() : await takePort(WEB_PORT);
    const folder = throwawayFolder("web");
    const practice = join(folder.path, "practice.json");
    const known = (Object.keys(wallets) as LocalActor[]).map((actor) => {
      const { name, wallet } = wallets[actor];
      return { name, key: wallet.privateKey, readingKey: practiceReadingKey(actor) };
    });
    writeFileSync(practice, JSON.stringify(known));
    const settings = {
      ...settingsOf(at),
      DUJIANG_WEB_PRACTICE: practice,
      DUJIANG_WEB_AUTHORITIES: authorities,
      DUJIANG_NETWORK: network,
      RPC_URL: rpcUrl,
      OPERATOR_URL: operatorUrl,
      INDEX_URL: indexUrl,
    };
    const child = new LocalProcess("page's server", ["--import", "tsx", `${root}/web/server.ts`], settings);
    const web = new LocalWeb(child, at, folder);
    try {
      await child.until("ready", async () => ((await fetch(`http://127.0.0.1:${at}/healthy`)).ok ? true : undefined));
    } catch (error) {
      await web.stop();
      throw error;
    }
    return web;
  }

  /** Throws a sentence for each setting of the environment that the server would refuse to start with. */
  static checkSettings(): void {
    readWebSettings({ ...process.env, ...settingsOf(WEB_PORT.usual), DUJIANG_NETWORK: "local" });
  }

  async stop(): Promise<void> {
    await this.process.stop();
    this.#folder.remove();
  }
}

/** What is not left to the environment, where services of somebody's own may be named. */
function settingsOf(port: number): NodeJS.ProcessEnv {
  return {
    DUJIANG_WEB_HOST: "127.0.0.1",
    DUJIANG_WEB_PORT: String(port),
    DUJIANG_WEB_PRACTICE: "",
    RPC_URL: "",
    OPERATOR_URL: "",
    INDEX_URL: "",
  };
}
