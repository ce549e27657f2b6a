/** The contracts in several shares, so that several compilers can generate their code at once. */
import { availableParallelism } from "node:os";
import type { CompilerInput } from "hardhat/types/solidity";
import { codeOf, type Part, reachedFrom, type Sources } from "./parts.ts";

/** Each compiler reads all sources first, which takes 4 s: beyond this many that costs more than it saves. */
const MOST_COMPILERS = 3;

/** The code is the same as out of one compiler, because it depends on the sources together and not on what is asked for. */
export function contractParts(input: CompilerInput): Part[] {
  const shares = sharesOf(input, Math.min(availableParallelism(), MOST_COMPILERS));
  return shares.map((sources) => ({ sources, input: codeOf(sources, input) }));
}

/** The sources in at most `count` shares of about the same work. */
export function sharesOf({ sources }: Pick<CompilerInput, "sources">, count: number): string[][] {
  const shares = Array.from({ length: count }, () => ({ sources: [] as string[], work: 0 }));
  const deployable = Object.keys(sources).filter((source) => /^contract /m.test(sources[source]?.content ?? ""));
  // A contract that another one creates is compiled with that one anyway.
  const creatorOf = (source: string) =>
    deployable.find((other) => other !== source && reachedFrom(other, sources).has(source));
  const whole = deployable.filter((source) => creatorOf(source) === undefined);
  const works = whole.map((source) => ({ source, work: textReached(source, sources) }));
  for (const { source, work } of works.sort((a, b) => b.work - a.work)) {
    const least = shares.reduce((a, b) => (b.work < a.work ? b : a));
    least.sources.push(
      source,
      ...deployable.filter((other) => other !== source && reachedFrom(source, sources).has(other)),
    );
    least.work += work;
  }
  // What has no code of its own costs next to nothing.
  const rest = Object.keys(sources).filter((source) => !deployable.includes(source));
  shares.findLast(({ work }, i) => work > 0 || i === 0)?.sources.push(...rest);
  return shares.map((share) => share.sources).filter((share) => share.length > 0);
}

/** How much there is to compile for a contract: the text of all it imports, comments and interfaces left out. */
function textReached(source: string, sources: Sources): number {
  const texts = [...reachedFrom(source, sources)].map((reached) => sources[reached]?.content ?? "");
  const code = texts.map((text) =>
    text.replace(/\/\*.*?\*\/|\/\/[^\n]*|^interface .*?^\}/gms, "").replace(/\s+/g, " "),
  );
  return code.reduce((sum, { length }) => sum + length, 0);
}
