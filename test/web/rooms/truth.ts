import { expect } from "chai";
import type { Page } from "playwright-core";
import { wallets } from "../../../demo/local/wallets.ts";
import { formatDay, parseDay } from "../../../sdk/types/time.ts";
import { written, yuan } from "../../../web/words/format.ts";
import { type Lie, lie, readLies } from "../utils/lies.ts";
import { proposeToFactory } from "../utils/proposal.ts";
import { itInABrowser, type Site } from "../utils/site.ts";

/** So long a page has to say that something differs: the chain is asked after the page is shown. */
const FOUND_MS = 30_000;
const MARKED = "[data-differs]";

/** What operator and index alter is found, whatever there is much of stays light, and nothing is shown as done before it is. */
export function itTellsTheTruth(site: Site): void {
  const lies = readLies();
  let proposal: string | undefined;

  before(async () => {
    const { deployment, chain, operator, facts } = site.stack();
    const ahead = formatDay(parseDay(facts.$date!) + 90);
    proposal = await proposeToFactory(deployment, { rpcUrl: chain.url, operatorUrl: operator.url }, ahead);
  });

  const pathOf = (route: string) => route.replace("{date}", site.stack().facts.$date!).replace("{proposal}", proposal!);
  const actorOf = ({ wallet }: Pick<Lie, "wallet">) =>
    wallet in wallets ? { as: wallet as keyof typeof wallets } : {};

  it("is lied to about twenty figures at least", () => expect(lies.length).to.be.at.least(20));

  for (const [key, { route, wallet }] of new Map(lies.map((each) => [`${each.route} ${each.wallet}`, each]))) {
    itInABrowser(site, `finds nothing where nobody lies: ${key}`, async (open) => {
      const page = await open(pathOf(route), actorOf({ wallet }));
      // What is compared with the index alone stays grey.
      await page
        .locator(".mark.good, .mark:has-text('agrees with the index'), .mark:has-text('与索引一致')")
        .first()
        .waitFor({ timeout: FOUND_MS });
      expect(await page.locator(MARKED).count()).to.equal(0);
    });
  }

  for (const each of lies) {
    itInABrowser(site, `finds what ${each.service} alters at ${each.route}: ${each.path}`, async (open) => {
      let liar: { hasLied(): boolean } | undefined;
      const prepare = async (opened: Page) => {
        liar = await lie(opened, each);
      };
      const page = await open(pathOf(each.route), { ...actorOf(each), prepare });
      await page.locator(MARKED).first().waitFor({ timeout: FOUND_MS });
      expect(liar?.hasLied()).to.equal(true);
      if (each.route.startsWith("/proposals/"))
        expect(await page.getByRole("button", { name: /^(Countersign|会签)$/ }).count()).to.equal(0);
    });
  }

  for (const width of [360, 1366] as const) {
    itInABrowser(
      site,
      `keeps a list of 10,000 trades within 400 nodes, and scrolls it to its end, ${width} px wide`,
      async (open) => {
        const prepare = (opened: Page) => manyTrades(opened, 10_000);
        const page = await open("/trades?of=all", { width, prepare });
        const box = page.getByRole("region", { name: /^(Trades|交易)$/ });
        await box.getByRole("link").first().waitFor({ timeout: FOUND_MS });
        expect(await page.locator("main *").count()).to.be.at.most(400);
        await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        await box.getByRole("link", { name: /^(Trade|交易) 1$/ }).waitFor({ timeout: FOUND_MS });
        expect(await page.locator("main *").count()).to.be.at.most(400);
      },
    );
  }

  itInABrowser(
    site,
    "asks the node before the wallet, and shows nothing as done before a block has it",
    async (open) => {
      const { market } = site.stack().tradingDay;
      const { lockedFen } = await market.read("TradeEscrow", "marginOf", [market.id("factory")]);
      const [before, after] = [written(yuan("en", lockedFen)), written(yuan("en", lockedFen + 100n))];
      const page = await open("/money", { as: "factory" });
      const amount = page.getByLabel("Lock more, CNY");
      const lock = page.getByRole("button", { name: "Lock margin" });
      const locked = () =>
        page
          .locator("dt", { hasText: /^Locked$/ })
          .locator("xpath=following-sibling::dd[1]")
          .textContent();
      await amount.fill("999999999");
      await lock.click();
      await page.getByText("Nothing was sent, and nothing has changed.").waitFor({ timeout: FOUND_MS });
      expect(await page.getByRole("button", { name: "Confirm in the wallet" }).count()).to.equal(0);
      await page.getByRole("button", { name: "Close" }).click();
      await amount.fill("1.00");
      await lock.click();
      const confirm = page.getByRole("button", { name: "Confirm in the wallet" });
      await confirm.and(page.locator(":enabled")).waitFor({ timeout: FOUND_MS });
      expect(await locked()).to.equal(before);
      await confirm.click();
      await page.getByText(/^Done: block /).waitFor({ timeout: FOUND_MS });
      await page.getByRole("button", { name: "Done" }).click();
      // Read again from the chain.
      await page.getByText(after).first().waitFor({ timeout: FOUND_MS });
      expect(await locked()).to.equal(after);
    },
  );
}

/** An index with so many trades, a page at a time. */
async function manyTrades(page: Page, count: number): Promise<void> {
  const status = { market: { block: { number: 1 } } };
  await page.route("**/graphql", async (route) => {
    const { query, variables } = route.request().postDataJSON() as { query: string; variables: { after?: string } };
    if (!query.startsWith("query Trades(")) return route.fallback();
    const from = Number(variables.after ?? 0);
    const items = Array.from({ length: 1000 }, (_, at) => ({
      ...{
        id: String(count - from - at),
        status: "settled",
        sellerId: 5,
        buyerId: 8,
        sellerMeterId: "3",
        buyerMeterId: "4",
      },
      ...{ date: "2026-09-14", paymentDays: 0, contractedWh: "1000", deliveredWh: "1000", contractedEnergyFen: "40" },
      ...{ energyFen: "40", deviationFen: "0" },
    }));
    const next = from + items.length;
    const pageInfo = { hasNextPage: next < count, endCursor: String(next) };
    await route.fulfill({ json: { data: { trades: { totalCount: count, pageInfo, items }, _meta: { status } } } });
  });
}
