import type { Browser, BrowserContext, ConsoleMessage, Page } from "playwright-core";
import { type LocalActor, wallets } from "../../../demo/local/wallets.ts";
import type { Language } from "../../../sdk/types/sentence.ts";

export const LANGUAGES = ["zh", "en"] as const satisfies readonly Language[];
export const THEMES = ["light", "dark"] as const;
/** A phone and a desktop. */
export const WIDTHS = [360, 1366] as const;

/** How somebody looks at the page. */
export interface Look {
  language?: Language;
  theme?: (typeof THEMES)[number];
  width?: (typeof WIDTHS)[number];
  /** Whose practice wallet was connected on the last visit. */
  as?: LocalActor;
  /** The browser in which the page is one more tab; otherwise a fresh one. */
  beside?: Page;
  /** How many times slower its processor is. */
  slower?: number;
  /** Done with the page before it is at its address. */
  prepare?: (page: Page) => Promise<void>;
  /** What the console may say: Chromium notes every answer that is an error. */
  forgives?: RegExp;
}

export type OpenPage = (path: string, look?: Look) => Promise<Page>;

/** Nobody's day here is a Shanghai day: the page has to make it one. */
const ELSEWHERE = "America/Los_Angeles";
const HEIGHTS = { 360: 740, 1366: 768 } as const;

/** People who open the page, each in a browser of its own, and everything they see that must not be. */
export class Visitors {
  readonly faults: string[] = [];
  readonly #browser: Browser;
  readonly #base: string;
  readonly #contexts: BrowserContext[] = [];

  constructor(browser: Browser, base: string) {
    this.#browser = browser;
    this.#base = base;
  }

  readonly open: OpenPage = async (path, look = {}) => {
    const context = look.beside?.context() ?? (await this.#enter(look));
    const page = await context.newPage();
    this.#watch(page, path, look);
    if (look.slower !== undefined) {
      const session = await context.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: look.slower });
    }
    await look.prepare?.(page);
    await page.goto(this.#base + path);
    if (look.as !== undefined) await page.locator("button.wallet").waitFor();
    return page;
  };

  async leave(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async #enter({ language = "en", theme = "light", width = 1366, as }: Look): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      viewport: { width, height: HEIGHTS[width] },
      timezoneId: ELSEWHERE,
      locale: language === "zh" ? "zh-CN" : "en-GB",
      hasTouch: width === 360,
    });
    this.#contexts.push(context);
    const kept = { language, theme, ...(as === undefined ? {} : { wallet: walletOf(as) }) };
    // Written once: what the page itself keeps afterwards is its own.
    await context.addInitScript(`if (localStorage.getItem("language") === null)
      for (const [key, value] of Object.entries(${JSON.stringify(kept)})) localStorage.setItem(key, value);`);
    return context;
  }

  #watch(page: Page, path: string, { forgives }: Look): void {
    const note = (fault: string) => this.faults.push(`${path}: ${fault}`);
    const { host } = new URL(this.#base);
    page.on("console", (message: ConsoleMessage) => {
      const text = `${message.text()} ${message.location().url}`;
      if (["error", "warning"].includes(message.type()) && !forgives?.test(text)) note(text);
    });
    page.on("pageerror", (error) => note(error.message));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol !== "data:" && url.host !== host) note(`asks ${url.host}`);
    });
  }
}

/** The name under which a practice wallet announces itself, by which the page finds it again. */
export const walletOf = (actor: LocalActor): string => `practice.${Object.keys(wallets).indexOf(actor)}`;

/** The text of a screen that shows what it has; null while something is being fetched. */
const SHOWN = `(() => {
  const main = document.querySelector("main");
  const isThere = main?.querySelector("h1") && !main.querySelector(".loading");
  return isThere ? main.innerText : null;
})()`;
const PATIENCE_MS = 60_000;

/** Waits until a screen shows what it has, and nothing of it changes any more. */
export async function settled(page: Page): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let before: string | null = null; ; await page.waitForTimeout(150)) {
    const shown = await page.evaluate<string | null>(SHOWN);
    if (shown !== null && shown === before) return;
    before = shown;
    if (Date.now() > deadline)
      throw new Error(`${page.url()} was not settled within ${PATIENCE_MS / 1000} s: ${shown}`);
  }
}
