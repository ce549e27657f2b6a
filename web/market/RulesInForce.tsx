import { unbroken, useWords } from "../words/index.ts";
import type { RuleSet } from "./marketDay.ts";
import { changesBetween, sentencesOfRules } from "./rulesInWords.ts";

/** The rules of the day as sentences, and what they changed. */
export function RulesInForce({ inForce, before }: { inForce: RuleSet; before: RuleSet | undefined }) {
  const say = useWords();
  const changes = before === undefined ? [] : changesBetween(before.rules, inForce.rules);
  return (
    <section className="card stack">
      <h2>
        {say({
          en: `Rules in force since ${unbroken(inForce.effectiveDate)}`,
          zh: `${unbroken(inForce.effectiveDate)} 起施行的规则`,
        })}
      </h2>
      <ul className="stack">
        {sentencesOfRules(inForce.rules).map(({ name, words }) => (
          <li key={name}>{say(words)}</li>
        ))}
      </ul>
      {before !== undefined && (
        <>
          <h3>
            {say({
              en: `What differs from the rules of ${unbroken(before.effectiveDate)}`,
              zh: `与 ${unbroken(before.effectiveDate)} 规则的差别`,
            })}
          </h3>
          {changes.length === 0 && <p>{say({ en: "Nothing that is listed here.", zh: "以上各项均无变化。" })}</p>}
          <ul className="stack">
            {changes.map((change) => (
              <li key={change.now.en}>
                <del>{say(change.before)}</del> <ins>{say(change.now)}</ins>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
