import { expect } from "chai";
import type { Page } from "playwright-core";
import { setAside } from "../../../demo/day/margin.ts";
import { assetNumber } from "../../../demo/day/meters.ts";
import {
  buildOrder,
  type DayState,
  dayOf,
  formatDay,
  marketOf,
  readCorrections,
  readMeterDays,
  readOrderConditions,
  signOrder,
  submitOrder,
} from "../../../sdk/index.ts";
import type { Language } from "../../../sdk/types/sentence.ts";
import { LANGUAGES, settled, WIDTHS } from "../utils/browser.ts";
import { axeOn, partedOf, sidewaysOf } from "../utils/looks.ts";
import { itInABrowser, type Site } from "../utils/site.ts";

const WORDS = {
  en: {
    signIn: "Sign in",
    leave: "Leave the desk",
    fine: "Nothing needs a person at the moment.",
    clock: "When each day closes",
    rounds: "Rounds",
    tabs: ["Sent to the chain", "Keeper's tasks", "Rounds"],
    pause: "Pause intake",
    reasons: ["Reason, for traders who read English", "Reason, for traders who read Chinese"],
    pauseNow: "Pause with this reason",
    shown: /^Traders are shown: The rules change at noon\.$/,
    resume: "Resume intake",
    open: "Orders are taken.",
    grid: "Readings: arrow keys lead from cell to cell",
    meterTabs: ["Batches", "Objections", "Waiting for the chain", "Meters and days"],
    refused: (role: string) =>
      new RegExp(`does not hold the role ${role} .*: connect one that does, or have the council grant it\\.$`),
    connect: /connect the wallet of an account that holds the role/,
  },
  zh: {
    signIn: "登录业务台",
    leave: "离开业务台",
    fine: "目前没有需要人工处理的事项。",
    clock: "各交割日的截止与关闸",
    rounds: "出清轮次",
    tabs: ["上链日志", "自动任务", "出清轮次"],
    pause: "暂停接收",
    reasons: ["原因（英文，供英文读者）", "原因（中文）"],
    pauseNow: "以此原因暂停",
    shown: /^向交易者说明：规则将于正午变更。$/,
    resume: "恢复接收",
    open: "正在接收报单。",
    grid: "读数：用方向键在单元格间移动",
    meterTabs: ["批次", "异议", "待上链任务", "计量点与日期"],
    refused: (role: string) => new RegExp(`没有.*的 ${role} 角色：请改用持有该角色的账户，或请联盟理事会授予。$`),
    connect: /请用上方按钮连接持有 .* 角色的账户的钱包/,
  },
} as const;

const CELL_OF: Record<DayState, string> = {
  ...{ None: "missing", Lapsed: "lapsed", Reported: "reported", Final: "final" },
  ...{ LateReported: "late", LateFinal: "lateFinal" },
};

const DESKS = [
  { path: "/desk", as: "marketOperator", role: "MARKET_OPERATOR" },
  { path: "/readings", as: "meterOperator", role: "METER_OPERATOR" },
] as const;

