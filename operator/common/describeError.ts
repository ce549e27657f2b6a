import { DrizzleQueryError } from "drizzle-orm";
import { BaseError } from "viem";

/**
 * What went wrong and where, for a log: without the parameters of queries, which are signed orders and transactions, and
 * without the node's address, which may hold a key.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `something was thrown that is not an error but a ${typeof error}`;
  const { message, stack = "" } = error;
  const frames = stack
    .replace(message, "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line));
  return [headlineOf(error), ...frames].join("\n");
}

function headlineOf(error: Error): string {
  if (error instanceof BaseError) return `${error.name}: ${error.shortMessage}`;
  if (error instanceof DrizzleQueryError) return error.cause === undefined ? "Failed query" : headlineOf(error.cause);
  const { name, message, code } = error as Error & { code?: string };
  return `${[name, code].filter(Boolean).join(" ")}: ${message}`;
}
