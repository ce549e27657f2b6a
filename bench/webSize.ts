/**
 * `npm run web:size`: what a first visit of each screen fetches, compressed, and the biggest parts that come later. Builds the
 * page first, writes bench/results/web.json and says what is above its bar; with --check it compares with that file instead, and
 * fails where something grew.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "../scripts/root.ts";
import { tool } from "../tools/tool.ts";

interface Part {
  file: string;
  src?: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}

const RESULT = join(root, "bench/results/web.json");
const DIST = join(root, "web/dist");
/** Bytes, compressed. */
const BARS = { firstVisit: 130_000, chainLayer: 90_000, otherPart: 60_000 };
/** A figure may grow by so much before it has to be noted again. */
const DRIFT = 1.02;
const CHAIN_LAYER = "chain/platform.ts";

build();
const manifest = JSON.parse(readFileSync(join(DIST, ".vite/manifest.json"), "utf8")) as Record<string, Part>;
const sizes = new Map<string, number>();
const entry = filesOf("index.html");
const screens = Object.keys(manifest).filter((name) => name.startsWith("routes/"));
const page = ["index.html", "theme.js", "layers.css", "icon.svg"];
const firstVisit = Object.fromEntries(
  screens.map((name) => [name.replace(/^routes\/|\.tsx$/g, ""), total([...page, ...entry, ...filesOf(name)])]),
);
const chain = filesOf(CHAIN_LAYER).filter((file) => !entry.includes(file));
const known = new Set([...entry, ...chain, ...screens.flatMap((name) => filesOf(name))]);
const later = Object.values(manifest).filter(({ file }) => /\.(js|css)$/.test(file) && !known.has(file));
const others = later.map(({ file }) => sizeOf(file));
const found = { firstVisit, chainLayer: total(chain), biggestOtherPart: Math.max(0, ...others) };

const above = [
  ...Object.entries(firstVisit).flatMap(([name, bytes]) => over(`A first visit of ${name}`, bytes, BARS.firstVisit)),
  ...over("The chain layer", found.chainLayer, BARS.chainLayer),
  ...over("The biggest part that comes later", found.biggestOtherPart, BARS.otherPart),
];
console.log(JSON.stringify(found, null, 2));
for (const line of above) console.log(line);
if (process.argv.includes("--check")) {
  const complaints = grown();
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length > 0 ? 1 : 0;
} else {
  writeFileSync(RESULT, `${JSON.stringify({ ...noted(), ...found }, null, 2)}\n`);
}

function build(): void {
  const args = [tool("vite"), "build", "--config", "web/vite.config.ts", "--logLevel", "warn"];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

/** A part with everything that is fetched together with it. */
function filesOf(name: string, seen = new Set<string>()): string[] {
  const part = manifest[name];
  if (part === undefined || seen.has(name)) return [];
  seen.add(name);
  return [part.file, ...(part.css ?? []), ...(part.imports ?? []).flatMap((next) => filesOf(next, seen))];
}

function total(files: readonly string[]): number {
  return [...new Set(files)].reduce((sum, file) => sum + sizeOf(file), 0);
}

function sizeOf(file: string): number {
  const measured = sizes.get(file) ?? gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length;
  sizes.set(file, measured);
  return measured;
}

function over(what: string, bytes: number, limit: number): string[] {
  return bytes > limit ? [`${what} fetches ${bytes} bytes, ${bytes - limit} more than its bar of ${limit}.`] : [];
}

/** The figures of last time, with those that bench/web.ts measures. */
function noted(): typeof found {
  return JSON.parse(readFileSync(RESULT, "utf8")) as typeof found;
}

/** What is bigger than it was noted to be. */
function grown(): string[] {
  const before = noted();
  const pairs: [string, number, number][] = [
    ...Object.entries(firstVisit).map(([name, bytes]): [string, number, number] => [
      `A first visit of ${name}`,
      bytes,
      before.firstVisit[name] ?? 0,
    ]),
    ["The chain layer", found.chainLayer, before.chainLayer],
    ["The biggest part that comes later", found.biggestOtherPart, before.biggestOtherPart],
  ];
  return pairs.flatMap(([what, bytes, limit]) =>
    bytes > limit * DRIFT
      ? [`${what} fetches ${bytes} bytes, noted are ${limit}: run "npm run web:size" and commit what it writes.`]
      : [],
  );
}