export function itWorksAtDesks(site: Site): void {
  itInABrowser(site, "shows what waits in each book, when its day closes, and its depth", async (open) => {
    const { tradingDay, chain, relays } = site.stack();
    const { market } = tradingDay;
    const [, meter = 0n] = [...tradingDay.meters].find(([{ place }]) => place.owner === "factory") ?? [];
    const day = dayOf(await chain.now()) + 3;
    const account = market.account("factory");
    const bands = [{ fromSlot: 36, toSlot: 48, energyWh: 50_000, price: 39_900 }];
    const conditions = await readOrderConditions(market.platform, meter, day);
    const order = buildOrder({ side: "buy", trader: account.address, meter, day, bands }, conditions);
    await setAside(market, ["factory"], [order]);
    await market.exchange.noticeTime();
    await submitOrder({ url: relays.operator.url }, await signOrder(order, marketOf(market.platform), account));

    const page = await open("/desk", { as: "marketOperator" });
    await signIn(page, "en");
    const date = formatDay(day).replaceAll("-", "\u2011");
    await page.getByRole("row", { name: new RegExp(`^${date} takes orders \\d+ d`) }).waitFor();
    const book = page.getByRole("region", { name: "Books", exact: true }).getByRole("row", { name: date });
    await book.getByRole("cell", { name: "0.600", exact: true }).waitFor();
    await book.getByRole("button", { name: /^Depth/ }).click();
    await page.getByRole("row", { name: "399.00 50.000 1" }).waitFor();
    expect(await faultsOf(page)).to.deep.equal([]);
  });

  for (const { path, as, role } of DESKS) {
    for (const language of LANGUAGES) {
      itInABrowser(
        site,
        `says to who may not work at ${path} what to do, in one sentence: ${language}`,
        async (open) => {
          const words = WORDS[language];
          const stranger = await open(path, {
            language,
            as: as === "marketOperator" ? "meterOperator" : "hydroStation",
          });
          await stranger.getByText(words.refused(role)).waitFor();
          expect(await stranger.getByRole("button", { name: words.signIn }).count()).to.equal(0);
          expect(await axeOn(stranger)).to.deep.equal([]);
          const nobody = await open(path, { language });
          await nobody.getByText(words.connect).waitFor();
        },
      );

      for (const width of WIDTHS) {
        itInABrowser(site, `signs in at ${path}, shows every view, and leaves: ${language}, ${width}`, async (open) => {
          const words = WORDS[language];
          const page = await open(path, { language, width, as });
          await signIn(page, language);
          for (const tab of path === "/desk" ? words.tabs : words.meterTabs) {
            await page.getByRole("tab", { name: tab, exact: true }).click();
            await settled(page);
            expect(await faultsOf(page), tab).to.deep.equal([]);
          }
          await page.getByRole("button", { name: words.leave }).click();
          await page.getByRole("button", { name: words.signIn }).waitFor();
        });
      }
    }
  }

  for (const language of LANGUAGES) {
    itInABrowser(site, `pauses intake with a reason, which is an alert, and resumes it: ${language}`, async (open) => {
      const words = WORDS[language];
      const page = await open("/desk", { language, as: "marketOperator" });
      await signIn(page, language);
      await page.getByText(words.pause, { exact: true }).click();
      await page.getByLabel(words.reasons[0]).fill("The rules change at noon.");
      expect(await page.getByRole("button", { name: words.pauseNow }).isDisabled()).to.equal(true);
      await page.getByLabel(words.reasons[1]).fill("规则将于正午变更。");
      await page.getByRole("button", { name: words.pauseNow }).click();
      await page.getByText(words.shown).waitFor();
      await page.locator(".alerts > li").first().waitFor();
      expect(await faultsOf(page)).to.deep.equal([]);
      const { url } = site.stack().operator;
      const health = async () => ((await (await fetch(`${url}/health`)).json()) as { notices: string[] }).notices;
      expect((await health()).join()).to.contain("The rules change at noon.");
      await page.getByRole("button", { name: words.resume }).click();
      await page.getByText(words.open).waitFor();
      expect(await health()).to.deep.equal([]);
    });
  }

  itInABrowser(
    site,
    "shows the rounds and submissions that the operator has, and what the chain left out",
    async (open) => {
      const { operator } = site.stack();
      const ask = async (path: string) =>
        (await (
          await fetch(`${operator.url}${path}`, { headers: { authorization: `Bearer ${operator.apiKey}` } })
        ).json()) as { rounds: { round: number; skipped: unknown[] }[]; submissions: { id: number }[] };
      const page = await open("/desk", { as: "marketOperator" });
      await signIn(page, "en");
      const { rounds } = await ask("/rounds?limit=20");
      expect(rounds.length).to.be.greaterThan(0);
      const rowsOf = (name: string) =>
        page.getByRole("region", { name, exact: true }).locator("tbody th").allInnerTexts();
      await page.getByRole("region", { name: "Rounds", exact: true }).waitFor();
      expect(await rowsOf("Rounds")).to.deep.equal(rounds.map(({ round }) => `Round ${round}`));
      expect(await page.getByText("What the chain left out of round").count()).to.equal(
        rounds.filter(({ skipped }) => skipped.length > 0).length,
      );
      await page.getByRole("tab", { name: "Sent to the chain" }).click();
      const { submissions } = await ask("/submissions?limit=50");
      await page.getByRole("region", { name: "Sent to the chain", exact: true }).waitFor();
      expect((await rowsOf("Sent to the chain")).map(Number)).to.deep.equal(submissions.map(({ id }) => id));
    },
  );

  itInABrowser(
    site,
    "shows in the matrix what the chain has of each meter and day, and is walked by arrow keys",
    async (open) => {
      const { tradingDay } = site.stack();
      const { market } = tradingDay;
      const page = await open("/readings", { as: "meterOperator" });
      await signIn(page, "en");
      const cells = page.getByRole("grid").locator("td");
      await cells.first().waitFor();
      const day = tradingDay.readings.day;
      await page.getByLabel("Until day").fill(formatDay(day + 3));
      await page
        .locator(`[role="grid"] a[href$="/${formatDay(day)}"]`)
        .first()
        .waitFor();
      const shown = new Map<string, string>();
      for (const cell of await cells.all()) {
        const [, meter = "", date = ""] =
          (await cell.locator("a").getAttribute("href"))?.match(/\/meters\/(\d+)\/(.+)$/) ?? [];
        shown.set(`${meter} ${date}`, `${await cell.getAttribute("data-state")}`);
      }
      const meters = [...tradingDay.meters.values()];
      const onChain = await readMeterDays(market.platform, meters, day);
      const states = new Set<string>();
      for (const [index, meter] of meters.entries()) {
        const { inForce } = await readCorrections(market.platform, meter, day);
        const expected = inForce !== undefined ? "corrected" : CELL_OF[onChain[index]!.state];
        expect(shown.get(`${meter} ${formatDay(day)}`), `meter ${meter}`).to.equal(expected);
        states.add(expected);
      }
      expect(states.size).to.be.greaterThan(1);
      expect(await page.locator('td[data-objected="true"]').count()).to.be.greaterThan(0);

      await page.locator('[data-place="0 1"]').focus();
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowDown");
      const focused = () => page.evaluate("document.activeElement.dataset.place");
      expect(await focused()).to.equal("1 0");
      await page.keyboard.press("End");
      expect(await focused()).to.equal("1 13");
      expect(await page.locator('[role="grid"] a[tabindex="0"]').count()).to.equal(1);
      await page.keyboard.press("Home");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/meters\/\d+\/\d{4}-\d\d-\d\d$/);
    },
  );

  itInABrowser(
    site,
    "shows a batch in quarantine with its reasons by line, its meter day in the matrix, and an alert",
    async (open) => {
      const { operator, chain } = site.stack();
      const date = formatDay(dayOf(await chain.now()) - 1);
      const header = `meter,date,${Array.from({ length: 96 }, (_, slot) => `P${slot + 1}`).join(",")}`;
      const known = assetNumber(1n);
      const lines = [known, "unknown"].map((meter) => [meter, date, ...Array(96).fill("999999")].join(","));
      const handedIn = await fetch(`${operator.url}/readings`, {
        method: "POST",
        headers: { "content-type": "text/csv", authorization: `Bearer ${operator.apiKey}` },
        body: `${[header, ...lines].join("\n")}\n`,
      });
      expect(handedIn.status).to.equal(422);
      const page = await open("/readings", { as: "meterOperator" });
      await signIn(page, "en");
      await page.getByText(/^Batches of readings in quarantine whose days have not come otherwise: 1, /).waitFor();
      await page.getByLabel("Until day").fill(date);
      await page.locator(`td[data-state="quarantined"] a[href="/meters/1/${date}"]`).waitFor();
      await page.getByRole("tab", { name: "Batches" }).click();
      await page.getByText(/^Reasons, line by line: 97$/).click();
      const reasons = page.getByRole("region", { name: /^Reasons of/ }).first();
      await reasons.waitFor();
      const rows = await reasons.locator("tbody tr").all();
      const shown = await Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
      expect(shown.map(([line, meter]) => `${line} ${meter}`)).to.include.members([`2 ${known}`, "3 unknown"]);
      expect(shown.map(([, , why]) => why).join()).to.match(
        /more than the meter's capacity .*no meter with this asset number/,
      );
      expect(await faultsOf(page)).to.deep.equal([]);
    },
  );
}

async function signIn(page: Page, language: Language): Promise<void> {
  const words = WORDS[language];
  await page.getByRole("button", { name: words.signIn, exact: true }).click();
  await page.getByRole("button", { name: words.leave }).waitFor();
  await settled(page);
}

async function faultsOf(page: Page): Promise<string[]> {
  return [...(await axeOn(page)), ...(await sidewaysOf(page)), ...(await partedOf(page))];
}
