import { expect } from "chai";
import { LANGUAGES } from "../utils/browser.ts";
import { axeOn } from "../utils/looks.ts";
import { itInABrowser, type Site } from "../utils/site.ts";

const WORDS = {
  en: {
    connect: "Connect a wallet",
    name: "Minjiang hydro station",
    leave: "Disconnect",
    standing: /^Participant \d+, admitted until /,
  },
  zh: { connect: "连接钱包", name: "岷江水电站", leave: "断开连接", standing: /^市场主体 \d+，有效期至 / },
} as const;

export function itConnects(site: Site): void {
  for (const language of LANGUAGES) {
    const { connect, name, leave, standing } = WORDS[language];
    itInABrowser(site, `connects a wallet, keeps it over a reload, and lets it go: ${language}`, async (open) => {
      const page = await open("/nowhere", { language });
      await page.getByRole("button", { name: connect }).click();
      await page.getByRole("dialog").getByRole("button", { name }).waitFor();
      expect(await axeOn(page)).to.deep.equal([]);
      await page.getByRole("dialog").getByRole("button", { name }).click();
      const button = page.locator("button.wallet");
      await button.waitFor();
      expect(await button.textContent()).to.include(name);
      await page.reload();
      await button.click();
      await page.getByText(standing).waitFor();
      expect(await axeOn(page)).to.deep.equal([]);
      await page.getByRole("button", { name: leave }).click();
      await page.getByRole("button", { name: connect }).waitFor();
      await page.reload();
      await page.getByRole("button", { name: connect }).waitFor();
    });
  }

  itInABrowser(site, "says what an account that is no participant's can do", async (open) => {
    const page = await open("/nowhere", { as: "deployer" });
    await page.locator("button.wallet").click();
    await page.getByText(/^This account is no participant's: .* have two registrars enrol it\.$/).waitFor();
    expect(await page.locator("button.wallet").textContent()).to.include("needs attention");
  });
}
