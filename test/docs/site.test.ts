import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, extname, join, sep } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";
import { buildSite } from "../../tools/docs/site.ts";
import { findChromium, launchChromium, NO_CHROMIUM } from "../utils/chromium.ts";

const KINDS: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
/** Pages that are written in Chinese, as their readers find them. */
const CHINESE = [
  ...["index.html", "architecture.html", "operations.html", "glossary.html"],
  ...globSync("docs/zh/guide/*.md", { cwd: root }).map(
    (page) => `guide/${basename(page, ".md").replace("README", "index")}.html`,
  ),
];

describe("the pages of docs/ as a site", function () {
  this.timeout(300_000);
  const parent = mkdtempSync(join(tmpdir(), "dujiang-site-"));
  const site = join(parent, "site");
  const read = (page: string) => readFileSync(join(site, page), "utf8");
  let pages: string[];
  before(async () => {
    await buildSite(join(root, "docs"), site);
    pages = globSync("**/*.html", { cwd: site }).map((page) => page.split(sep).join("/"));
  });
  after(() => rmSync(parent, { recursive: true, force: true }));

  it("has every page in both languages, or says that there is none in Chinese and leads to the English one", () => {
    const english = pages.filter((page) => !page.startsWith("zh/") && page !== "404.html");
    expect(english.length).to.be.greaterThan(30);
    for (const page of english) {
      const chinese = read(`zh/${page}`);
      expect(chinese).to.include('lang="zh-CN"');
      if (CHINESE.includes(page)) expect(chinese, page).to.not.include("本页暂无中文版");
      else
        expect(chinese, page)
          .to.include("本页暂无中文版")
          .and.include(`href="/${page.replace(/(index)?\.html$/, "")}`);
    }
    expect(read("zh/glossary.html")).to.include("<td>报单</td>");
    expect(read("glossary.html")).to.include("<td>order</td>");
  });

  it("gives the commands of the Chinese page on operations as the English one has them, where it is tested", () => {
    const commands = (page: string) =>
      [...readFileSync(join(root, "docs", page), "utf8").matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = ""]) =>
        block.trim().split("\n"),
      );
    const known = commands("operations.md");
    expect(commands("zh/operations.md").length).to.be.greaterThan(10);
    expect(known).to.include.members(commands("zh/operations.md"));
  });

  it("fails on a link that leads nowhere, in the site or out of it", async () => {
    const docs = join(parent, "docs");
    mkdirSync(join(docs, ".vitepress"), { recursive: true });
    writeFileSync(join(docs, ".vitepress", "config.ts"), "export default {};\n");
    for (const [link, complaint] of [
      ["missing.md", /dead link/i],
      ["../gone/README.md", /docs\/README\.md points to \.\.\/gone\/README\.md, which does not exist\./],
    ] as const) {
      writeFileSync(join(docs, "README.md"), `# Here\n\n[there](${link})\n`);
      const outcome = await buildSite(docs, join(parent, "broken")).then(
        () => "it was built",
        (error: Error) => error.message,
      );
      expect(outcome).to.match(complaint);
    }
  });

  it("finds words of both languages in a browser, which asks no other host", async function () {
    const program = findChromium();
    if (program === undefined) {
      console.log(`      ${NO_CHROMIUM}`);
      this.skip();
    }
    const server = await serve(site);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const browser = await launchChromium(program);
    try {
      const page = await browser.newPage();
      const hosts = new Set<string>();
      page.on("request", (request) => hosts.add(new URL(request.url()).origin));
      for (const [start, word, found] of [
        ["/", "gate closure", "/glossary"],
        ["/zh/", "验证节点", "/zh/operations"],
      ] as const) {
        await page.goto(`${url}${start}`);
        // Before the page has come to life it hears nothing.
        await page.waitForFunction('document.querySelector("#app")?.__vue_app__ !== undefined');
        await page.keyboard.press("Control+k");
        await page.locator(".VPLocalSearchBox input").fill(word);
        await page.locator(`.VPLocalSearchBox .result[href^="${found}"]`).first().waitFor();
      }
      expect([...hosts]).to.deep.equal([url]);
    } finally {
      await browser.close();
      server.close();
    }
  });
});

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    const file = [path, `${path}.html`, `${path}index.html`].map((each) => join(folder, each)).find(isFile);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", KINDS[extname(file)] ?? "application/octet-stream").end(readFileSync(file));
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

const isFile = (path: string) => existsSync(path) && extname(path) !== "";
