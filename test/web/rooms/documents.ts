import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Download, Page } from "playwright-core";
import type { LocalActor } from "../../../demo/local/wallets.ts";
import type { Language } from "../../../sdk/types/sentence.ts";
import { signedPdf } from "../../utils/signedPdf.ts";
import { LANGUAGES } from "../utils/browser.ts";
import { axeOn, sidewaysOf } from "../utils/looks.ts";
import { sendBy } from "../utils/sending.ts";
import { itInABrowser, type Site } from "../utils/site.ts";

const WORDS = {
  en: {
    phrase: "Passphrase of its file",
    again: "The passphrase again",
    make: "Make the key and save its file",
    makeKey: "Make a key",
    waiting: "Waiting for the registrars",
    registrars: "For registrars: enrol a reader's key",
    shown: "Key as its holder's page shows it",
    propose: "Propose this key",
    approve: (reader: string) => `Approve the key of ${reader}`,
    isHere: "It is in this browser: you can open what is sealed for you.",
    file: "File",
    encrypt: "Encrypt it",
    anchor: "Anchor it",
    handIn: "Hand it in to the operator",
    missing: "The operator has not got everything of it",
    goOn: "Go on where it broke off",
    open: "Open it",
    brokeOff: /^The connection broke off before all of it was here/,
    opened: "what its owner anchored, to the byte",
    signed: "Signed with SM2 by Qingcheng machine works (青城机械厂), whose certificate Test CA vouches for",
    changed: "The file was changed after it was signed",
    version: "Seal a new version",
    save: "Save it on this device",
    stranger: "You are not among its readers",
    remove: (reader: string) => `Remove ${reader}`,
    another: "Another reader",
    add: "Add the reader",
    load: "Load a key from its file",
    keyFile: "The key's file",
    itsPhrase: "Its passphrase",
    loadIt: "Load it",
    notHere: /which is not in this browser/,
    wrap: (reader: string) => `Wrap it again for ${reader}`,
    participant: (id: string) => `participant ${id}`,
  },
  zh: {
    phrase: "备份文件口令",
    again: "再次输入口令",
    make: "生成密钥并保存备份",
    makeKey: "生成密钥",
    waiting: "待注册员登记",
    registrars: "注册员：登记读者密钥",
    shown: "持有人页面所示的密钥",
    propose: "提交此密钥",
    approve: (reader: string) => `批准 ${reader} 的密钥`,
    isHere: "密钥在此浏览器中：可打开为您加密的文件。",
    file: "文件",
    encrypt: "加密",
    anchor: "登记上链",
    handIn: "提交运营方",
    missing: "运营方尚未收到全部内容",
    goOn: "从中断处继续",
    open: "打开",
    brokeOff: /^连接中断，内容尚未全部到达/,
    opened: "与所有者登记的内容逐字节一致",
    signed: "由 Qingcheng machine works (青城机械厂) 以 SM2 签署，证书由 Test CA 签发",
    changed: "文件在签署后被改动",
    version: "加密新版本",
    save: "保存到本设备",
    stranger: "您不是该文件的读者",
    remove: (reader: string) => `移除 ${reader}`,
    another: "新增读者",
    add: "增加读者",
    load: "从备份文件载入密钥",
    keyFile: "密钥备份文件",
    itsPhrase: "其口令",
    loadIt: "载入",
    notHere: /而该密钥不在此浏览器中/,
    wrap: (reader: string) => `为 ${reader} 重新封装`,
    participant: (id: string) => `参与方 ${id}`,
  },
} as const;

const PHRASE = "four words and a river";
const PATIENCE_MS = 90_000;
const MIB = 1_048_576;
/** A part is broken off by the test, and a stranger is refused: Chromium notes both. */
const FORGIVEN = /ERR_FAILED|status of 404/;

