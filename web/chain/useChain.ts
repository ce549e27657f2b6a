import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Reached } from "./platform.ts";

/** The chain layer, loaded when it is used for the first time. */
export const reachChain = async (): Promise<Reached> => (await import("./platform.ts")).reach();

/**
 * Reads something of the chain; again when something happened on it.
 * @param read loads what it needs of the sdk itself, lazily
 */
export function useChain<Answer>(
  key: readonly unknown[],
  read: (reached: Reached) => Promise<Answer>,
  { enabled = true }: { enabled?: boolean } = {},
): UseQueryResult<Answer> {
  return useQuery({ queryKey: ["chain", ...key], queryFn: async () => read(await reachChain()), enabled });
}
