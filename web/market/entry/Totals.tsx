import { Figure } from "../../design/Figure.tsx";
import { useFormat, useWords } from "../../words/index.ts";
import type { EntryTotals } from "./totals.ts";

/** What the day comes to, at once with every change. */
export function Totals({ totals }: { totals: EntryTotals | undefined }) {
  const [say, format] = [useWords(), useFormat()];
  if (totals === undefined)
    return (
      <p className="soft">
        {say({
          en: "Nothing is entered yet: take a template, paste a day, or type into the sheet.",
          zh: "尚未填写：请选用模板、粘贴一天的数据或直接在表格中输入。",
        })}
      </p>
    );
  const { order, amountFen, averagePrice, networkFen, cost } = totals;
  const isSale = order.side === "sell";
  return (
    <dl className="sum">
      <dt>{say({ en: "Energy", zh: "电量" })}</dt>
      <dd className="big">
        <Figure amount={format.mwh(order.totalEnergyWh)} />
      </dd>
      <dt>{say({ en: "Average limit price", zh: "平均限价" })}</dt>
      <dd>
        <Figure amount={format.yuanPerMwh(averagePrice)} />
      </dd>
      <dt>
        {isSale ? say({ en: "You get at least", zh: "至少收入" }) : say({ en: "Energy, at most", zh: "电费上限" })}
      </dt>
      <dd className="big">
        <Figure amount={format.yuan(amountFen)} />
      </dd>
      {!isSale && (
        <>
          <dt>{say({ en: "Network charge", zh: "过网费" })}</dt>
          <dd>
            <Figure amount={format.yuan(networkFen)} />
          </dd>
        </>
      )}
      <dt>
        {isSale ? say({ en: "Bond, at most", zh: "履约保证金上限" }) : say({ en: "You pay at most", zh: "最多支付" })}
      </dt>
      <dd className={isSale ? "" : "big"}>
        <Figure amount={format.yuan(order.maxFen)} />
      </dd>
      <dt>{say({ en: "Drawn of your margin, at most", zh: "最多动用交易保证金" })}</dt>
      <dd>
        <Figure amount={format.yuan(cost.lockedFen)} />
      </dd>
      {cost.termsFen > 0n && (
        <>
          <dt>{say({ en: "Bought on terms, at most", zh: "账期购电上限" })}</dt>
          <dd>
            <Figure amount={format.yuan(cost.termsFen)} />
          </dd>
        </>
      )}
    </dl>
  );
}
