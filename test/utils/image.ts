import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";

/** A Dockerfile of this project, read as far as it is written here: one COPY a line, an ENTRYPOINT in JSON. */
export class Image {
  readonly lines: string[];

  constructor(file: string) {
    const text = readFileSync(join(root, file), "utf8");
    this.lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  }

  /** What follows an instruction, wherever it stands. */
  all(instruction: string): string[] {
    return this.lines.flatMap((line) => (line.startsWith(`${instruction} `) ? line.slice(instruction.length + 1) : []));
  }

  /** Paths of the project that are copied, to where; not what one stage takes from another. */
  get copies(): { from: string; to: string }[] {
    const fromProject = this.all("COPY").filter((line) => !line.startsWith("--from="));
    return fromProject.flatMap((line) => {
      const words = line.split(" ").filter((word) => !word.startsWith("--"));
      const to = words.pop() ?? "";
      return words.map((from) => ({ from, to: to.endsWith("/") ? join(to, from) : to }));
    });
  }

  get entrypoint(): string[] {
    return JSON.parse(this.all("ENTRYPOINT")[0] ?? "[]");
  }

  /** A folder that holds what the image would: what is copied, beside the packages that are installed here. */
  build(): { path: string; remove(): void } {
    const path = mkdtempSync(join(tmpdir(), "dujiang-image-"));
    for (const { from, to } of this.copies) cpSync(join(root, from), join(path, to), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(path, "node_modules"), "junction");
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  }
}
