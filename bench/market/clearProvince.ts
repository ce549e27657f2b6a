import { clearDay } from "../../sdk/clearing/clearDay.ts";
import { dayStream } from "../../test/operator/utils/stream/day.ts";
import type { Figure } from "./figure.ts";
import { exponentOf, fastest } from "./measure.ts";

const ZONES = 21;
const TERMS = { rule: "middle", floor: 0, cap: 60_000 } as const;
const ORDERS_PER_SIDE = [39, 156, 624];

/** A day of a province: every zone, 96 slots each, about two million times that an order stands in a slot. */
export const clearProvince: Figure = {
  name: "clearProvinceDaySeconds",
  measure: () => {
    const growth = ORDERS_PER_SIDE.map((orders) => {
      const zones = Array.from({ length: ZONES }, (_, zone) => dayStream(zone + 1, orders, orders));
      const inSlots = ({ energy }: { energy: readonly number[] }) => energy.filter((wh) => wh > 0).length;
      const size = zones.flat().reduce((sum, order) => sum + inSlots(order), 0);
      const seconds = fastest(2, () => zones.map((zone) => clearDay(zone, TERMS)));
      return { size, seconds };
    });
    const { size, seconds } = growth.at(-1)!;
    const peakMemoryMB = process.resourceUsage().maxRSS / 1024;
    return { value: seconds, beside: { orderSlots: size, peakMemoryMB }, growth, exponent: exponentOf(growth) };
  },
};
