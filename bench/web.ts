/**
 * `npm run bench:web`: the largest contentful paint of each screen, in a browser whose processor is four times slower, beside
 * the operator's statement page in the same run. Their ratio goes into bench/results/web.json; with --check it is compared.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { root } from "../scripts/root.ts";
import { findChromium, launchChromium, NO_CHROMIUM } from "../test/utils/chromium.ts";
import { settled, Visitors } from "../test/web/utils/browser.ts";
import { addressOf, readerOf, screens } from "../test/web/utils/matrix.ts";
import { Stack } from "../test/web/utils/stack.ts";

const RESULT = join(root, "bench/results/web.json");
const SLOWER = 4;
/** Of so many visits the median counts. */
const VISITS = 5;
/** A ratio may grow by so much: paints of one screen differ by a fifth from run to run. */
const DRIFT = 1.5;
const PAINT = `new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))`;

const program = findChromium();
if (program === undefined) throw new Error(NO_CHROMIUM);
const stack = await Stack.start();
const browser = await launchChromium(program);
try {
  await measure(browser);
} finally {
  await browser.close();
  await stack.stop();
}
// The stack's processes are ended; what they leave open is of no concern.
process.exit();

async function measure(from: Browser): Promise<void> {
  const committed = JSON.parse(readFileSync(RESULT, "utf8")) as { paint?: Record<string, number> };
  const { seller, date } = { seller: stack.facts["participants/$id"], date: stack.facts.$date };
  const statement = await paintOf(from, `/api/statements/${seller}/${date}?as=page`);
  console.log(`${statement.toFixed(0).padStart(6)} ms        the operator's statement page`);
  const paint: Record<string, number> = {};
  for (const screen of screens()) {
    const took = await paintOf(from, addressOf(screen, stack.facts), screen);
    const ratio = Math.round((took / statement) * 100) / 100;
    paint[screen] = ratio;
    const before = committed.paint?.[screen];
    console.log(`${took.toFixed(0).padStart(6)} ms ${ratio.toFixed(2).padStart(6)} ${screen}`);
    if (before === undefined || ratio <= before * DRIFT) continue;
    console.error(`${screen} takes ${ratio} times as long as the statement page, noted are ${before}.`);
    if (process.argv.includes("--check")) process.exitCode = 1;
  }
  if (!process.argv.includes("--check")) writeFileSync(RESULT, `${JSON.stringify({ ...committed, paint }, null, 2)}\n`);
}

/** Milliseconds from the request until the largest part of it is painted, on a first visit. */
async function paintOf(from: Browser, path: string, screen?: string): Promise<number> {
  const paints: number[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    const visitors = new Visitors(from, stack.url);
    try {
      const page = await visitors.open(path, {
        slower: SLOWER,
        ...(screen === undefined ? {} : { as: readerOf(screen) }),
      });
      if (screen !== undefined) await settled(page);
      paints.push(await page.evaluate<number>(PAINT));
    } finally {
      await visitors.leave();
    }
  }
  return paints.sort((a, b) => a - b)[Math.floor(VISITS / 2)]!;
}
