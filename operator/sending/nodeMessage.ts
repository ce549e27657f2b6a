/** What the node itself said: libraries put words of their own around its answer, which need not be an Error. */
export function nodeMessage(error: unknown, depth = 0): string {
  if (typeof error !== "object" || error === null || depth > 8) return "";
  const { message, cause } = error as { message?: unknown; cause?: unknown };
  return nodeMessage(cause, depth + 1) || (typeof message === "string" ? message : "");
}
