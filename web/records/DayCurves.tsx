import { formatDecimal } from "../../sdk/types/decimal.ts";
import { SlotChart } from "../design/index.ts";
import { useFormat } from "../words/index.ts";

interface DayCurvesProps {
  /** Wh a slot. */
  contracted: readonly number[];
  /** Null while nothing is metered: not metered is not zero. */
  delivered: readonly number[] | null;
  /** Fen per MWh. */
  price?: readonly number[] | undefined;
}

/** Contracted as a line of steps, delivered as bars, and nothing where nothing is metered yet. */
export function DayCurves({ contracted, delivered, price }: DayCurvesProps) {
  const { kwh, yuanPerMwh } = useFormat();
  const unit = yuanPerMwh(0).unit;
  const plainKwh = (wh: number) => kwh(BigInt(Math.round(wh))).number;
  const panels = [
    ...(price === undefined
      ? []
      : [
          {
            title: { en: `Price, ${unit}`, zh: `价格（${unit}）` },
            series: [
              {
                label: { en: "Price", zh: "价格" },
                kind: "step" as const,
                color: "sell" as const,
                values: price.map((value, slot) => ((contracted[slot] ?? 0) > 0 ? value : null)),
              },
            ],
            format: (value: number) => yuanPerMwh(Math.round(value)).number,
            tick: (value: number) => formatDecimal(BigInt(Math.round(value)), 2, 0),
          },
        ]),
    {
      title: { en: "Energy, kWh", zh: "电量（kWh）" },
      series: [
        ...(delivered === null
          ? []
          : [
              {
                label: { en: "Delivered", zh: "已交付" },
                kind: "bar" as const,
                color: "energy" as const,
                values: delivered,
              },
            ]),
        { label: { en: "Contracted", zh: "合约" }, kind: "step" as const, color: "plain" as const, values: contracted },
      ],
      format: plainKwh,
      tick: plainKwh,
    },
  ];
  return (
    <SlotChart
      label={{ en: "Contracted and delivered, 96 quarter-hours", zh: "96 个时段的合约与交付" }}
      panels={panels}
    />
  );
}
