import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import type { LocalActor } from "../../../demo/local/wallets.ts";
import { discountPrice } from "../../../sdk/finance/discount.ts";
import type { Language } from "../../../sdk/types/sentence.ts";
import { dayOf, formatDay } from "../../../sdk/types/time.ts";
import { yuan } from "../../../web/words/format.ts";
import { LANGUAGES } from "../utils/browser.ts";
import { axeOn } from "../utils/looks.ts";
import { sendBy } from "../utils/sending.ts";
import { itInABrowser, type Site } from "../utils/site.ts";

const WORDS = {
  en: {
    begin: "Draft a claim",
    debtor: "Debtor",
    amount: "Amount, CNY",
    delivered: "Day of delivery",
    due: "Agreed day of payment",
    number: "Number of the VAT invoice",
    file: "The invoice's file",
    draft: "Draft it",
    review: /^Review and confirm draft/,
    sign: "Sign in the wallet",
    handIn: "Hand in the confirmation",
    request: "Request financing",
    units: "Face value offered, CNY",
    highest: "Highest rate a year, %",
    ask: "Ask banks for bids",
    price: "Price it and bid",
    rate: "Rate a year, %",
    recourse: [/^Without recourse/, /^With recourse/],
    bid: "Bid",
    letDesk: "Let the desk hand over units",
    accept: /^Accept bid/,
    most: "most money now",
    collected: "Collected in full",
    checked: /checked against the chain/,
    receivable: (id: string) => `Receivable ${id}`,
  },
  zh: {
    begin: "起草应收账款",
    debtor: "债务人",
    amount: "金额（元）",
    delivered: "交付日",
    due: "约定付款日",
    number: "增值税发票号码",
    file: "发票文件",
    draft: "起草",
    review: /^核对并确权草稿/,
    sign: "在钱包中签名",
    handIn: "提交确权",
    request: "申请融资",
    units: "拟转让面额（元）",
    highest: "可接受的最高年贴现率（%）",
    ask: "向银行征集报价",
    price: "测算并报价",
    rate: "年贴现率（%）",
    recourse: [/^无追索权/, /^有追索权/],
    bid: "报价",
    letDesk: "授权融资合约交付份额",
    accept: /^接受报价/,
    most: "今日所得最多",
    collected: "已全部收款",
    checked: /已与链上核对/,
    receivable: (id: string) => `应收账款 ${id}`,
  },
} as const;

const FACE = 1_234_567n;
const OFFERED = 1_000_000n;
const [DAYS_TO_DUE, DAYS_SINCE_DELIVERY, MAX_RATE] = [40, 10, "6"];
/** A step ends with a block, and the next begins once the index has it. */
const PATIENCE_MS = 90_000;
const BANKS = [
  { bank: "bankA", rate: "4.25", rateBp: 425, recourse: 1 },
  { bank: "bankB", rate: "3.85", rateBp: 385, recourse: 0 },
] as const satisfies readonly { bank: LocalActor; rate: string; rateBp: number; recourse: 0 | 1 }[];

