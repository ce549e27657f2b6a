import { execFile } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/root.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import { tool } from "../tool.ts";
import { glossaryPage } from "./glossary.ts";

/** Thrown when a page points to nothing. */
export class SiteError extends DujiangError {}

/** Where pages in Chinese lie; the English ones lie at the top. */
const CHINESE = "zh/";
/** Where a reader in Chinese finds what there is in English only. */
const STUB = (title: string, page: string) =>
  `# ${title}\n\n本页暂无中文版，请阅读[英文版](/${page})。There is no Chinese version of this page yet: read the [English one](/${page}).\n`;

/**
 * Builds a folder of Markdown as a site: README.md is the index of its folder, the glossary becomes a page in both languages,
 * and a page without a Chinese version gets one that says so. Dead links fail the build.
 */
export async function buildSite(docs: string, out: string): Promise<void> {
  // Below the packages, which VitePress looks for from there.
  mkdirSync(join(root, ".dujiang"), { recursive: true });
  const folder = mkdtempSync(join(root, ".dujiang", "docs-"));
  try {
    cpSync(join(docs, ".vitepress", "config.ts"), join(folder, ".vitepress", "config.ts"));
    const pages = globSync("**/*.md", { cwd: docs, exclude: (name) => name === ".vitepress" }).map((path) =>
      path.split(sep).join("/"),
    );
    for (const page of pages) write(folder, indexed(page), linked(docs, page));
    for (const picture of globSync("**/*.png", { cwd: docs, exclude: (name) => name === ".vitepress" }))
      cpSync(join(docs, picture), join(folder, picture));
    const glossary = join(docs, "glossary.tsv");
    if (existsSync(glossary)) {
      const tsv = readFileSync(glossary, "utf8");
      write(folder, "glossary.md", glossaryPage(tsv, "en"));
      write(folder, `${CHINESE}glossary.md`, glossaryPage(tsv, "zh"));
    }
    for (const page of globSync("**/*.md", { cwd: folder }).map((path) => path.split(sep).join("/"))) {
      if (page.startsWith(CHINESE) || existsSync(join(folder, CHINESE, page))) continue;
      const title = /^# (.+)$/m.exec(readFileSync(join(folder, page), "utf8"))?.[1] ?? page;
      write(folder, CHINESE + page, STUB(title, addressOf(page)));
    }
    rmSync(out, { recursive: true, force: true });
    await buildPages(folder, resolve(out));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a process of its own: VitePress waits for a thread of its own in a way that no time limit of ours could end. */
async function buildPages(folder: string, out: string): Promise<void> {
  try {
    const args = [tool("vitepress"), "build", folder, "--outDir", out];
    await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 240_000, killSignal: "SIGKILL" });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const said = `${stdout}${stderr}`.trim() || String(error);
    throw new SiteError({ en: `The site was not built. VitePress: ${said}`, zh: `网站未能生成。VitePress：${said}` });
  }
}

const indexed = (page: string) => page.replace(/(^|\/)README\.md$/, "$1index.md");

const LINK = /(?<!!)\[([^\]]*)\]\((?!https?:)([^)#\s]+)(#[^)\s]*)?\)/g;

/** A page with its links as the site has them: to pages by their address, to other files of the repository by their path alone. */
function linked(docs: string, page: string): string {
  return readFileSync(join(docs, page), "utf8").replace(LINK, (_, words: string, to: string, anchor = "") => {
    if (to.startsWith("/")) return `[${words}](${to}${anchor})`;
    const path = posix.join(posix.dirname(page), to);
    if (!path.startsWith("../") && /\.(md|tsv)$/.test(path)) {
      // From a page in Chinese to the next one, be it the page that says where the English one is.
      const own = page.startsWith(CHINESE) && !path.startsWith(CHINESE) ? CHINESE + path : path;
      return `[${words}](/${addressOf(own)}${anchor})`;
    }
    if (!existsSync(join(docs, path)))
      throw new SiteError({
        en: `docs/${page} points to ${to}, which does not exist.`,
        zh: `docs/${page} 指向不存在的 ${to}。`,
      });
    return `\`${posix.join("docs", path)}\``;
  });
}

const addressOf = (page: string) =>
  indexed(page)
    .replace(/\.(md|tsv)$/, "")
    .replace(/(^|\/)index$/, "$1");

function write(folder: string, page: string, text: string): void {
  const file = join(folder, page);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
