/**
 * `npm run web:shots`: pictures of every screen in each language, theme and width, into test/web/shots/, with what axe finds on
 * each. With "guide" those of docs/guide instead. Both show the market of a running `npm start`, or at --at.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { Browser } from "playwright-core";
import type { LocalActor } from "../../demo/local/wallets.ts";
import { root } from "../../scripts/root.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { findChromium, launchChromium, NO_CHROMIUM } from "../utils/chromium.ts";
import { LANGUAGES, type Look, settled, Visitors } from "./utils/browser.ts";
import { type Facts, readFacts } from "./utils/facts.ts";
import { axeOn, partedOf, sidewaysOf } from "./utils/looks.ts";
import { addressOf, everySight } from "./utils/matrix.ts";

/** What opens a desk. */
const SIGN_IN: Sentence = { en: "Sign in", zh: "登录业务台" };

/** What each guide shows, as who, and the button that is pressed before. */
const GUIDES: Readonly<Record<string, { screen: string; as: LocalActor; press?: Sentence }>> = {
  household: { screen: "/day", as: "household" },
  company: { screen: "/market/$zone/$date", as: "hydroStation" },
  retailer: { screen: "/portfolio/$date", as: "retailer" },
  finance: { screen: "/receivables/$id", as: "factory" },
  bank: { screen: "/requests", as: "bankA" },
  exchange: { screen: "/desk", as: "marketOperator", press: SIGN_IN },
  metering: { screen: "/readings", as: "meterOperator", press: SIGN_IN },
  registrar: { screen: "/applications", as: "registrar1" },
  auditor: { screen: "/trades/$id", as: "arbiter" },
  developer: { screen: "/developer", as: "solarPlant" },
};

const command = new Command("web:shots")
  .argument("[what]", '"guide" for the pictures of docs/guide; otherwise every screen')
  .option("--at <url>", "where the page is served", "http://localhost:8700")
  .option("--only <word>", "the screens whose path contains this")
  .parse();
const { at, only = "" } = command.opts<{ at: string; only?: string }>();
const program = findChromium();
if (program === undefined) throw new Error(NO_CHROMIUM);
const facts = await readFacts(at);
const browser = await launchChromium(program);
try {
  if (command.args[0] === "guide") await pictureGuides(browser, facts);
  else await pictureScreens(browser, facts);
} finally {
  await browser.close();
}

async function pictureScreens(from: Browser, known: Facts): Promise<void> {
  for (const { screen, look } of everySight().filter((sight) => sight.screen.includes(only))) {
    const name = `${screen.replaceAll(/\W+/g, "-").replaceAll(/^-|-$/g, "") || "home"}-${look.language}-${look.theme}-${look.width}`;
    const file = join(root, "test/web/shots", `${name}.png`);
    for (const fault of await picture(from, addressOf(screen, known), look, file, true))
      console.log(`${name}: ${fault}`);
  }
}

async function pictureGuides(from: Browser, known: Facts): Promise<void> {
  for (const [role, { screen, as, press }] of Object.entries(GUIDES)) {
    for (const language of LANGUAGES) {
      const file = join(root, "docs/guide/pictures", `${role}-${language}.png`);
      for (const fault of await picture(
        from,
        addressOf(screen, known),
        { language, as },
        file,
        false,
        press?.[language],
      ))
        console.log(`${role}: ${fault}`);
    }
  }
}

/** Writes a picture, and returns what is wrong with what it shows. */
async function picture(
  from: Browser,
  path: string,
  look: Look,
  file: string,
  fullPage: boolean,
  press?: string,
): Promise<string[]> {
  const visitors = new Visitors(from, at);
  try {
    const page = await visitors.open(path, look);
    await settled(page);
    if (press !== undefined) {
      await page.getByRole("button", { name: press, exact: true }).click();
      await page.locator(".alerts").waitFor({ state: "attached" });
      await settled(page);
    }
    mkdirSync(join(file, ".."), { recursive: true });
    await page.screenshot({ path: file, fullPage });
    return [...visitors.faults, ...(await axeOn(page)), ...(await sidewaysOf(page)), ...(await partedOf(page))];
  } finally {
    await visitors.leave();
  }
}
