import type { Amount } from "../words/index.ts";

/** A number with its unit; a line never ends between them. */
export function Figure({ amount: { number, unit } }: { amount: Amount }) {
  return (
    <span className="figure">
      {number}
      {unit !== "" && <span className="unit">{`\u00a0${unit}`}</span>}
    </span>
  );
}
