import { expect } from "chai";
import { LANGUAGES, settled } from "../utils/browser.ts";
import { cutOf, partedOf, sidewaysOf } from "../utils/looks.ts";
import { addressOf, readerOf } from "../utils/matrix.ts";
import { itInABrowser, type Site } from "../utils/site.ts";

/** What people keep on paper. */
const PAPERS = ["/day/$meter/$date", "/my-day/$date", "/statements/$date", "/trades/$id", "/receivables/$id"];
/** A4 without its margins, at 96 dots to the inch. */
const PAPER_PX = { width: 688, height: 1017 };

/** What is printed is whole: nothing is cut off, hidden behind a scroll bar, or wider than the paper. */
export function itPrints(site: Site): void {
  for (const [index, screen] of PAPERS.entries()) {
    const language = LANGUAGES[index % LANGUAGES.length]!;
    itInABrowser(site, `gives whole pages of ${screen}: ${language}`, async (open) => {
      const page = await open(addressOf(screen, site.stack().facts), { language, as: readerOf(screen) });
      await settled(page);
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize(PAPER_PX);
      expect([...(await cutOf(page)), ...(await sidewaysOf(page)), ...(await partedOf(page))]).to.deep.equal([]);
      expect(await page.locator("nav, .no-print").filter({ visible: true }).count()).to.equal(0);
      const printed = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      expect(printed.match(/\/Type\s*\/Page\b/g) ?? []).to.have.length.within(1, 12);
    });
  }
}
