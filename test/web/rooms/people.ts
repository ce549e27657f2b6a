import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { type LocalActor, wallets } from "../../../demo/local/wallets.ts";
import { readSheet, sheetHash, TRADE_STATUSES } from "../../../sdk/index.ts";
import type { Language } from "../../../sdk/types/sentence.ts";
import { dayOf, formatDay } from "../../../sdk/types/time.ts";
import { LANGUAGES } from "../utils/browser.ts";
import { axeOn, sidewaysOf } from "../utils/looks.ts";
import { openTrade } from "../utils/openTrade.ts";
import { sendBy } from "../utils/sending.ts";
import { itInABrowser, type Site } from "../utils/site.ts";

const WORDS = {
  en: {
    newcomer: "Propose a newcomer",
    renewal: "Propose a renewal or another second factor",
    account: "Account that it acts with",
    participant: "Participant",
    until: "Admitted until",
    kind: "generator",
    nameZh: "Name in Chinese",
    nameEn: "Name in English",
    papers: "Licence and authority, as files",
    write: "Write the sheet and save it",
    propose: "Propose the newcomer",
    change: /^Propose the change of participant/,
    own: /^You proposed this: another registrar/,
    file: "Sheet or file behind the hash of the papers",
    fits: "It is the file behind the hash.",
    wrong: /^This file makes /,
    approve: /^Approve application/,
    decides: /^Registrars decide: /,
    handIn: "Hand in sheets of approved participants",
    show: "Sign in and show names",
    proved: /names are proved\.$/,
    taken: /^Taken: 1 /,
    trade: "Number of the trade",
    open: "Open it",
    prove: "Prove it from the chain",
    download: "Download the bundle",
    freeze: "Freeze it",
    frozen: /^Frozen until /,
    energy: "To the seller for energy, CNY",
    network: "For the network, CNY",
    bond: "Out of the seller's bond, CNY",
    rule: "Rule on it",
    ruled: "Ruled on",
    guard: /^An arbiter freezes a trade in dispute/,
    checked: /checked against the chain, block/,
    suspend: "Suspend it",
    reinstate: "Reinstate it",
    reason: "File with the reason",
    acts: /^Your account acts as registrar/,
  },
  zh: {
    newcomer: "提交新参与方",
    renewal: "提交续期或更换第二因子",
    account: "操作账户",
    participant: "参与方",
    until: "有效期至",
    kind: "发电企业",
    nameZh: "中文名称",
    nameEn: "英文名称",
    papers: "证照与授权文件",
    write: "生成并保存登记表",
    propose: "提交注册申请",
    change: /^提交参与方 \d+ 的变更$/,
    own: /^此申请由您提交/,
    file: "证照哈希对应的登记表或文件",
    fits: "与哈希一致。",
    wrong: /^此文件的哈希为 /,
    approve: /^批准申请/,
    decides: /^由注册员决定/,
    handIn: "提交已批准参与方的登记表",
    show: "登录并显示名称",
    proved: /个名称已核对。$/,
    taken: /^已接收：1 /,
    trade: "交易编号",
    open: "打开",
    prove: "由链上举证",
    download: "下载证据包",
    freeze: "冻结",
    frozen: /^冻结至 /,
    energy: "付卖方电费（元）",
    network: "输配电费（元）",
    bond: "由履约保证金支付（元）",
    rule: "裁决",
    ruled: "已裁决",
    guard: /^有争议的交易由仲裁员冻结/,
    checked: /已与链上核对，区块/,
    suspend: "暂停",
    reinstate: "恢复",
    reason: "理由文件",
    acts: /^您的账户为：市场注册员/,
  },
} as const;

/** Newcomers that no test of another room enrols. */
const NEWCOMERS = { en: "windFarm", zh: "keeper" } as const satisfies Record<Language, LocalActor>;
const WIDTH = { en: 1366, zh: 360 } as const;
/** A step ends with a block, and the next begins once the index has it. */
const PATIENCE_MS = 60_000;

