import type { OrderCost } from "../../../sdk/market/order.ts";
import type { Fen } from "../../../sdk/types/units.ts";
import { useChain } from "../../chain/index.ts";
import { Figure } from "../../design/Figure.tsx";
import { Send } from "../../wallets/index.ts";
import { useFormat, useWords, written } from "../../words/index.ts";

/** Whether the margin that is set aside is enough for an order, and what is missing, to be set aside here. */
export function MarginNote({ participant, cost }: { participant: number; cost: OrderCost }) {
  const say = useWords();
  const { yuan } = useFormat();
  const { data: margin } = useChain(["margin", participant], async ({ platform }) => {
    const { readMargin } = await import("../../../sdk/market/margin.ts");
    return readMargin(platform, participant);
  });
  if (margin === undefined) return null;
  const missing = missingOf(cost.lockedFen, margin.lockedFen);
  const missingTerms = missingOf(cost.termsFen, margin.termsFen);
  return (
    <>
      <p className="soft">
        {say({ en: "Margin you have set aside: ", zh: "已缴存交易保证金：" })}
        <Figure amount={yuan(margin.lockedFen)} />
        {say({ en: ". Your other open orders draw on it, too.", zh: "。您的其他未成交报单同样占用。" })}
      </p>
      {missing > 0n && (
        <Missing
          words={{
            en: `The order can cost ${written(yuan(missing))} more than your margin: the exchange takes it once that is locked.`,
            zh: `该报单最多比已缴存交易保证金多占用 ${written(yuan(missing))}：补足后交易中心方可受理。`,
          }}
          title={{ en: "Lock what is missing", zh: "补足交易保证金" }}
          call={async (platform) => (await import("../../../sdk/market/margin.ts")).lockMargin(platform, missing)}
        />
      )}
      {missingTerms > 0n && (
        <Missing
          words={{
            en: `The order buys ${written(yuan(missingTerms))} more on terms than you allow: the exchange takes it once you do.`,
            zh: `该报单账期购电超出已设额度 ${written(yuan(missingTerms))}：追加额度后交易中心方可受理。`,
          }}
          title={{ en: "Allow what is missing", zh: "追加额度" }}
          call={async (platform) =>
            (await import("../../../sdk/market/margin.ts")).allowOnTerms(platform, missingTerms)
          }
        />
      )}
    </>
  );
}

interface MissingProps extends Pick<Parameters<typeof Send>[0], "title" | "call"> {
  words: Parameters<typeof Send>[0]["title"];
}

function Missing({ words, title, call }: MissingProps) {
  const say = useWords();
  return (
    <div className="note warn stack no-print">
      <p>{say(words)}</p>
      <p>
        <Send isSmall title={title} call={call}>
          <p>{say(words)}</p>
        </Send>
      </p>
    </div>
  );
}

const missingOf = (needed: Fen, there: Fen): Fen => (needed > there ? needed - there : 0n);
