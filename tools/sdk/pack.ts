import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";
// @ts-expect-error The launcher runs before TypeScript is there and has no declarations.
import { findNpm } from "../launch.mjs";
import { tool } from "../tool.ts";

/** Builds the sdk and packs it as npm would publish it; returns the tarball, in the folder given. */
export function packSdk(into: string): string {
  const sdk = join(root, "sdk");
  rmSync(join(sdk, "dist"), { recursive: true, force: true });
  run([process.execPath, tool("typescript", "tsc"), "--project", sdk], root);
  copyFileSync(join(root, "LICENSE"), join(sdk, "LICENSE"));
  const args = ["pack", "--json", "--offline", "--ignore-scripts", "--pack-destination", into];
  const [packed] = JSON.parse(run([...findNpm(process.execPath), ...args], sdk)) as [{ filename: string }];
  return join(into, packed.filename);
}

function run([command = "", ...args]: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", timeout: 300_000 });
  if (status !== 0) throw new Error(`The sdk could not be packed. ${args.join(" ")} said: ${stdout}${stderr}`);
  return stdout;
}
