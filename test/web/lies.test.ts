import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { wallets } from "../../demo/local/wallets.ts";
import { formatDay, parseDay } from "../../sdk/index.ts";
import { findChromium, launchChromium, NO_CHROMIUM } from "../utils/chromium.ts";
import { type Lie, lie, readLies } from "./utils/lies.ts";
import { proposeToFactory } from "./utils/proposal.ts";
import { type ShownDay, showDay } from "./utils/shownDay.ts";

/** So long a page has to say that something differs: the chain is asked after the page is shown. */
const FOUND_MS = 30_000;
const MARKED = "[data-differs]";

describe("an index or an operator that alters one figure", () => {
  const lies = readLies();
  let [shown, browser, proposal]: [ShownDay?, Browser?, string?] = [];

  before(async () => {
    const chromium = findChromium();
    if (chromium === undefined) throw new Error(NO_CHROMIUM);
    shown = await showDay();
    browser = await launchChromium(chromium);
    const ahead = formatDay(parseDay(shown.date) + 90);
    proposal = await proposeToFactory(shown.deployment, shown, ahead);
  });

  after(async () => {
    await browser?.close();
    await shown?.stop();
  });

  /** The page of a route as an actor sees it. */
  async function look({ route, wallet }: Pick<Lie, "route" | "wallet">, prepare: (page: Page) => Promise<void>) {
    const context = await browser!.newContext();
    const page = await context.newPage();
    const place = Object.keys(wallets).indexOf(wallet);
    if (place >= 0) await page.addInitScript((rdns) => localStorage.setItem("wallet", rdns), `practice.${place}`);
    await prepare(page);
    const path = route.replace("{date}", shown!.date).replace("{proposal}", proposal!);
    await page.goto(`${shown!.url}${path}`);
    return { page, close: () => context.close() };
  }

  it("is tried with twenty figures at least", () => expect(lies.length).to.be.at.least(20));

  for (const [key, { route, wallet }] of new Map(lies.map((each) => [`${each.route} ${each.wallet}`, each]))) {
    it(`finds nothing where nobody lies: ${key}`, async () => {
      const { page, close } = await look({ route, wallet }, async () => {});
      // What is compared with the index alone stays grey.
      await page
        .locator(".mark.good, .mark:has-text('agrees with the index'), .mark:has-text('与索引一致')")
        .first()
        .waitFor({ timeout: FOUND_MS });
      expect(await page.locator(MARKED).count()).to.equal(0);
      await close();
    });
  }

  for (const each of lies) {
    it(`is found at ${each.route}: ${each.service} ${each.path}`, async () => {
      const liars: { hasLied(): boolean }[] = [];
      const { page, close } = await look(each, async (opened) => {
        liars.push(await lie(opened, each));
      });
      await page.locator(MARKED).first().waitFor({ timeout: FOUND_MS });
      expect(liars[0]?.hasLied()).to.equal(true);
      if (each.route.startsWith("/proposals/"))
        expect(await page.getByRole("button", { name: /^(Countersign|会签)$/ }).count()).to.equal(0);
      await close();
    });
  }
});
