import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Reached } from "./platform.ts";

/** The chain layer, loaded when it is used for the first time. */
export const reachChain = async (): Promise<Reached> => (await import("./platform.ts")).reach();

interface ChainOptions {
  enabled?: boolean;
  /** Whether the answer to an earlier key stands in until there is one to this. */
  keep?: (key: readonly unknown[]) => boolean;
}

/**
 * Reads something of the chain; again when something happened on it.
 * @param read loads what it needs of the sdk itself, lazily
 */
export function useChain<Answer>(
  key: readonly unknown[],
  read: (reached: Reached) => Promise<Answer>,
  { enabled = true, keep }: ChainOptions = {},
): UseQueryResult<Answer> {
  return useQuery({
    queryKey: ["chain", ...key],
    queryFn: async () => read(await reachChain()),
    enabled,
    placeholderData: (before, query) => (keep?.(query?.queryKey ?? []) === true ? before : undefined),
  });
}
