import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { marketOf } from "../../sdk/chain/client.ts";
import { buildSheet, readSheet, sheetHash } from "../../sdk/identity/index.ts";
import { handInNames, openDesk } from "../../sdk/operator/index.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { inWords } from "../language.ts";
import type { Office } from "./office.ts";
import { hashOf } from "./participants.ts";
import { AdminError } from "./problem.ts";

interface SheetOptions {
  nameEn: string;
  nameZh: string;
  /** Files that the registrars saw, each by its path or as title=path. */
  paper?: readonly string[];
}

/** Writes the sheet of a participant, whose keccak256 is proposed as its credential hash. @returns what to do with it */
export function writeSheet(file: string, { nameEn, nameZh, paper = [] }: SheetOptions, folder = process.cwd()): string {
  const text = buildSheet({ name: { en: nameEn, zh: nameZh }, papers: paper.map((each) => paperOf(each, folder)) });
  const path = resolve(folder, file);
  // What was proposed with another text stays provable.
  if (existsSync(path) && readFileSync(path, "utf8") !== text) throw new AdminError(taken(file));
  writeFileSync(path, text);
  const [hash, name] = [sheetHash(text), `${nameZh} ${nameEn}`];
  return inWords({
    en: `${file} is the sheet of ${name}, ${hash}: give the file to the second registrar, propose with --credential ${file}, and hand it in with "participant names" once it is approved.`,
    zh: `${file} 为 ${name} 的登记表，哈希 ${hash}：请将文件交给第二名注册员，以 --credential ${file} 提交，批准后用“participant names”提交名称。`,
  });
}

function paperOf(text: string, folder: string) {
  const at = text.indexOf("=");
  const path = text.slice(at + 1);
  return { title: at < 1 ? basename(path) : text.slice(0, at), hash: hashOf(path, folder) };
}

const taken = (file: string): Sentence => ({
  en: `${file} holds something else already: choose another name for the file, as what was proposed with the old one must stay as it is.`,
  zh: `${file} 已有其他内容：请换一个文件名，已提交的登记表须保持原样。`,
});

/** Signs in at the market operator's desk as a registrar, and hands in sheets, all or none. @returns what came of it */
export async function handInSheets(
  { platform, account }: Pick<Office, "platform" | "account">,
  url: string,
  files: readonly string[],
  folder = process.cwd(),
): Promise<string> {
  const sheets = files.map((file) => readSheetFile(file, folder));
  if (account === undefined) {
    throw new AdminError({
      en: "Names are handed in by a registrar in person: name the variable with its key by --key.",
      zh: "名称须由注册员本人提交：请用 --key 指定其私钥变量。",
    });
  }
  const { token } = await openDesk({ url }, account.address, marketOf(platform), account);
  const { names } = await handInNames({ url, token }, sheets);
  return inWords({
    en: `${names} participants have their names at ${url}/names.`,
    zh: `${names} 个参与方的名称已登记到 ${url}/names。`,
  });
}

function readSheetFile(file: string, folder: string): string {
  let text: string;
  try {
    text = readFileSync(resolve(folder, file), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AdminError({
      en: `${file} cannot be read (${code}): name the file that "participant sheet" wrote.`,
      zh: `无法读取 ${file}（${code}）：请指定“participant sheet”写出的文件。`,
    });
  }
  readSheet(text);
  return text;
}
