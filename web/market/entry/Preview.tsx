import { useEffect, useState } from "react";
import type { Hex } from "viem";
import { bandLabel } from "../../../sdk/market/band.ts";
import type { Order } from "../../../sdk/market/order.ts";
import { useFormat, useWords } from "../../words/index.ts";
import { previewOf } from "./preview.ts";
import type { EntryTotals } from "./totals.ts";

/** What is about to be signed: a sentence, the bands, and the digest that the wallet shows, too. */
export function Preview({ totals, digest }: { totals: EntryTotals; digest(order: Order): Promise<Hex> }) {
  const [say, format] = [useWords(), useFormat()];
  const { order } = totals;
  const { bands } = order;
  return (
    <>
      <p className="note">{say(previewOf(totals))}</p>
      <details>
        <summary>
          {say({ en: bands.length === 1 ? "1 band" : `${bands.length} bands`, zh: `${bands.length} 个分段` })}
        </summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say({ en: "Hours", zh: "时段" })}</th>
              <th scope="col" className="num">
                {say({ en: "kWh a slot", zh: "kWh/时段" })}
              </th>
              <th scope="col" className="num">
                {say({ en: "CNY/MWh", zh: "元/MWh" })}
              </th>
            </tr>
          </thead>
          <tbody>
            {bands.map((band) => (
              <tr key={band.fromSlot}>
                <th scope="row">{bandLabel(band)}</th>
                <td className="num">{format.kwh(BigInt(band.energyWh), 3).number}</td>
                <td className="num">{format.yuanPerMwh(band.price).number}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <Digest order={order} digest={digest} />
    </>
  );
}

function Digest({ order, digest }: { order: Order; digest(order: Order): Promise<Hex> }) {
  const say = useWords();
  const [shown, setShown] = useState<{ of: Order; hex: Hex }>();
  useEffect(() => {
    let isCurrent = true;
    digest(order).then(
      (hex) => isCurrent && setShown({ of: order, hex }),
      () => isCurrent && setShown(undefined),
    );
    return () => {
      isCurrent = false;
    };
  }, [order, digest]);
  return (
    <p className="soft">
      {say({ en: "Digest, to compare with the wallet: ", zh: "摘要（请与钱包显示核对）：" })}
      <code>{shown?.of === order ? shown.hex : "…"}</code>
    </p>
  );
}
