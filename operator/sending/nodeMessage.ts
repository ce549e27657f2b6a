/** What the node itself said: libraries put words of their own around it. */
export function nodeMessage(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 8) return "";
  return error.cause === undefined ? error.message : nodeMessage(error.cause, depth + 1);
}