/** Registrars admit participants two by two; arbiters, compliance officers and auditors look into what is in dispute. */
export function itVouchesAndJudges(site: Site): void {
  for (const language of LANGUAGES) {
    const words = WORDS[language];
    const as = async (open: Opened, actor: LocalActor, path: string) => {
      const page = await open(path, { language, width: WIDTH[language], as: actor });
      page.setDefaultTimeout(PATIENCE_MS);
      return page;
    };
    const step = async (page: Page, title: string | RegExp) => {
      const { chain, indexer } = site.stack();
      await sendBy(page, title, language);
      await indexer.caughtUpWith(await chain.blockNumber(), { seal: () => chain.seal() });
    };

    itInABrowser(site, `lets two registrars admit a newcomer, and not one: ${language}`, async (open) => {
      const { chain, tradingDay } = site.stack();
      const { market } = tradingDay;
      const { address } = wallets[NEWCOMERS[language]].wallet;
      const until = formatDay(dayOf(await chain.now()) + 400);

      const first = await as(open, "registrar1", "/applications");
      await first.getByText(words.newcomer, { exact: true }).click();
      await first.getByLabel(words.account).fill(address);
      await first.getByLabel(words.until).fill(until);
      await first.getByLabel(words.kind, { exact: true }).check();
      await first.getByLabel(words.nameZh).fill("凉山风电场");
      await first.getByLabel(words.nameEn).fill("Liangshan wind farm");
      const paper = { name: "licence.pdf", mimeType: "application/pdf", buffer: Buffer.from(`licence, ${language}`) };
      await first.getByLabel(words.papers).setInputFiles(paper);
      const [saved] = await Promise.all([
        first.waitForEvent("download"),
        first.getByRole("button", { name: words.write }).click(),
      ]);
      const sheet = await saved.path();
      const text = readFileSync(sheet, "utf8");
      expect(readSheet(text).name.zh).to.equal("凉山风电场");
      expect(await axeOn(first)).to.deep.equal([]);
      expect(await sidewaysOf(first)).to.deep.equal([]);
      await step(first, words.propose);

      const participant = Number(await market.read("ParticipantRegistry", "participantCount", []));
      const path = `/applications/${participant}`;
      await first.goto(new URL(path, site.stack().url).href);
      await first.getByText(words.own).waitFor();
      expect(await first.getByRole("button", { name: words.approve }).count()).to.equal(0);

      const stranger = await as(open, "factory", path);
      await stranger.getByText(words.decides).waitFor();
      expect(await stranger.getByRole("button", { name: words.approve }).count()).to.equal(0);

      const second = await as(open, "registrar2", path);
      await second.getByText(words.checked).waitFor();
      const approve = second.getByRole("button", { name: words.approve });
      await approve.waitFor();
      expect(await second.locator("main").textContent()).to.include(sheetHash(text));
      expect(await approve.isDisabled()).to.equal(true);
      await second.getByLabel(words.file).setInputFiles(paper);
      await second.getByText(words.wrong).waitFor();
      expect(await approve.isDisabled()).to.equal(true);
      await second.getByLabel(words.file).setInputFiles(sheet);
      await second.getByText(words.fits).waitFor();
      expect(await second.locator("main").textContent()).to.include("Liangshan wind farm");
      expect(await axeOn(second)).to.deep.equal([]);
      expect(await sidewaysOf(second)).to.deep.equal([]);
      await step(second, words.approve);
      const standing = await market.read("ParticipantRegistry", "standing", [participant]);
      expect([standing.status, formatDay(standing.validUntil)]).to.deep.equal([2, until]);

      await second.goto(new URL("/applications", site.stack().url).href);
      const sheetFile = { name: "sheet.json", mimeType: "application/json", buffer: Buffer.from(text) };
      await second.getByLabel(words.handIn).setInputFiles(sheetFile);
      await second.getByText(words.taken).waitFor();
      await second.getByText(words.proved).waitFor();
    });

    itInABrowser(site, `shows a second registrar what a renewal changes of the chain: ${language}`, async (open) => {
      const { chain, tradingDay } = site.stack();
      const { market } = tradingDay;
      const plant = market.participants.get("solarPlant")!;
      const before = await market.read("ParticipantRegistry", "standing", [plant]);
      const until = formatDay(before.validUntil + 30);

      const first = await as(open, "registrar2", "/applications");
      await first.getByText(words.renewal, { exact: true }).click();
      const form = first.locator("details[open]");
      await form.getByLabel(words.participant, { exact: true }).selectOption(String(plant));
      await form.getByLabel(words.until).fill(until);
      await step(first, words.change);
      const second = await as(open, "registrar1", `/applications/${plant}`);
      const changed = second.locator("[data-changes]");
      await changed.first().waitFor();
      expect(await changed.evaluateAll((all) => all.map((one) => one.dataset.changes))).to.deep.equal(["validUntil"]);
      const shown = (await changed.first().textContent())?.replaceAll("\u2011", "-");
      expect(shown).to.include(formatDay(before.validUntil)).and.to.include(until);
      expect(await sidewaysOf(second)).to.deep.equal([]);
      await step(second, words.approve);
      const after = await market.read("ParticipantRegistry", "standing", [plant]);
      expect(formatDay(after.validUntil)).to.equal(until);
      expect(dayOf(await chain.now())).to.be.lessThan(after.validUntil);
    });

    itInABrowser(site, `proves a trade in an auditor's browser, and gives the bundle: ${language}`, async (open) => {
      const { facts } = site.stack();
      const page = await as(open, "keeper", "/cases");
      expect(await axeOn(page)).to.deep.equal([]);
      await page.getByLabel(words.trade).fill(facts["trades/$id"]!);
      await page.getByRole("button", { name: words.open }).click();
      await page.getByRole("button", { name: words.prove }).click();
      const bundle = page.getByRole("button", { name: words.download });
      await bundle.waitFor();
      const [saved] = await Promise.all([page.waitForEvent("download"), bundle.click()]);
      const proof = JSON.parse(readFileSync(await saved.path(), "utf8")) as {
        holds: boolean;
        checks: { holds: boolean }[];
        trade: { id: string };
      };
      expect([proof.holds, proof.trade.id]).to.deep.equal([true, facts["trades/$id"]]);
      expect(proof.checks.length).to.be.greaterThan(5);
      expect(proof.checks.every(({ holds }) => holds)).to.equal(true);
      expect(await axeOn(page)).to.deep.equal([]);
      expect(await sidewaysOf(page)).to.deep.equal([]);
    });

    itInABrowser(site, `lets an arbiter, and nobody else, freeze a trade and rule on it: ${language}`, async (open) => {
      const { indexer, chain, tradingDay, url } = site.stack();
      const id = await openTrade(site.stack(), language === "en" ? 40 : 41);
      await indexer.caughtUpWith(await chain.blockNumber(), { seal: () => chain.seal() });
      const path = `/trades/${id}/evidence`;
      const party = await as(open, "factory", path);
      await party.getByText(words.guard).waitFor();
      expect(await party.getByRole("button", { name: words.freeze, exact: true }).count()).to.equal(0);

      const arbiter = await as(open, "arbiter", path);
      await step(arbiter, words.freeze);
      await arbiter.getByText(words.frozen).waitFor();
      await party.getByText(words.frozen).waitFor();
      await arbiter.getByLabel(words.energy).fill("0.10");
      await arbiter.getByLabel(words.network).fill("0");
      await arbiter.getByLabel(words.bond).fill("0");
      expect(await axeOn(arbiter)).to.deep.equal([]);
      expect(await sidewaysOf(arbiter)).to.deep.equal([]);
      await step(arbiter, words.rule);
      await arbiter.goto(new URL("/cases", url).href);
      const ruled = arbiter.locator("section", { has: arbiter.getByRole("heading", { name: words.ruled }) });
      await ruled.locator(`a[href="${path}"]`).waitFor();
      const status = await tradingDay.market.read("TradeEscrow", "statusOf", [BigInt(id)]);
      expect(TRADE_STATUSES[status]).to.equal("Ruled");
    });
  }

  itInABrowser(site, "suspends and reinstates by compliance alone, and lists it as a case", async (open) => {
    const { market } = site.stack().tradingDay;
    const { chain, indexer, url } = site.stack();
    const words = WORDS.en;
    const bank = market.participants.get("bankB")!;
    const page = await open(`/participants/${bank}`, { as: "compliance" });
    page.setDefaultTimeout(PATIENCE_MS);
    const seen = async () => indexer.caughtUpWith(await chain.blockNumber(), { seal: () => chain.seal() });
    const reason = { name: "reason.pdf", mimeType: "application/pdf", buffer: Buffer.from("a court order") };
    await page.getByLabel(words.reason).setInputFiles(reason);
    await sendBy(page, words.suspend, "en");
    await seen();
    await page.goto(new URL("/cases", url).href);
    await page
      .getByRole("link", { name: `participant ${bank}` })
      .first()
      .click();
    await page.getByRole("button", { name: words.reinstate }).waitFor();
    await sendBy(page, words.reinstate, "en");
    await seen();
    expect((await market.read("ParticipantRegistry", "standing", [bank])).status).to.equal(2);
  });

  itInABrowser(site, "names to each what its account may do by roles", async (open) => {
    const page = await open("/roles", { as: "registrar1" });
    await page.getByText(WORDS.en.acts).waitFor();
    await page.getByText(WORDS.en.checked).first().waitFor();
    const other = await open("/roles", { as: "factory" });
    await other.getByText(/^Your account holds no role/).waitFor();
  });
}

type Opened = Parameters<Parameters<typeof itInABrowser>[2]>[0];
