import { type Amount, type Sentence, useWords } from "../words/index.ts";
import { Figure } from "./Figure.tsx";

export type TitledAmount = readonly [title: Sentence, amount: Amount | undefined];

/** Key figures side by side; what is not known yet is a dash and not a zero. */
export function Amounts({ label, figures }: { label: Sentence; figures: readonly TitledAmount[] }) {
  const say = useWords();
  return (
    <section className="card" aria-label={say(label)}>
      <dl className="figures">
        {figures.map(([title, amount]) => (
          <div key={title.en}>
            <dt>{say(title)}</dt>
            <dd>{amount === undefined ? "—" : <Figure amount={amount} />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
