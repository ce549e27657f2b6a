import { type Curve, valueAt } from "../../types/curve.ts";
import { SLOTS } from "../../types/time.ts";

/**
 * Slots in which every order trades the same are paired alike, so one stands for all of them: orders are signed in bands,
 * and a day has far fewer different slots than 96. Returns the first of each kind, and for each slot which kind it is.
 */
export function distinctSlots(curves: readonly Curve[]): { first: number[]; kindOf: number[] } {
  const kinds = new Map<string, number>();
  const first: number[] = [];
  const kindOf = Array.from({ length: SLOTS }, (_, slot) => {
    const values = curves.map((curve) => valueAt(curve, slot)).join(" ");
    const kind = kinds.get(values) ?? kinds.size;
    if (kind === kinds.size) {
      kinds.set(values, kind);
      first.push(slot);
    }
    return kind;
  });
  return { first, kindOf };
}
