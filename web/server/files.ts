import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context } from "hono";
import { DujiangError } from "../../sdk/types/errors.ts";

/** Thrown when there is no page to serve. */
export class PageError extends DujiangError {}

interface PageFile {
  type: string;
  etag: string;
  /** Its name changes with its content. */
  isImmutable: boolean;
  plain: Uint8Array<ArrayBuffer>;
  br?: Uint8Array<ArrayBuffer>;
  gzip?: Uint8Array<ArrayBuffer>;
}

export type PageFiles = ReadonlyMap<string, PageFile>;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
};
const [compressBrotli, compressGzip] = [promisify(brotliCompress), promisify(gzip)];

/** The built page, kept in memory with its compressed forms: it is a megabyte, and no path leads out of a map. */
export async function readPage(folder: string): Promise<PageFiles> {
  if (!existsSync(join(folder, "index.html")))
    throw new PageError({
      en: `${folder} has no built page: run "npm run web:build" first.`,
      zh: `${folder} 中没有构建好的页面：请先运行 "npm run web:build"。`,
    });
  const names = globSync("**/*", { cwd: folder }).filter((name) => statSync(join(folder, name)).isFile());
  const files = names.map(async (name): Promise<[string, PageFile]> => {
    const path = `/${name.split(sep).join("/")}`;
    return [path, await readFile(join(folder, name), path)];
  });
  return new Map(await Promise.all(files));
}

async function readFile(file: string, path: string): Promise<PageFile> {
  const plain = new Uint8Array(readFileSync(file));
  const found: PageFile = {
    type: TYPES[extname(path)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    isImmutable: path.startsWith("/assets/"),
    plain,
  };
  if (!(extname(path) in TYPES)) return found;
  const [br, gz] = await Promise.all([
    compressBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    compressGzip(plain, { level: 9 }),
  ]);
  return { ...found, br: new Uint8Array(br), gzip: new Uint8Array(gz) };
}

/** A file of the page; `index.html` for a path of the page's own router; undefined for what is no part of it. */
export function serveFile(c: Context, files: PageFiles): Response | undefined {
  const file = files.get(c.req.path) ?? (isScreen(c.req.path) ? files.get("/index.html") : undefined);
  if (file === undefined) return undefined;
  c.header("content-type", file.type);
  c.header("etag", file.etag);
  c.header("vary", "accept-encoding");
  c.header("cache-control", file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (c.req.header("if-none-match") === file.etag) return c.body(null, 304);
  const accepted = (c.req.header("accept-encoding") ?? "").split(",").map((part) => part.split(";")[0]?.trim());
  for (const encoding of ["br", "gzip"] as const) {
    const body = file[encoding];
    if (body === undefined || !accepted.includes(encoding)) continue;
    c.header("content-encoding", encoding);
    return c.body(body);
  }
  return c.body(file.plain);
}

/** Files have an ending, and screens have none. */
const isScreen = (path: string) => extname(path) === "";
