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
