type CamelWords<Words extends readonly string[]> = { readonly [Index in keyof Words]: Uncapitalize<Words[Index]> };

/** The words of a Solidity enum, out of the sdk, as the index writes them: "LateFinal" -> "lateFinal". */
export function camelWords<const Words extends readonly [string, ...string[]]>(words: Words): CamelWords<Words> {
  const camel = words.map((word) => word.charAt(0).toLowerCase() + word.slice(1));
  return camel as unknown as CamelWords<Words>;
}

/** The word for a number of a Solidity enum: its place in the list. */
export function word<const Words extends readonly string[]>(enumeration: { enumValues: Words }, number: number) {
  const found = enumeration.enumValues[number];
  if (found === undefined) {
    throw new Error(
      `${number} is none of ${enumeration.enumValues.join(", ")}: the contracts know more than the indexer.`,
    );
  }
  return found as Words[number];
}
