import { expect } from "chai";
import { settled, Visitors } from "../utils/browser.ts";
import { axeOn, partedOf, sidewaysOf } from "../utils/looks.ts";
import { addressOf, everySight, type Sight, sampleOf } from "../utils/matrix.ts";
import { itInABrowser, type Site } from "../utils/site.ts";

/** DUJIANG_WEB_SIGHTS=all looks at each screen in each language, theme and width; otherwise at a sample. */
const isFull = process.env.DUJIANG_WEB_SIGHTS === "all";

export function itLooksRight(site: Site): void {
  const all = everySight();
  for (const sight of isFull ? all : sampleOf(all)) {
    itInABrowser(site, `has no finding of axe, and nothing too wide: ${nameOf(sight)}`, async (open) => {
      const page = await open(addressOf(sight.screen, site.stack().facts), sight.look);
      await settled(page);
      expect(await page.title()).to.not.equal("");
      expect([...(await axeOn(page)), ...(await sidewaysOf(page)), ...(await partedOf(page))]).to.deep.equal([]);
    });
  }

  it("looks at each screen, and at each look, at least once", () => {
    const sample = sampleOf(all);
    const of = (sights: readonly Sight[], what: (sight: Sight) => string) => [...new Set(sights.map(what))].sort();
    const lookOf = ({ look: { language, theme, width } }: Sight) => `${language} ${theme} ${width}`;
    expect(of(sample, ({ screen }) => screen)).to.deep.equal(of(all, ({ screen }) => screen));
    expect(of(sample, lookOf)).to.have.length(8).and.deep.equal(of(all, lookOf));
  });

  itInABrowser(site, "says that there is no such page, and leads back", async (open) => {
    const page = await open("/nowhere");
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    expect(await axeOn(page)).to.deep.equal([]);
    await page.getByRole("link", { name: "Go to the first page" }).click();
    await page.waitForURL("**/");
  });

  it("finds what must not be", async () => {
    const visitors = new Visitors(site.browser(), site.stack().url);
    try {
      const page = await visitors.open("/nowhere", { width: 360 });
      await settled(page);
      const changed = `(() => {
        const image = document.createElement("img");
        image.src = "/icon.svg";
        const wide = document.createElement("div");
        wide.style.inlineSize = "900px";
        wide.style.blockSize = "1px";
        const figure = document.createElement("p");
        figure.style.whiteSpace = "normal";
        figure.style.inlineSize = "2em";
        figure.className = "figure";
        figure.textContent = "12 kWh";
        document.querySelector("main").append(image, wide, figure);
        fetch("http://elsewhere.test/").catch(() => {});
        try { document.body.innerHTML = "<p>"; } catch {}
      })()`;
      await page.evaluate(changed);
      expect((await axeOn(page)).join()).to.include("image-alt");
      expect((await sidewaysOf(page)).join()).to.include("scrolls sideways by");
      expect((await partedOf(page)).join()).to.equal("parts: 12 kWh");
      expect(visitors.faults.join("\n")).to.match(/elsewhere\.test/);
      expect(visitors.faults.join("\n")).to.match(/TrustedHTML/);
    } finally {
      await visitors.leave();
    }
  });
}

const nameOf = ({ screen, look: { language, theme, width } }: Sight) => `${screen} ${language} ${theme} ${width}`;
