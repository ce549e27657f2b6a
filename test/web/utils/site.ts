import { expect } from "chai";
import type { Browser } from "playwright-core";
import { type OpenPage, Visitors } from "./browser.ts";
import type { Stack } from "./stack.ts";

/** What runs for the tests of the page, once it does. */
export interface Site {
  stack(): Stack;
  browser(): Browser;
}

/** A test in browsers of its own, which fails for whatever any of them saw that must not be. */
export function itInABrowser(site: Site, title: string, test: (open: OpenPage) => Promise<void>): void {
  it(title, async () => {
    const visitors = new Visitors(site.browser(), site.stack().url);
    try {
      await test(visitors.open);
    } catch (error) {
      // What the browser said explains what the test did not find.
      if (error instanceof Error && visitors.faults.length > 0) error.message += `\n${visitors.faults.join("\n")}`;
      throw error;
    } finally {
      await visitors.leave();
    }
    expect(visitors.faults).to.deep.equal([]);
  });
}
