import type { Browser } from "playwright-core";
import { findChromium, launchChromium, NO_CHROMIUM } from "../utils/chromium.ts";
import { itWorksAtDesks } from "./rooms/desks.ts";
import { itSealsDocuments } from "./rooms/documents.ts";
import { itAsksForTheFactor } from "./rooms/factor.ts";
import { itFinances } from "./rooms/finance.ts";
import { itKeepsUp } from "./rooms/freshness.ts";
import { itLooksRight } from "./rooms/looks.ts";
import { itShowsTheMarket } from "./rooms/market.ts";
import { itVouchesAndJudges } from "./rooms/people.ts";
import { itPrints } from "./rooms/print.ts";
import { itTrades } from "./rooms/trading.ts";
import { itTellsTheTruth } from "./rooms/truth.ts";
import { itConnects } from "./rooms/wallets.ts";
import type { Site } from "./utils/site.ts";
import { Stack } from "./utils/stack.ts";

/** One stack and one browser for all rooms: each says in its own file what people do there. */
describe("The page", function () {
  this.timeout(120_000);
  let stack: Stack;
  let browser: Browser;
  const site: Site = { stack: () => stack, browser: () => browser };

  before(async function () {
    this.timeout(600_000);
    const program = findChromium();
    if (program === undefined) {
      console.log(`      ${NO_CHROMIUM}`);
      this.skip();
    }
    stack = await Stack.start();
    browser = await launchChromium(program);
  });

  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  describe("on every screen", () => itLooksRight(site));
  describe("on paper", () => itPrints(site));
  describe("wallets", () => itConnects(site));
  describe("freshness", () => itKeepsUp(site));
  describe("market", () => itShowsTheMarket(site));
  describe("trading", () => itTrades(site));
  describe("second factor", () => itAsksForTheFactor(site));
  describe("finance", () => itFinances(site));
  describe("desks", () => itWorksAtDesks(site));
  describe("vouching and judging", () => itVouchesAndJudges(site));
  describe("documents", () => itSealsDocuments(site));
  describe("compared with the chain", () => itTellsTheTruth(site));
});
