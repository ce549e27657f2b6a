import type { Platform } from "../../sdk/chain/client.ts";
import { useChain } from "../chain/index.ts";
import type { Comparison } from "./compare.ts";

interface ComparisonOptions {
  /** As of which block the index speaks. */
  indexBlock: number | undefined;
  enabled?: boolean;
}

/** What a comparison is of, whatever is said of it: the words and numbers of its key. */
const subjectOf = (key: readonly unknown[]) => key.filter((part) => typeof part !== "object").join(" ");

/**
 * Compares what the index says with the chain as it stands. Where they differ because the index is some blocks behind, it agrees
 * with the chain as it stood at the index's block, and that block is said; what else is read stays as of now. While something
 * newer is said of the same subject, what was read last stays, so that nobody loses what they are doing; it is no longer a check.
 * @param key what it is of in words and numbers, and then what is said of it
 */
export function useComparison<Found extends Comparison>(
  key: readonly unknown[],
  check: (platform: Platform) => Promise<Found>,
  { indexBlock, enabled = true }: ComparisonOptions,
) {
  return useChain(
    [subjectOf(key), ...key, indexBlock],
    async ({ platform }) => {
      const now = await check(platform);
      if (now.differences.length === 0 || indexBlock === undefined || BigInt(indexBlock) >= now.block) return now;
      const { platformAt } = await import("../chain/platformAt.ts");
      const then = await check(platformAt(platform, BigInt(indexBlock))).catch(() => undefined);
      return then?.differences.length === 0 ? { ...now, block: then.block, differences: [] } : now;
    },
    { enabled, keep: ([, before]) => before === subjectOf(key) },
  );
}
