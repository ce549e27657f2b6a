import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/root.ts";

/** The file to run with Node for the command `command` of an installed package: no shell and no npx in between. */
export function tool(packageName: string, command = packageName): string {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bin === "string" ? bin : bin[command];
  if (file === undefined) throw new Error(`The package ${packageName} has no command ${command}.`);
  return join(folder, file);
}
