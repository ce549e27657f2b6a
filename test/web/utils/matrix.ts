import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalActor } from "../../../demo/local/wallets.ts";
import { root } from "../../../scripts/root.ts";
import { LANGUAGES, type Look, THEMES, WIDTHS } from "./browser.ts";
import type { Facts } from "./facts.ts";

/** The paths of all screens, as the page's router has them. */
export function screens(): string[] {
  const router = readFileSync(join(root, "web/app/router.tsx"), "utf8");
  const paths = [...router.matchAll(/\bpath: "([^"]+)"/g)].map(([, path = ""]) => path);
  const routes = router.match(/\bcreateRoute\(/g)?.length ?? 0;
  if (paths.length !== routes) throw new Error(`web/app/router.tsx has ${routes} routes, but ${paths.length} paths.`);
  return paths;
}

/** Who looks at a screen that shows somebody what is theirs; anybody else's has more to show, or as much. */
const READERS: Readonly<Record<string, LocalActor>> = { "/desk": "marketOperator", "/readings": "meterOperator" };

/** The address of a screen on which there is something to see. */
export function addressOf(screen: string, facts: Facts): string {
  const parts = screen.split("/");
  return parts
    .map((part, index) => {
      if (!part.startsWith("$")) return part;
      const fact = facts[`${parts[index - 1]}/${part}`] ?? facts[part];
      if (fact !== undefined) return fact;
      throw new Error(
        `${screen}: say in test/web/utils/facts.ts what stands for ${part}, so that the screen is tested.`,
      );
    })
    .join("/");
}

export interface Sight {
  screen: string;
  look: Look;
}

/** Each screen in each language, theme and width. */
export function everySight(): Sight[] {
  const looks = LANGUAGES.flatMap((language) =>
    THEMES.flatMap((theme) => WIDTHS.map((width) => ({ language, theme, width }))),
  );
  return screens().flatMap((screen) =>
    looks.map((look) => ({ screen, look: { ...look, as: readerOf(screen), ...forgiven(screen) } })),
  );
}

/** As few of them as have each screen and each look once. */
export function sampleOf(sights: readonly Sight[]): Sight[] {
  const [all, looks] = [screens(), sights.length / screens().length];
  return Array.from({ length: Math.max(all.length, looks) }, (_, index) => {
    const screen = index % all.length;
    return sights[screen * looks + (index % looks)]!;
  });
}

export const readerOf = (screen: string): LocalActor => READERS[screen] ?? "hydroStation";

/** Of an order or a proposal that nobody knows the operator says 404, which Chromium notes. */
const forgiven = (screen: string) =>
  /^\/(orders|proposals)\/\$hash/.test(screen) ? { forgives: /status of 404/ } : {};