export function itSealsDocuments(site: Site): void {
  for (const language of LANGUAGES) {
    itInABrowser(site, `seals a file for a bank, which opens it, and nobody else does: ${language}`, async (open) => {
      const words = WORDS[language];
      const { chain, indexer, tradingDay } = site.stack();
      const { market } = tradingDay;
      const as = async (actor: LocalActor, path: string, beside?: Page) => {
        const page = await open(path, { language, as: actor, forgives: FORGIVEN, ...(beside && { beside }) });
        page.setDefaultTimeout(PATIENCE_MS);
        return page;
      };
      const caughtUp = async () => indexer.caughtUpWith(await chain.blockNumber());
      const step = async (page: Page, title: string | RegExp) => {
        await sendBy(page, title, language);
        await caughtUp();
      };
      const bank = String(market.id("bankB"));

      // Each makes its key, one registrar proposes it, a second one compares the fingerprint and approves it.
      const enrol = async (page: Page, reader: string): Promise<string> => {
        const keyFile = await makeKey(page, language);
        const card = page.locator("section", { hasText: words.waiting });
        const [text, print] = await card.locator("code").allTextContents();
        expect(text).to.match(new RegExp(`^${reader}:0x[0-9a-f]{128}$`));
        const first = await as("registrar1", "/documents/keys");
        await first.getByText(words.registrars).click();
        await first.getByLabel(words.shown).fill(text!);
        await first.getByText(print!, { exact: true }).waitFor();
        await step(first, words.propose);
        const second = await as("registrar2", "/documents/keys");
        await second.getByText(words.registrars).click();
        await second.getByText(print!, { exact: true }).waitFor();
        expect(await axeOn(second)).to.deep.equal([]);
        await step(second, words.approve(reader));
        await page.reload();
        await page.getByText(words.isHere).waitFor();
        return keyFile;
      };
      const [owner, reader] = [await as("solarPlant", "/documents/keys"), await as("bankB", "/documents/keys")];
      await enrol(owner, String(market.id("solarPlant")));
      const bankFile = await enrol(reader, bank);
      expect(bankFile).to.not.include('"d"');

      // The file has three parts; the second one breaks off, and goes on after a reload.
      const secret = `SECRET-${randomBytes(8).toString("hex")}`;
      const name = `${secret}.pdf`;
      const pdf = Buffer.concat([signedPdf(`${secret} ${"x".repeat(2 * MIB)}`)]);
      await owner.goto(new URL("/documents/new", site.stack().url).href);
      await owner
        .getByLabel(words.file, { exact: true })
        .setInputFiles({ name, mimeType: "application/pdf", buffer: pdf });
      await owner.getByRole("checkbox", { name: words.participant(bank), exact: true }).check();
      expect(await axeOn(owner)).to.deep.equal([]);
      await owner.getByRole("button", { name: words.encrypt, exact: true }).click();
      await owner.waitForURL(/\/documents\/0x/);
      const place = new URL(owner.url()).pathname;
      await step(owner, words.anchor);
      await owner.route("**/parts/1", (route) => route.abort(), { times: 1 });
      await owner.getByRole("button", { name: words.handIn }).click();
      await owner.getByRole("button", { name: words.goOn }).waitFor();
      expect(await axeOn(owner)).to.deep.equal([]);
      await owner.reload();
      const handed: string[] = [];
      owner.on("request", (request) => /\/parts\//.test(request.url()) && handed.push(request.url()));
      await handIn(owner, language);
      expect(handed.map((url) => url.split("/").at(-1))).to.deep.equal(["1", "2"]);

      // The bank finds it, opens it, and reads who signed it.
      await reader.goto(new URL("/documents", site.stack().url).href);
      await reader.locator(`a[href="${place}"]`).first().click();
      // Its fetch breaks off, and goes on.
      const asked = await breakOff(reader, MIB + 5);
      await reader.getByRole("button", { name: words.open, exact: true }).click();
      await reader.getByText(words.brokeOff).waitFor();
      await openIt(reader, language);
      expect(asked).to.deep.equal(["bytes=0-", `bytes=${MIB + 5}-`]);
      await reader.getByText(words.signed).waitFor();
      expect(await reader.locator("main").textContent()).to.include(name);
      expect([...(await axeOn(reader)), ...(await sidewaysOf(reader))]).to.deep.equal([]);
      const [saved] = await Promise.all([
        reader.waitForEvent("download"),
        reader.getByRole("button", { name: words.save }).click(),
      ]);
      expect((await bytesOf(saved)).equals(pdf)).to.equal(true);

      // Somebody else sees that it is there, and nothing of what it says; nor does the operator hand it anything.
      const stranger = await as("household", place);
      const answers: Promise<string>[] = [];
      stranger.on("response", (answer) => {
        // The stream of events does not end.
        const isStream = answer.headers()["content-type"]?.startsWith("text/event-stream");
        if (!isStream) answers.push(answer.text().catch(() => ""));
      });
      await stranger.reload();
      await stranger.getByText(words.stranger).waitFor();
      expect(await stranger.getByRole("button", { name: words.open, exact: true }).count()).to.equal(0);
      const seen = [await stranger.content(), ...(await Promise.all(answers))].join("\n");
      expect(seen).to.include(place.slice(-64));
      expect(seen).to.not.include(secret);

      // In another browser the bank's key is not there until its file is loaded.
      const elsewhere = await as("bankB", place);
      await elsewhere.getByRole("button", { name: words.open, exact: true }).click();
      await elsewhere.getByText(words.notHere).waitFor();
      await elsewhere.goto(new URL("/documents/keys", site.stack().url).href);
      await elsewhere.getByText(words.load).click();
      const buffer = Buffer.from(bankFile);
      await elsewhere
        .getByLabel(words.keyFile)
        .setInputFiles({ name: "key.json", mimeType: "application/json", buffer });
      await elsewhere.getByLabel(words.itsPhrase, { exact: true }).fill(PHRASE);
      await elsewhere.getByRole("button", { name: words.loadIt, exact: true }).click();
      await elsewhere.getByText(words.isHere).waitFor();
      await elsewhere.goto(new URL(place, site.stack().url).href);
      await openIt(elsewhere, language);

      // A new key: what was sealed for the former one stays readable with it, and the owner wraps it for the new one.
      await goto(reader, "/documents/keys", site);
      await enrol(reader, bank);
      await goto(owner, place, site);
      await openIt(owner, language);
      await step(owner, words.wrap(bank));
      await handIn(owner, language);
      await goto(reader, place, site);
      await openIt(reader, language);

      // Removed, it is handed nothing more; added again, it reads again.
      await step(owner, words.remove(bank));
      await goto(elsewhere, place, site);
      await elsewhere.getByText(words.stranger).waitFor();
      await owner.getByLabel(words.another).selectOption(bank);
      await step(owner, words.add);
      await handIn(owner, language);
      await goto(reader, place, site);
      await openIt(reader, language);

      // A new version that was changed after it was signed: its reader sees so, and finds it from the former one.
      const changed = Buffer.from(pdf);
      changed.write("y", changed.indexOf("xxx"));
      await owner.getByRole("link", { name: words.version }).click();
      await owner
        .getByLabel(words.file, { exact: true })
        .setInputFiles({ name, mimeType: "application/pdf", buffer: changed });
      await owner.getByRole("checkbox", { name: words.participant(bank), exact: true }).check();
      await owner.getByRole("button", { name: words.encrypt, exact: true }).click();
      await owner.waitForURL((url) => url.pathname.startsWith("/documents/0x") && url.pathname !== place);
      await step(owner, words.anchor);
      await handIn(owner, language);
      await goto(reader, place, site);
      await reader
        .locator(`a[href="${new URL(owner.url()).pathname}"]`)
        .first()
        .click();
      await openIt(reader, language);
      await reader.getByRole("alert").filter({ hasText: words.changed }).waitFor();
      expect(await reader.getByText(words.signed).count()).to.equal(0);
    });
  }

  itInABrowser(
    site,
    "shows a claim's debtor its invoice, and that it is the file that the draft names",
    async (open) => {
      const page = await open("/drafts", { as: "hydroStation" });
      const link = page.locator('a[href^="/documents/0x"]').first();
      await link.click();
      await openIt(page, "en");
      await page.getByText("the file that the claim names").waitFor();
    },
  );
}

async function makeKey(page: Page, language: Language): Promise<string> {
  const words = WORDS[language];
  if (!(await page.getByLabel(words.again).isVisible())) await page.getByText(words.makeKey, { exact: true }).click();
  await page.getByLabel(words.phrase).fill(PHRASE);
  await page.getByLabel(words.again).fill(PHRASE);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: words.make }).click(),
  ]);
  // It is busy until the screen knows the key.
  await page.getByRole("button", { name: words.make }).waitFor();
  await page.getByRole("heading", { name: words.waiting }).waitFor();
  return (await bytesOf(file)).toString();
}

async function openIt(page: Page, language: Language): Promise<void> {
  const { open, opened } = WORDS[language];
  await page.getByRole("button", { name: open, exact: true }).click();
  await page.getByText(opened).waitFor();
}

/** Lets the first answer with a document's content end after so many bytes. @returns the ranges that are asked for */
async function breakOff(page: Page, bytes: number): Promise<string[]> {
  const asked: string[] = [];
  await page.route("**/content", async (route) => {
    asked.push(route.request().headers().range ?? "");
    if (asked.length > 1) return route.continue();
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, bytes) });
  });
  return asked;
}

async function handIn(page: Page, language: Language): Promise<void> {
  const words = WORDS[language];
  await page.getByRole("button", { name: words.handIn }).click();
  await page.getByText(words.missing).waitFor({ state: "detached" });
}

const goto = (page: Page, path: string, site: Site) => page.goto(new URL(path, site.stack().url).href);

const bytesOf = async (file: Download) => readFileSync(await file.path());
