import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";

export interface ThrowawayFolder {
  path: string;
  remove(): void;
}

/** A fresh folder under .dujiang that goes, at the latest, when this process ends. */
export function throwawayFolder(name: string): ThrowawayFolder {
  const parent = join(root, ".dujiang");
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(join(parent, `${name}-`));
  const remove = () => rmSync(path, { recursive: true, force: true });
  process.once("exit", remove);
  return { path, remove };
}
