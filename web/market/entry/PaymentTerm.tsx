import { Field } from "../../design/Field.tsx";
import { useWords } from "../../words/index.ts";

/** Days from settlement until a trade is paid, of which the rules of the market allow some. */
const TERMS = [0, 30, 60, 90] as const;

interface PaymentTermProps {
  days: number;
  maxPaymentDays: number;
  choose(days: number): void;
}

/** When a trade is paid. */
export function PaymentTerm({ days, maxPaymentDays, choose }: PaymentTermProps) {
  const say = useWords();
  return (
    <Field label={{ en: "Payment", zh: "付款" }}>
      <select value={days} onChange={({ target }) => choose(TERMS[target.selectedIndex]!)}>
        {TERMS.filter((term) => term <= maxPaymentDays).map((term) => (
          <option key={term} value={term}>
            {term === 0
              ? say({ en: "at settlement", zh: "结算时付款" })
              : say({ en: `${term} days later`, zh: `${term} 天后` })}
          </option>
        ))}
      </select>
    </Field>
  );
}
