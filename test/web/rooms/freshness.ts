import { expect } from "chai";
import type { Page } from "playwright-core";
import { formatDay } from "../../../sdk/types/time.ts";
import { settled } from "../utils/browser.ts";
import { axeOn } from "../utils/looks.ts";
import { itInABrowser, type Site } from "../utils/site.ts";
import type { Relays } from "../utils/stack.ts";

const NAMES: Record<keyof Relays, string> = {
  node: "chain's node",
  operator: "market operator's service",
  index: "index",
};

/** What Chromium notes of answers that say that a service is away. */
const AWAY = /the server responded with a status of 502|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/;

export function itKeepsUp(site: Site): void {
  const marketOfTheDay = () => `/market/4/${formatDay(site.stack().tradingDay.readings.day)}`;

  for (const [service, name] of Object.entries(NAMES) as [keyof Relays, string][]) {
    itInABrowser(
      site,
      `says that the ${name} is away, keeps what is shown, and goes on when it is back`,
      async (open) => {
        const relay = site.stack().relays[service];
        const page = await open(marketOfTheDay(), { forgives: AWAY });
        await settled(page);
        const shown = await textOf(page);
        const said = page.getByText(`The ${name} does not answer: what comes from it is as it was last`);
        await relay.leave();
        try {
          await said.waitFor();
          expect(await textOf(page)).to.equal(shown);
          expect(await axeOn(page)).to.deep.equal([]);
        } finally {
          await relay.comeBack();
        }
        await said.waitFor({ state: "detached" });
        expect(await textOf(page)).to.equal(shown);
      },
    );
  }

  itInABrowser(
    site,
    "lets seven tabs of one browser listen through one of them, and another after it",
    async (open) => {
      const { operator } = site.stack().relays;
      const first = await open(marketOfTheDay());
      const others = [];
      for (let tab = 1; tab < 7; tab += 1) others.push(await open(marketOfTheDay(), { beside: first }));
      for (const page of [first, ...others]) await settled(page);
      expect(operator.streams("/events")).to.equal(1);
      await first.close();
      await until(() => operator.streams("/events") === 1);
      for (const page of others) await page.reload();
      for (const page of others) await settled(page);
      await until(() => operator.streams("/events") === 1);
    },
  );
}

/** What a screen shows, but for the block of the index, which goes on. */
async function textOf(page: Page): Promise<string> {
  const text = await page.locator("main").textContent();
  return (text ?? "").replace(/block \d+/g, "");
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error("It did not come to that within 20 s.");
    await new Promise((done) => setTimeout(done, 50));
  }
}
