import { Link } from "@tanstack/react-router";
import type { Hex } from "viem";
import { bandsToCurves } from "../../../sdk/market/band.ts";
import type { Order } from "../../../sdk/market/order.ts";
import { formatDecimal } from "../../../sdk/types/decimal.ts";
import { formatDay } from "../../../sdk/types/time.ts";
import { Failed, Figure, Loading, Titled } from "../../design/index.ts";
import { SlotChart } from "../../design/SlotChart.tsx";
import { useOperator } from "../../operator/index.ts";
import {
  kwh,
  type Sentence,
  unbroken,
  useFormat,
  useLanguage,
  useWords,
  written,
  yuanPerMwh,
} from "../../words/index.ts";
import { keptOrder, orderFrom } from "./journal.ts";
import { OrderProgress } from "./OrderProgress.tsx";
import { wordsOfSide } from "./preview.ts";
import type { OperatorOrder } from "./stage.ts";
import { useSigning } from "./useSigning.ts";

const TITLE: Sentence = { en: "Order", zh: "报单" };

/** One order: as it was signed here, or as the power exchange keeps it where it was signed elsewhere. */
export function OrderView({ hash }: { hash: Hex }) {
  const say = useWords();
  const kept = keptOrder(localStorage, hash);
  const { data: answer, error, refetch } = useOperator<OperatorOrder>(`/orders/${hash}`);
  const signing = useSigning(kept);
  const order = kept?.order ?? (answer && orderFrom(answer));
  if (order === undefined)
    return <Titled title={TITLE}>{error === null ? <Loading /> : <Failed error={error} retry={refetch} />}</Titled>;
  const entry = signing.entry ?? { hash, order, signature: "0x" };
  return (
    <Titled title={TITLE}>
      <section className="card stack">
        {kept === undefined && (
          <p className="note">
            {say({
              en: "This order was not signed in this browser: what stands here is what the power exchange says of it.",
              zh: "此报单并非在本浏览器签署：以下内容来自电力交易中心。",
            })}
          </p>
        )}
        <OrderProgress entry={entry} signing={signing} />
        {signing.refusal !== undefined && <Failed error={signing.refusal} />}
      </section>
      <Terms order={order} />
    </Titled>
  );
}

function Terms({ order }: { order: Order }) {
  const [say, format, language] = [useWords(), useFormat(), useLanguage()];
  const { energy, price } = bandsToCurves(order.bands);
  return (
    <section className="card stack">
      <dl className="sum">
        <dt>{say({ en: "Day, side", zh: "交割日、方向" })}</dt>
        <dd>
          {unbroken(formatDay(order.day))}, {say(wordsOfSide(order.side))}
        </dd>
        <dt>{say({ en: "Meter", zh: "计量点" })}</dt>
        <dd>
          <Link to="/day/$meter/$date" params={{ meter: String(order.meter), date: formatDay(order.day) }}>
            {String(order.meter)}
          </Link>
        </dd>
        <dt>{say({ en: "Energy", zh: "电量" })}</dt>
        <dd>
          <Figure amount={format.mwh(order.totalEnergyWh)} />
        </dd>
        <dt>{say({ en: "At its limit prices", zh: "按限价计" })}</dt>
        <dd>
          <Figure amount={format.yuan(order.totalAmountFen)} />
        </dd>
        <dt>
          {order.side === "sell"
            ? say({ en: "Bond, at most", zh: "履约保证金上限" })
            : say({ en: "You pay at most", zh: "最多支付" })}
        </dt>
        <dd>
          <Figure amount={format.yuan(order.maxFen)} />
        </dd>
      </dl>
      <SlotChart
        label={{ en: "Limit price and energy of the order", zh: "报单的限价与电量" }}
        panels={[
          {
            title: { en: "Limit price, CNY/MWh", zh: "限价（元/MWh）" },
            series: [
              {
                label: { en: "Limit price", zh: "限价" },
                kind: "step",
                color: order.side,
                values: price.map((value, slot) => (energy[slot] === 0 ? null : value)),
              },
            ],
            format: (value) => written(yuanPerMwh(language, value)),
            tick: (value) => formatDecimal(BigInt(Math.round(value)), 2, 0),
          },
          {
            title: { en: "Energy, kWh a slot", zh: "电量（kWh/时段）" },
            series: [{ label: { en: "Energy", zh: "电量" }, kind: "bar", color: "energy", values: energy }],
            format: (wh) => written(kwh(language, BigInt(wh))),
            tick: (wh) => formatDecimal(BigInt(Math.round(wh)), 3, 0),
          },
        ]}
      />
    </section>
  );
}
