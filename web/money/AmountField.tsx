import { Field } from "../design/index.ts";
import { type Sentence, useFormat } from "../words/index.ts";
import type { TypedAmount } from "./useAmount.ts";

/** Takes an amount of money; what cannot be taken says why under it. */
export function AmountField({ label, amount, hint }: { label: Sentence; amount: TypedAmount; hint?: Sentence }) {
  const { unit } = useFormat().yuan(0n);
  return (
    <Field label={{ en: `${label.en}, ${unit}`, zh: `${label.zh}（${unit}）` }} wrong={amount.wrong} hint={hint}>
      <input
        inputMode="decimal"
        autoComplete="off"
        value={amount.text}
        onChange={({ target }) => amount.type(target.value)}
      />
    </Field>
  );
}
