/** What an error, or something that a library keeps in one, says of itself. */
export type Part = Record<string, unknown>;

/** An error and all that libraries keep in it, from the outside in. Requests, which they keep as well, are none of it. */
export function partsOf(error: unknown, depth = 0): Part[] {
  if (typeof error !== "object" || error === null || depth > 8) return [];
  const part = error as Part;
  return [part, ...[part.cause, part.info, part.error].flatMap((inner) => partsOf(inner, depth + 1))];
}
