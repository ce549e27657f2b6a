/** A compilation in parts: each compiles all sources and generates the code of some, so that parts can run at once. */
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";
import { importsIn } from "./imports.ts";

/** What one compiler generates the code of, and what it is given. */
export interface Part {
  sources: string[];
  input: CompilerInput;
}

export type Sources = CompilerInput["sources"];

/** `source` and what it imports, over however many files; those of packages are left out. */
export function reachedFrom(source: string, sources: Sources, reached = new Set<string>()): Set<string> {
  if (reached.has(source)) return reached;
  reached.add(source);
  for (const imported of importsIn(source, sources[source]?.content ?? "")) reachedFrom(imported, sources, reached);
  return reached;
}

/** Asks for `sources` only: any output of another one, even its declarations, makes the compiler generate its code. */
export function codeOf(sources: string[], input: CompilerInput): CompilerInput {
  const everything = input.settings.outputSelection["*"] ?? {};
  const outputSelection = Object.fromEntries(sources.map((source) => [source, everything]));
  return { ...input, settings: { ...input.settings, outputSelection } };
}

/** The parts have the same sources in the same order, so that places in them mean the same. */
export function merged(parts: Part[], outputs: CompilerOutput[]): CompilerOutput {
  const whole: CompilerOutput = { ...outputs[0], sources: {}, contracts: {}, errors: [] };
  const said = new Set<string | undefined>();
  for (const [i, output] of outputs.entries()) {
    // The first says what stands in every source, others what they were asked for.
    for (const source of i === 0 ? Object.keys(output.sources) : (parts[i]?.sources ?? [])) {
      const [tree, built] = [output.sources?.[source], output.contracts?.[source]];
      if (tree !== undefined) whole.sources[source] = tree;
      if (built !== undefined && whole.contracts !== undefined) whole.contracts[source] = built;
    }
    for (const error of output.errors ?? []) {
      if (!said.has(error.formattedMessage)) whole.errors?.push(error);
      said.add(error.formattedMessage);
    }
  }
  return whole;
}
