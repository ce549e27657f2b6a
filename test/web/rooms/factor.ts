import { expect } from "chai";
import { type Hex, zeroHash } from "viem";
import { secondFactorSigner } from "../../../sdk/index.ts";
import { createPasskey } from "../../utils/passkey.ts";
import { LANGUAGES } from "../utils/browser.ts";
import { axeOn } from "../utils/looks.ts";
import { itInABrowser, type Site } from "../utils/site.ts";

const WORDS = {
  en: {
    amount: "Lock more, CNY",
    lock: "Lock margin",
    factor: "Second factor",
    confirm: "Confirm with the passkey",
    wallet: "Confirm in the wallet",
    done: /^Done: block /,
  },
  zh: {
    amount: "追加缴存（元）",
    lock: "缴存交易保证金",
    factor: "第二因子",
    confirm: "用通行密钥确认",
    wallet: "在钱包中确认",
    done: /^已完成：已进入区块 /,
  },
} as const;

/** What the account's key may commit on a day by itself. */
const LIMIT_FEN = 50n;

/** Above its limit a key is not enough: the passkey of the device confirms the very call. */
export function itAsksForTheFactor(site: Site): void {
  for (const language of LANGUAGES) {
    const words = WORDS[language];
    itInABrowser(site, `lets a passkey confirm what is over the limit: ${language}`, async (open) => {
      const { market } = site.stack().tradingDay;
      const page = await open("/money", { language, as: "solarPlant" });
      const { key } = await createPasskey(page);
      const id = market.id("solarPlant");
      const { size, kinds, validUntil } = await market.read("ParticipantRegistry", "standing", [id]);
      const credentialHash = await market.read("ParticipantRegistry", "credentialHashOf", [id]);
      const application = {
        ...{ account: market.address("solarPlant"), size, kinds, validUntil, credentialHash },
        secondFactor: secondFactorSigner(market.platform, { kind: "passkey", ...key }),
        ...{ exposureLimitFen: LIMIT_FEN, controller: zeroHash as Hex },
      };
      await market.send("registrar1", "ParticipantRegistry", "proposeRenewal", [id, application]);
      await market.send("registrar2", "ParticipantRegistry", "approve", [id, application]);

      const { lockedFen } = await market.read("TradeEscrow", "marginOf", [id]);
      await page.getByLabel(words.amount).fill("1.00");
      await page.getByRole("button", { name: words.lock }).click();
      await page.getByRole("region", { name: words.factor }).waitFor();
      expect(await page.getByRole("button", { name: words.wallet }).count()).to.equal(0);
      await page.getByRole("button", { name: words.confirm }).click();
      await page.getByRole("button", { name: words.wallet }).and(page.locator(":enabled")).click();
      await page.getByText(words.done).waitFor();
      // Not before: a session of the debugger that ends takes the virtual authenticator with it.
      expect(await axeOn(page)).to.deep.equal([]);
      const { lockedFen: after } = await market.read("TradeEscrow", "marginOf", [id]);
      expect(after).to.equal(lockedFen + 100n);
    });
  }
}
