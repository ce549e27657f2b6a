import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds, a line each. By the debugger's door: the page's policy lets no script in. */
export async function axeOn(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("Runtime.evaluate", { expression: AXE });
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression: `axe.run({ runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations.flatMap(
        ({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 200) + " " + failureSummary)))`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(`axe did not run: ${exceptionDetails.text}`);
    return result.value as string[];
  } finally {
    await session.detach();
  }
}

/** What is wider than the window, a line each; nothing where nobody has to scroll sideways. */
export const sidewaysOf = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 0.5 && each.closest(".wide") === null);
    return ["scrolls sideways by " + (scrollWidth - clientWidth) + " px: " +
      wide.slice(0, 5).map((each) => each.tagName + "." + each.className).join(", ")];
  })()`);

/** Figures on two lines: a number and its unit never part. */
export const partedOf = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll(".figure, .unbroken")].filter((each) => {
    const range = document.createRange();
    range.selectNodeContents(each);
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
    return boxes.some(({ top }) => boxes.some(({ bottom }) => top >= bottom));
  }).map((each) => "parts: " + each.innerText)`);

/** What is cut off, or behind a scroll bar, a line each: on paper nobody scrolls. What is for screen readers alone is not seen. */
export const cutOf = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll("main *")].filter((each) => {
    const { overflowX, overflowY, display } = getComputedStyle(each);
    if (display === "none" || each.closest(".hidden, [hidden], .no-print") !== null) return false;
    const cutsX = overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
    const cutsY = overflowY !== "visible" && each.scrollHeight > each.clientHeight + 1;
    return each.clientWidth > 0 && (cutsX || cutsY);
  }).map((each) => "cuts: " + each.tagName + "." + each.className + " " + each.innerText?.slice(0, 60))`);
