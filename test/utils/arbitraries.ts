import fc from "fast-check";
import type { Band } from "../../sdk/index.ts";

export const LANE_MAX = 2 ** 31 - 1;

/** A value of a lane, often at its edges, often small, so that equal neighbours and empty slots occur. */
export const laneValue = fc.oneof(
  fc.constant(0),
  fc.constant(LANE_MAX),
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: LANE_MAX }),
);

export const anyCurve = fc.array(laneValue, { minLength: 96, maxLength: 96 });

/** A day of a real size: up to 20 MW in a slot, prices up to 2,000 元/MWh. */
export const plausibleEnergy = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 96, maxLength: 96 });
export const plausiblePrice = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 96, maxLength: 96 });

/** Valid bands: ascending edges, every second stretch may be left empty. */
export const anyBands: fc.Arbitrary<Band[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 20 })
  .chain((edges) => {
    const sorted = [...edges].sort((a, b) => a - b);
    const stretches = sorted.slice(1).map((toSlot, index) => ({ fromSlot: sorted[index] ?? 0, toSlot }));
    return fc.tuple(
      ...stretches.map((stretch) =>
        fc
          .record({ energyWh: fc.integer({ min: 1, max: LANE_MAX }), price: laneValue, used: fc.boolean() })
          .map(({ energyWh, price, used }) => (used ? [{ ...stretch, energyWh, price }] : [])),
      ),
    );
  })
  .map((rows) => rows.flat());
