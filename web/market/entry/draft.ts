import { curve } from "../../../sdk/types/curve.ts";
import { type Day, formatDay } from "../../../sdk/types/time.ts";
import type { DayCurves, EnergyUnit } from "./entryState.ts";

/** A day that was begun, and the nonce its order will have: kept in the browser until it is signed. */
export interface Draft {
  day: DayCurves;
  unit: EnergyUnit;
  total: string;
  nonce: number;
}

/** What browsers keep texts in. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const keyOf = (meter: bigint, day: Day) => `draft ${meter} ${formatDay(day)}`;

/** What was entered of a day and not signed; undefined if nothing was, or if what is there cannot be read. */
export function readDraft(shelf: Shelf, meter: bigint, day: Day): Draft | undefined {
  const text = shelf.getItem(keyOf(meter, day));
  if (text === null) return undefined;
  try {
    const draft = JSON.parse(text) as Draft;
    return { ...draft, day: { energy: curve(draft.day.energy), price: curve(draft.day.price) } };
  } catch {
    return undefined;
  }
}

export function keepDraft(shelf: Shelf, meter: bigint, day: Day, draft: Draft): void {
  shelf.setItem(keyOf(meter, day), JSON.stringify(draft));
}

export function dropDraft(shelf: Shelf, meter: bigint, day: Day): void {
  shelf.removeItem(keyOf(meter, day));
}
