import { useMutation } from "@tanstack/react-query";
import type { Evidence as Proof } from "../../sdk/records/evidence.ts";
import { evidenceFile, evidenceName } from "../../sdk/records/evidenceFile.ts";
import { reachChain } from "../chain/index.ts";
import { Failed, Loading, Mark, onChain, save } from "../design/index.ts";
import { useFormat, useWords } from "../words/index.ts";

/** Everything that proves a trade, out of the node alone, when somebody asks for it: what is recomputed, and a bundle to keep. */
export function Evidence({ id }: { id: string }) {
  const say = useWords();
  const proving = useMutation({
    mutationFn: async () => {
      const [{ platform }, { evidence }] = await Promise.all([reachChain(), import("../../sdk/records/evidence.ts")]);
      return evidence(platform, BigInt(id));
    },
  });
  return (
    <section className="card stack">
      <h2>{say({ en: "Evidence", zh: "举证" })}</h2>
      <p>
        {say({
          en: "Asks the node alone, not the index: what was signed, every curve and reading, and each hash and amount recomputed and compared with the chain.",
          zh: "只询问节点，不依赖索引：取得签名、全部曲线与读数，重算每个哈希与金额并与链上比对。",
        })}
      </p>
      {proving.isError && <Failed error={proving.error} />}
      {proving.isPending && <Loading what={{ en: "Recomputing …", zh: "正在重算……" }} />}
      {proving.data !== undefined && <Checks proof={proving.data} />}
      <div className="row no-print">
        <button type="button" className="button" disabled={proving.isPending} onClick={() => proving.mutate()}>
          {proving.data === undefined
            ? say({ en: "Prove it from the chain", zh: "由链上举证" })
            : say({ en: "Prove it again", zh: "重新举证" })}
        </button>
        {proving.data !== undefined && (
          <button type="button" className="button" onClick={() => save(evidenceFile(proving.data), evidenceName(id))}>
            {say({ en: "Download the bundle", zh: "下载证据包" })}
          </button>
        )}
      </div>
    </section>
  );
}

function Checks({ proof: { checks, holds, asOf } }: { proof: Proof }) {
  const say = useWords();
  const { count } = useFormat();
  return (
    <>
      <p>
        {holds ? (
          <Mark trust="checked" words={onChain(BigInt(asOf.block))} />
        ) : (
          <Mark trust="differs" words={{ en: "does not hold", zh: "不成立" }} />
        )}{" "}
        {say({ en: `${count(checks.length)} checks.`, zh: `共 ${count(checks.length)} 项核对。` })}
      </p>
      <ul className="stack">
        {checks.map(({ what, words, holds: isGood, onChain: kept, recomputed }) => (
          <li key={what} className={isGood ? undefined : "note bad"}>
            <Mark
              trust={isGood ? "checked" : "differs"}
              words={isGood ? { en: "agrees", zh: "相符" } : { en: "differs", zh: "不符" }}
            />{" "}
            {isGood
              ? say({
                  en: `The ${words.en} is on the chain as it is recomputed: `,
                  zh: `${words.zh}与重算结果一致：`,
                })
              : say({
                  en: `The ${words.en} comes to ${recomputed}, but the chain has `,
                  zh: `${words.zh}重算为 ${recomputed}，而链上为 `,
                })}
            <code>{kept}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
