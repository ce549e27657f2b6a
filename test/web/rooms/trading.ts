import { expect } from "chai";
import type { Page } from "playwright-core";
import type { LocalActor } from "../../../demo/local/wallets.ts";
import { dayOf, formatDay } from "../../../sdk/index.ts";
import type { Language } from "../../../sdk/types/sentence.ts";
import { LANGUAGES, settled } from "../utils/browser.ts";
import { axeOn } from "../utils/looks.ts";
import { sendBy } from "../utils/sending.ts";
import { itInABrowser, type Site } from "../utils/site.ts";
import { installWallet, WORDS as WALLET_WORDS } from "../utils/wallet.ts";

const WORDS = {
  en: {
    energy: "Day's energy, kWh",
    price: "At most, CNY/MWh",
    flat: "Flat",
    lock: "Lock what is missing",
    sign: "Sign with the wallet",
    steps: "How far the order has come",
    received: /received/,
    cancel: "Cancel the order",
    cancelled: "cancelled by you",
    other: "Their meter",
    propose: "Sign and propose",
    countersign: "Countersign",
    open: "Open it on the chain",
    isTrade: /^It is trade \d+$/,
  },
  zh: {
    energy: "全天电量（kWh）",
    price: "最高限价（元/MWh）",
    flat: "平均",
    lock: "补足交易保证金",
    sign: "用钱包签署",
    steps: "报单进度",
    received: /已接收/,
    cancel: "撤单",
    cancelled: "已由您撤销",
    other: "对方计量点",
    propose: "签署并提交",
    countersign: "会签",
    open: "提交上链",
    isTrade: /^已成为交易 \d+$/,
  },
} as const;

/** So many keys a day may take from empty to signed. */
const MOST_KEYS = { template: 12, paste: 8 };
/** Days ahead of today that no other test trades. */
const AHEAD = { en: 3, zh: 4 };
/** More than the factory's margin pays for, again and again. */
const BEYOND_KWH = { zh: "9600", en: "19200" };
/** As much as other rooms' open orders draw on. */
const OTHERS_FEN = 300_000n;
const MARGIN_FEN = 10_000_000n;

