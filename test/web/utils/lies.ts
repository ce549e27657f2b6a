import { readFileSync } from "node:fs";
import type { Page, Route } from "playwright-core";
import { root } from "../../../scripts/root.ts";

/** One figure that an answer has otherwise than it should. */
export interface Lie {
  /** With places in braces: {date}. */
  route: string;
  /** The actor that is connected; nobody where it is empty. */
  wallet: string;
  /** The address that answers begins with. */
  service: string;
  /** Where the figure is in the answer. */
  path: string;
  /** What it becomes; one more than it was where nothing is said. */
  to: string | undefined;
}

/** The lies of `test/web/lies.tsv`. */
export function readLies(): Lie[] {
  const [, ...rows] = readFileSync(`${root}/test/web/lies.tsv`, "utf8").trim().split("\n");
  return rows.map((row) => {
    const [route = "", wallet = "", service = "", path = "", to] = row.split("\t");
    return { route, wallet, service, path, to };
  });
}

/** Whether an answer was altered by now: a page that never asks for it proves nothing. */
export interface Liar {
  hasLied(): boolean;
}

/** Alters every answer of a service that has the figure. */
export async function lie(page: Page, { service, path, to }: Lie): Promise<Liar> {
  let lied = false;
  const alter = async (route: Route) => {
    const answer = await route.fetch();
    const body = (await answer.json().catch(() => undefined)) as { data?: unknown } | undefined;
    if (body === undefined) return route.fulfill({ response: answer });
    const found = holderOf(service === "/graphql" ? body.data : body, path.split("."));
    if (found === undefined) return route.fulfill({ response: answer });
    found.holder[found.name] = altered(found.holder[found.name], to);
    lied = true;
    return route.fulfill({ response: answer, json: body });
  };
  await page.route((url) => url.pathname.startsWith(service), alter);
  return { hasLied: () => lied };
}

/** The object that holds a figure; undefined where the answer has none of it. */
function holderOf(
  data: unknown,
  [name = "", ...rest]: string[],
): { holder: Record<string, unknown>; name: string } | undefined {
  if (typeof data !== "object" || data === null || !(name in data)) return undefined;
  const holder = data as Record<string, unknown>;
  return rest.length === 0 ? { holder, name } : holderOf(holder[name], rest);
}

function altered(value: unknown, to: string | undefined): unknown {
  if (to !== undefined) return to;
  if (typeof value === "number") return value + 1;
  if (typeof value === "string" && /^-?\d+$/.test(value)) return String(BigInt(value) + 1n);
  throw new Error(`What is ${String(value)} has no next value: say in the list what it becomes.`);
}
