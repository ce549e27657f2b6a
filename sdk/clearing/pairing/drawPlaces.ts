import { concat, type Hex, keccak256 } from "viem";

/**
 * Puts things into the order that the seed draws for their names: sorted by keccak256(seed, name). The place of one does not
 * depend on which others there are or how they came, and no name can be chosen for its place before the seed is known.
 */
export function drawPlaces<T>(seed: Hex, things: readonly T[], nameOf: (thing: T) => Hex): T[] {
  const drawn = things.map((thing) => ({ thing, place: keccak256(concat([seed, nameOf(thing)])) }));
  return drawn.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)).map(({ thing }) => thing);
}