export function itFinances(site: Site): void {
  for (const language of LANGUAGES) {
    itInABrowser(site, `takes a claim from its draft to its collection: ${language}`, async (open) => {
      const words = WORDS[language];
      const { chain, indexer, tradingDay } = site.stack();
      const { market } = tradingDay;
      const today = dayOf(await chain.now());
      const as = async (actor: LocalActor, path: string) => {
        const page = await open(path, { language, as: actor });
        page.setDefaultTimeout(PATIENCE_MS);
        return page;
      };

      const step = async (page: Page, title: string | RegExp) => {
        await sendBy(page, title, language);
        await indexer.caughtUpWith(await chain.blockNumber());
      };

      const company = await as("hydroStation", "/drafts");
      await company.getByText(words.begin, { exact: true }).click();
      await company.getByLabel(words.debtor).selectOption(String(market.participants.get("factory")));
      await company.getByLabel(words.amount).fill("12345.67");
      await company.getByLabel(words.delivered).fill(formatDay(today - DAYS_SINCE_DELIVERY));
      await company.getByLabel(words.due).fill(formatDay(today + DAYS_TO_DUE));
      await company.getByLabel(words.number).fill(`2026${Date.now()}`);
      const invoice = { name: "invoice.pdf", mimeType: "application/pdf", buffer: Buffer.from(`invoice, ${language}`) };
      await company.getByLabel(words.file).setInputFiles(invoice);
      await step(company, words.draft);

      const debtor = await as("factory", "/drafts");
      await debtor.getByRole("button", { name: words.review }).click();
      expect(await debtor.getByRole("dialog").textContent()).to.include(String(FACE));
      expect(await axeOn(debtor)).to.deep.equal([]);
      await debtor.getByRole("button", { name: words.sign }).click();
      await step(debtor, words.handIn);

      const id = String(await market.read("Receivables", "receivableCount", []));
      await company.goto(new URL(`/receivables/${id}`, site.stack().url).href);
      await company.getByText(words.checked).waitFor();
      await company.getByRole("link", { name: words.request }).click();
      await company.getByLabel(words.units).fill("10000");
      await company.getByLabel(words.highest).fill(MAX_RATE);
      await step(company, words.ask);
      const [requests] = await market.read("FinancingDesk", "counts", []);
      const request = String(requests);

      const { dueDay } = await market.read("Receivables", "receivable", [BigInt(id)]);
      const priceNow = (rateBp: number) => shown(language, discountPrice(OFFERED, rateBp, dueDay - today));
      for (const { bank, rate, rateBp, recourse } of BANKS) {
        const page = await as(bank, `/requests/${request}`);
        await page.getByRole("link", { name: words.price }).click();
        await page.getByLabel(words.rate).fill(rate);
        await page.getByRole("radio", { name: words.recourse[recourse] }).check();
        expect(await page.locator("main").textContent()).to.include(priceNow(rateBp));
        await step(page, words.bid);
      }

      await company.goto(new URL(`/requests/${request}`, site.stack().url).href);
      const cards = company.locator(".bids > li");
      await cards.nth(1).waitFor();
      const [best, second] = [cards.nth(0), cards.nth(1)];
      expect(await best.textContent())
        .to.include(priceNow(385))
        .and.include(words.most);
      expect(await best.textContent()).to.match(new RegExp(words.recourse[0].source.slice(1)));
      expect(await second.textContent()).to.include(priceNow(425));
      expect(await second.textContent()).to.match(new RegExp(words.recourse[1].source.slice(1)));
      expect(await axeOn(company)).to.deep.equal([]);
      await allowDesk(company, best.getByRole("button", { name: words.accept }), language);
      await step(company, words.accept);
      const accepted = await market.read("FinancingDesk", "bid", [
        (await market.read("FinancingDesk", "counts", []))[1],
      ]);
      expect(accepted.paidFen).to.equal(discountPrice(OFFERED, 385, dueDay - dayOf(await chain.now())));

      const { debt } = await market.read("Receivables", "receivable", [BigInt(id)]);
      await market.send("factory", "DebtLedger", "pay", [debt, FACE]);
      const holder = await as("bankB", `/receivables/${id}`);
      await holder.getByRole("heading", { name: words.receivable(id), exact: true }).waitFor();
      await holder.getByText(words.collected).waitFor();
    });
  }
}

/** Before the first bid that is accepted, the desk is let hand over units. */
async function allowDesk(page: Page, accept: Locator, language: Language): Promise<void> {
  const { letDesk } = WORDS[language];
  const allow = page.getByRole("button", { name: letDesk });
  await Promise.race([accept.waitFor(), allow.waitFor()]);
  if (await allow.isVisible()) await sendBy(page, letDesk, language);
  await accept.waitFor();
}

const shown = (language: Language, fen: bigint): string => yuan(language, fen).number;
