import type { Band } from "../../../sdk/market/band.ts";
import { slotsLabel } from "../../../sdk/types/time.ts";
import { type Column, Table } from "../../design/index.ts";
import { useFormat } from "../../words/index.ts";

/** The rows that are signed: stretches of equal energy and price. */
export function BandsTable({ bands }: { bands: readonly Band[] }) {
  const { kwh, yuanPerMwh } = useFormat();
  const unit = yuanPerMwh(0).unit;
  const columns: Column<Band>[] = [
    { title: { en: "Stretch", zh: "时段" }, cell: ({ fromSlot, toSlot }) => slotsLabel(fromSlot, toSlot) },
    {
      title: { en: "Energy a quarter-hour, kWh", zh: "每时段电量（kWh）" },
      kind: "num",
      cell: ({ energyWh }) => kwh(BigInt(energyWh), 3).number,
    },
    {
      title: { en: `Price, ${unit}`, zh: `价格（${unit}）` },
      kind: "num",
      cell: ({ price }) => yuanPerMwh(price).number,
    },
  ];
  return (
    <Table
      label={{ en: "What is signed, row by row", zh: "签署内容（分段）" }}
      columns={columns}
      rows={bands}
      keyOf={({ fromSlot }) => fromSlot}
    />
  );
}
