import { existsSync, globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix, sep } from "node:path";
import type { Node } from "./syntax.ts";

/** The compiler's standard JSON, as far as it is read here. */
export interface Compiled {
  errors?: {
    severity: string;
    formattedMessage: string;
    sourceLocation?: { file: string; start: number; end: number };
  }[];
  sources: Record<string, { ast: Node }>;
  contracts?: Record<string, Record<string, CompiledContract>>;
}

export interface CompiledContract {
  abi: { type: string; name?: string; inputs?: { type: string }[] }[];
  evm: { bytecode: { object: string }; deployedBytecode: { object: string } };
}

/** File name -> text. */
export type Sources = Record<string, string>;

const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };

export function compile(sources: Sources, settings: object): Compiled {
  const content = Object.entries(sources).map(([name, text]) => [name, { content: text }]);
  const input = { language: "Solidity", sources: Object.fromEntries(content), settings };
  return JSON.parse(solc.compile(JSON.stringify(input)));
}

/** All Solidity files under `folders`, and all that they import. */
export function readSources(root: string, folders: string[]): Sources {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.sol`, { cwd: root }));
  return withImports(
    root,
    files.map((file) => file.split(sep).join("/")),
  );
}

/** The files, named from the root, and all that they import: out of the project and out of packages. */
export function withImports(root: string, files: string[]): Sources {
  const sources: Sources = {};
  const queue = [...files];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (name in sources) continue;
    const file = [join(root, name), join(root, "node_modules", name)].find(existsSync);
    if (file === undefined) throw new Error(`${name} is imported, but it is neither in the project nor in a package.`);
    const text = readFileSync(file, "utf8");
    sources[name] = text;
    for (const [, path = ""] of text.matchAll(/^(?:import|\}) .*?"([^"]+)";$/gm)) {
      queue.push(path.startsWith(".") ? posix.join(posix.dirname(name), path) : path);
    }
  }
  return sources;
}

export function errorsOf({ errors = [] }: Compiled): NonNullable<Compiled["errors"]> {
  return errors.filter(({ severity }) => severity === "error");
}
