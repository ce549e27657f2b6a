import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

describe("docs/decisions", () => {
  const pages = globSync("docs/decisions/[0-9]*.md", { cwd: root }).sort();
  const index = readFileSync(join(root, "docs/decisions/README.md"), "utf8");

  for (const page of pages) {
    const text = readFileSync(join(root, page), "utf8");
    const [, number = ""] = /^(\d{4})-/.exec(basename(page)) ?? [];

    it(`${number} has its number, a date, a status, and says what was rejected`, () => {
      expect(text).to.match(new RegExp(`^# ${Number(number)}\\. `));
      expect(text).to.match(/^- Date: \d{4}-\d{2}-\d{2}$/m);
      expect(text).to.match(/^- Status: (accepted|superseded by \d{4})$/m);
      for (const part of ["Decision", "So", "Rejected"]) expect(text).to.include(`\n**${part}:** `);
    });

    it(`${number} is listed with its title, date and status`, () => {
      const [, title = ""] = /^# \d+\. (.*)$/m.exec(text) ?? [];
      const [, date = ""] = /^- Date: (.*)$/m.exec(text) ?? [];
      const [, status = ""] = /^- Status: (.*)$/m.exec(text) ?? [];
      const listed = title.charAt(0).toLowerCase() + title.slice(1);
      expect(index).to.include(`| [${number}](${basename(page)}) | ${listed} | ${date} | ${status} |`);
    });
  }
});
