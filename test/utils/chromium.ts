import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const USUAL = [
  "/usr/bin/chromium",
  "/usr/lib/chromium/chromium",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

export const NO_CHROMIUM =
  "There is no Chromium to make a passkey or open a page with: install it (apt-get install chromium), or set DUJIANG_CHROMIUM to one.";

/** The Chromium of this machine: what DUJIANG_CHROMIUM names, else one on the PATH or in a usual place; undefined if none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env.DUJIANG_CHROMIUM;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`DUJIANG_CHROMIUM names ${named}, which is no program: set it to a Chromium or leave it out.`);
  }
  const onPath = (env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...USUAL].find(isExecutable);
}

export function launchChromium(executablePath: string): Promise<Browser> {
  // In containers there is no sandbox to be had, and little shared memory.
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
