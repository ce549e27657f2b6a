/** A compilation in parts: each compiles all sources and generates the code of some, so that parts can run at once. */
import { posix } from "node:path";
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

export type Sources = CompilerInput["sources"];

/** The source files that `source` imports, by what they are called in `sources`; those of packages are left out. */
export function ownImports(source: string, sources: Sources): string[] {
  const imports = (sources[source]?.content ?? "").matchAll(/^(?:import|\}) .*?"(\.[^"]+)";$/gm);
  return [...imports].map(([, path = ""]) => posix.join(posix.dirname(source), path));
}

/** `source` and what it imports, over however many files. */
export function reachedFrom(source: string, sources: Sources, reached = new Set<string>()): Set<string> {
  if (reached.has(source)) return reached;
  reached.add(source);
  for (const imported of ownImports(source, sources)) reachedFrom(imported, sources, reached);
  return reached;
}

/** Asks for `sources` only: any output of another one, even its declarations, makes the compiler generate its code. */
export function codeOf(sources: string[], input: CompilerInput): CompilerInput {
  const everything = input.settings.outputSelection["*"] ?? {};
  const outputSelection = Object.fromEntries(sources.map((source) => [source, everything]));
  return { ...input, settings: { ...input.settings, outputSelection } };
}

/** The parts have the same sources in the same order, so that places in them mean the same. */
export function merged(first: CompilerOutput, second: CompilerOutput, fromSecond: string[]): CompilerOutput {
  const said = new Set(first.errors?.map(({ formattedMessage }) => formattedMessage));
  const sources = { ...first.sources };
  const contracts = { ...first.contracts };
  for (const source of fromSecond) {
    const [tree, built] = [second.sources?.[source], second.contracts?.[source]];
    if (tree !== undefined) sources[source] = tree;
    if (built !== undefined) contracts[source] = built;
  }
  const errors = [
    ...(first.errors ?? []),
    ...(second.errors ?? []).filter(({ formattedMessage }) => !said.has(formattedMessage)),
  ];
  return { ...first, sources, contracts, errors };
}
