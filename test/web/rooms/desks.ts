import { expect } from "chai";
import type { Page } from "playwright-core";
import type { Language } from "../../../sdk/types/sentence.ts";
import { DAY_STATES } from "../../../sdk/types/enums.ts";
import { dayOf, formatDay } from "../../../sdk/types/time.ts";
import { cellOf } from "../../../web/desks/readings/cells.ts";
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
    told: /^Traders are told: The rules change at noon\.$/,
    resume: "Resume intake",
    open: "Orders are taken.",
    grid: "Readings: arrow keys lead from cell to cell",
    meterTabs: ["Batches", "Objections", "Waiting for the chain", "Meters and days"],
    refused: (role: string) => new RegExp(`does not hold the role ${role} .*: connect one that does, or have the council grant it\\.$`),
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
    told: /^向交易者说明：规则将于正午变更。$/,
    resume: "恢复接收",
    open: "正在接收报单。",
    grid: "读数：用方向键在单元格间移动",
    meterTabs: ["批次", "异议", "待上链任务", "计量点与日期"],
    refused: (role: string) => new RegExp(`没有.*的 ${role} 角色：请改用持有该角色的账户，或请联盟理事会授予。$`),
    connect: /请用上方按钮连接持有 .* 角色的账户的钱包/,
  },
} as const;

const DESKS = [
  { path: "/desk", as: "marketOperator", role: "MARKET_OPERATOR" },
  { path: "/readings", as: "meterOperator", role: "METER_OPERATOR" },
] as const;

export function itWorksAtDesks(site: Site): void {
  for (const { path, as, role } of DESKS) {
    for (const language of LANGUAGES) {
      itInABrowser(site, `tells who may not work at ${path} what to do, in one sentence: ${language}`, async (open) => {
        const words = WORDS[language];
        const stranger = await open(path, { language, as: as === "marketOperator" ? "meterOperator" : "hydroStation" });
        await stranger.getByText(words.refused(role)).waitFor();
        expect(await stranger.getByRole("button", { name: words.signIn }).count()).to.equal(0);
        expect(await axeOn(stranger)).to.deep.equal([]);
        const nobody = await open(path, { language });
        await nobody.getByText(words.connect).waitFor();
      });

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
      await page.getByText(words.told).waitFor();
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

  itInABrowser(site, "shows the rounds and submissions that the operator has, and what the chain left out", async (open) => {
    const { operator } = site.stack();
    const ask = async (path: string) =>
      (await (
        await fetch(`${operator.url}${path}`, { headers: { authorization: `Bearer ${operator.apiKey}` } })
      ).json()) as { rounds: { round: number; skipped: unknown[] }[]; submissions: { id: number }[] };
    const page = await open("/desk", { as: "marketOperator" });
    await signIn(page, "en");
    const { rounds } = await ask("/rounds?limit=20");
    expect(rounds.length).to.be.greaterThan(0);
    const rowsOf = (name: string) => page.getByRole("region", { name, exact: true }).locator("tbody th").allInnerTexts();
    await page.getByRole("region", { name: "Rounds", exact: true }).waitFor();
    expect(await rowsOf("Rounds")).to.deep.equal(rounds.map(({ round }) => `Round ${round}`));
    expect(await page.getByText("What the chain left out of round").count()).to.equal(
      rounds.filter(({ skipped }) => skipped.length > 0).length,
    );
    await page.getByRole("tab", { name: "Sent to the chain" }).click();
    const { submissions } = await ask("/submissions?limit=50");
    await page.getByRole("region", { name: "Sent to the chain", exact: true }).waitFor();
    expect((await rowsOf("Sent to the chain")).map(Number)).to.deep.equal(submissions.map(({ id }) => id));
  });

  itInABrowser(site, "shows in the matrix what the chain has of each meter and day, and is walked by arrow keys", async (open) => {
    const { chain, tradingDay } = site.stack();
    const { market } = tradingDay;
    const page = await open("/readings", { as: "meterOperator" });
    await signIn(page, "en");
    const cells = page.getByRole("grid").locator("td");
    await cells.first().waitFor();
    const last = dayOf(await chain.now()) - 1;
    const shown = new Map<string, string>();
    for (const cell of await cells.all()) {
      const [, meter = "", date = ""] = (await cell.locator("a").getAttribute("href"))?.match(/\/meters\/(\d+)\/(.+)$/) ?? [];
      shown.set(`${meter} ${date}`, `${await cell.getAttribute("data-state")}`);
    }
    const day = tradingDay.readings.day;
    expect(last - day).to.be.within(0, 13);
    const states = new Set<string>();
    for (const meter of tradingDay.meters.values()) {
      const { state, version } = await market.read("MeterRegistry", "dayOf", [meter, day]);
      const correction = await market.read("MeterRegistry", "correctionOf", [meter, day]);
      const word = DAY_STATES[Number(state)]!;
      const onChain = cellOf(
        {
          ...{ date: formatDay(day), state: (word.charAt(0).toLowerCase() + word.slice(1)) as never, quality: null },
          ...{ version: Number(version), objectedVersion: null },
          correctedVersion: Number(correction.version) === 0 ? null : Number(correction.version),
        },
        undefined,
      );
      // Days under a root have no word of their own.
      if (word !== "None") expect(shown.get(`${meter} ${formatDay(day)}`), String(meter)).to.equal(onChain.state);
      states.add(shown.get(`${meter} ${formatDay(day)}`)!);
    }
    expect(states.size).to.be.greaterThan(1);
    expect(await page.locator('td[data-objected="true"]').count()).to.be.greaterThan(0);

    await page.locator('[data-place="0 13"]').focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowDown");
    const focused = () => page.evaluate("document.activeElement.dataset.place");
    expect(await focused()).to.equal("1 12");
    await page.keyboard.press("Home");
    expect(await focused()).to.equal("1 0");
    expect(await page.locator('[role="grid"] a[tabindex="0"]').count()).to.equal(1);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/meters\/\d+\/\d{4}-\d\d-\d\d$/);
  });

  itInABrowser(site, "shows a batch in quarantine with its reasons by line, its meter days in the matrix, and an alert", async (open) => {
    const { operator, chain } = site.stack();
    const date = formatDay(dayOf(await chain.now()) - 1);
    const header = `meter,date,${Array.from({ length: 96 }, (_, slot) => `P${slot + 1}`).join(",")}`;
    const lines = ["unknown 1", "unknown 2"].map((meter) => [meter, date, ...Array(96).fill("1")].join(","));
    const handedIn = await fetch(`${operator.url}/readings`, {
      method: "POST",
      headers: { "content-type": "text/csv", authorization: `Bearer ${operator.apiKey}` },
      body: `${[header, ...lines].join("\n")}\n`,
    });
    expect(handedIn.status).to.equal(422);
    const page = await open("/readings", { as: "meterOperator" });
    await signIn(page, "en");
    await page.getByRole("tab", { name: "Batches" }).click();
    const reasons = page.getByRole("region", { name: /^Reasons of/ }).first();
    await reasons.waitFor();
    const rows = await reasons.locator("tbody tr").all();
    const shown = await Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
    expect(shown.map(([line, meter]) => [line, meter])).to.deep.equal([
      ["2", "unknown 1"],
      ["3", "unknown 2"],
    ]);
    expect(shown[0]?.[2]).to.match(/no meter with this asset number is registered on the chain/);
    expect(await faultsOf(page)).to.deep.equal([]);
  });
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
