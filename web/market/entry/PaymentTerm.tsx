import { Choice } from "../../design/Choice.tsx";
import type { Sentence } from "../../words/index.ts";

/** Days from settlement until a trade is paid, of which the rules of the market allow some. */
const TERMS = [0, 30, 60, 90] as const;

interface PaymentTermProps {
  days: number;
  maxPaymentDays: number;
  choose(days: number): void;
}

/** When a trade is paid. */
export function PaymentTerm({ days, maxPaymentDays, choose }: PaymentTermProps) {
  const options = TERMS.filter((term) => term <= maxPaymentDays).map((term) => [term, wordsOf(term)] as const);
  return <Choice<number> label={{ en: "Payment", zh: "付款" }} options={options} value={days} choose={choose} />;
}

const wordsOf = (term: number): Sentence =>
  term === 0 ? { en: "at settlement", zh: "结算时付款" } : { en: `${term} days later`, zh: `${term} 天后` };
