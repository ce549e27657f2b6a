import { WholeError } from "./whole.ts";

/** The same names with a small first letter, as the index and other interfaces write them. */
export type Words<Names extends readonly string[]> = { readonly [Index in keyof Names]: Uncapitalize<Names[Index]> };

/** Names of an enum as words of interfaces: `LateReported` is `lateReported`. The order stays that of the numbers on chain. */
export function wordsOf<const Names extends readonly string[]>(names: Names): Words<Names> {
  return names.map((name) => name.charAt(0).toLowerCase() + name.slice(1)) as unknown as Words<Names>;
}

/** The name of a number on chain. */
export function nameOf<Name extends string>(names: readonly Name[], index: number): Name {
  const name = names[index];
  if (name === undefined)
    throw new WholeError({
      en: `There is no number ${index} among ${names.join(", ")}.`,
      zh: `${names.join("、")} 中没有编号 ${index}。`,
    });
  return name;
}
