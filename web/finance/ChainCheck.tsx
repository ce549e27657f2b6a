import { useMutation } from "@tanstack/react-query";
import { reachChain } from "../chain/index.ts";
import { Failed, fromIndex, Mark, onChain } from "../design/index.ts";
import { useWords } from "../words/index.ts";
import type { ClaimDetail } from "./queries.ts";

/** Whence what is shown comes, and the way to compare it with the chain; where they differ, both are shown. */
export function ChainCheck({ claim, block }: { claim: ClaimDetail; block: number | undefined }) {
  const say = useWords();
  const check = useMutation({
    mutationFn: async () => {
      const [{ platform }, { checkClaim }] = await Promise.all([reachChain(), import("./checkClaim.ts")]);
      return checkClaim(platform, claim);
    },
  });
  const found = check.data;
  return (
    <div className="stack" aria-live="polite">
      <div className="row">
        {found === undefined ? (
          <Mark trust="indexed" words={fromIndex(block)} />
        ) : found.differences.length === 0 ? (
          <Mark trust="checked" words={onChain(found.block)} />
        ) : (
          <Mark
            trust="differs"
            words={{ en: `differs from the chain, block ${found.block}`, zh: `与链上不符，区块 ${found.block}` }}
          />
        )}
        <button type="button" className="button s no-print" disabled={check.isPending} onClick={() => check.mutate()}>
          {say({ en: "Check against the chain", zh: "与链上核对" })}
        </button>
      </div>
      {check.isError && <Failed error={check.error} />}
      {found !== undefined && found.differences.length > 0 && (
        <div className="note bad">
          <ul>
            {found.differences.map(({ words, indexed, chain }) => (
              <li key={words.en}>
                {say({
                  en: `${words.en}: the index says ${indexed}, the chain ${chain}`,
                  zh: `${words.zh}：索引为 ${indexed}，链上为 ${chain}`,
                })}
              </li>
            ))}
          </ul>
          <p>
            {say({
              en: "The chain's value counts. The index may be behind: check again in a moment, and report it to its operator if they still differ.",
              zh: "以链上为准。索引可能滞后：请稍后再核对；如仍不符，请告知其运营方。",
            })}
          </p>
        </div>
      )}
    </div>
  );
}