/** A day is entered by keyboard, by paste and by touch, followed and cancelled; two people trade; a wallet makes trouble. */
export function itTrades(site: Site): void {
  before(async () => {
    const { market } = site.stack().tradingDay;
    await market.send("hydroStation", "TradeEscrow", "lockMargin", [MARGIN_FEN]);
    await market.exchange.noticeTime();
  });

  const meterOf = (owner: LocalActor) => {
    const [, meter = 0n] = [...site.stack().tradingDay.meters].find(([{ place }]) => place.owner === owner) ?? [];
    return String(meter);
  };
  const dateAhead = async (language: Language) => formatDay(dayOf(await site.stack().chain.now()) + AHEAD[language]);
  const entryOf = async (language: Language) => `/day/${meterOf("hydroStation")}/${await dateAhead(language)}`;

  for (const language of LANGUAGES) {
    const words = WORDS[language];

    itInABrowser(site, `takes a day by keys alone, and takes it back: ${language}`, async (open) => {
      const page = await open(await entryOf(language), { language, as: "hydroStation" });
      await settled(page);
      const keys = ["9", "6", "0", "Tab", "3", "0", "0", "Enter", "Control+Enter"];
      expect(keys.length).to.be.at.most(MOST_KEYS.template);
      await press(page, keys);
      await received(page, language);
      expect(await axeOn(page)).to.deep.equal([]);
      await page.getByRole("button", { name: words.cancel }).first().click();
      await page.getByText(words.cancelled).waitFor();
    });

    itInABrowser(site, `takes a day that was pasted, by keys alone: ${language}`, async (open) => {
      const page = await open(await entryOf(language), { language, as: "hydroStation" });
      await settled(page);
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      const lines = Array.from({ length: 96 }, (_, slot) => `${slot % 7}.5\t300.00`);
      await page.evaluate((text) => navigator.clipboard.writeText(text), ["kWh\t元/MWh", ...lines].join("\n"));
      const keys = ["Control+v", "Control+Enter"];
      expect(keys.length).to.be.at.most(MOST_KEYS.paste);
      await press(page, keys);
      await received(page, language);
      await page.getByRole("button", { name: words.cancel }).first().click();
      await page.getByText(words.cancelled).waitFor();
    });

    itInABrowser(site, `takes a day by touch on a phone: ${language}`, async (open) => {
      const page = await open(await entryOf(language), { language, as: "hydroStation", width: 360 });
      await settled(page);
      await page.getByLabel(words.energy).tap();
      await page.keyboard.type("960");
      await page.getByRole("button", { name: words.flat, exact: true }).tap();
      await page.getByRole("button", { name: words.sign }).tap();
      await received(page, language);
      expect(await axeOn(page)).to.deep.equal([]);
      await page.getByRole("button", { name: words.cancel }).first().tap();
      await page.getByText(words.cancelled).waitFor();
    });

    itInABrowser(site, `locks the margin that an order lacks, where it is entered: ${language}`, async (open) => {
      const page = await open(`/day/${meterOf("factory")}/${await dateAhead(language)}`, { language, as: "factory" });
      await page.getByLabel(words.energy).fill(BEYOND_KWH[language]);
      await page.getByLabel(words.price).fill("400");
      await page.getByRole("button", { name: words.flat, exact: true }).click();
      const lock = page.getByRole("button", { name: words.lock });
      expect(await axeOn(page)).to.deep.equal([]);
      await sendBy(page, words.lock, language);
      await lock.waitFor({ state: "detached" });
      // What is open for other days draws on it, too.
      const { market } = site.stack().tradingDay;
      await market.send("factory", "TradeEscrow", "lockMargin", [OTHERS_FEN]);
      await market.exchange.noticeTime();
      await page.getByRole("button", { name: words.sign }).click();
      await received(page, language);
      await page.getByRole("button", { name: words.cancel }).first().click();
      await page.getByText(words.cancelled).waitFor();
    });

    itInABrowser(site, `lets two people trade, each in their own browser: ${language}`, async (open) => {
      const plant = await open("/proposals/new", { language, as: "hydroStation" });
      await plant.getByLabel(words.other).fill(meterOf("factory"));
      await plant.getByLabel(words.energy).fill("96");
      await plant.getByRole("button", { name: words.flat, exact: true }).click();
      await plant.getByRole("button", { name: words.propose }).and(plant.locator(":enabled")).click();
      await plant.waitForURL(/\/proposals\/0x/);

      const factory = await open(new URL(plant.url()).pathname, { language, as: "factory" });
      await factory.getByRole("button", { name: words.countersign }).and(factory.locator(":enabled")).click();
      await sendBy(factory, words.open, language);
      for (const page of [factory, plant]) await page.getByRole("link", { name: words.isTrade }).waitFor();
      expect(await axeOn(factory)).to.deep.equal([]);
    });

    itInABrowser(site, `keeps what was typed, whatever the wallet does: ${language}`, async (open) => {
      const [own, other] = (["hydroStation", "factory"] as const).map((actor) =>
        site.stack().tradingDay.market.address(actor),
      );
      const prepare = (page: Page) => installWallet(page, { accounts: [own!], chainId: 1 });
      const page = await open(await entryOf(language), { language, prepare });
      const { connect, name, elsewhere, change, close, participant, declined, others } = WALLET_WORDS[language];
      await settled(page);
      await page.getByLabel(words.energy).fill("96");
      await page.getByRole("button", { name: words.flat, exact: true }).click();
      const kept = async () => expect(await page.getByLabel(words.energy).inputValue()).to.equal("96");

      await page.getByRole("button", { name: connect }).click();
      await page.getByRole("button", { name }).click();
      await page.locator("button.wallet").click();
      await page.getByText(elsewhere).waitFor();
      expect(await axeOn(page)).to.deep.equal([]);
      await page.getByRole("button", { name: change }).click();
      await page.getByText(participant).waitFor();
      await page.getByRole("button", { name: close }).click();

      await page.getByRole("button", { name: words.sign }).click();
      await page.getByText(declined).waitFor();
      await kept();
      await page.evaluate(`window.testWallet.become("${other}")`);
      await page.getByText(others).waitFor();
      expect(await page.getByRole("button", { name: words.sign }).isEnabled()).to.equal(false);
      await kept();
    });
  }
}

async function press(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Waits until the operator has the order that was signed last. */
async function received(page: Page, language: Language): Promise<void> {
  const { steps, received } = WORDS[language];
  const stages = page.getByRole("list", { name: steps }).first();
  await stages.locator("[data-reached=true]").filter({ hasText: received }).waitFor();
}
