import "./stage-line.css";
import { unbroken, useWords } from "../words/index.ts";
import type { Step } from "./step.ts";

const SIGNS: Record<Step["state"], string> = { done: "●", now: "◉", ahead: "○", bad: "▲" };

/** What happened to something and what comes, in order; a sign and a word each, never a colour alone. */
export function StageLine({ steps }: { steps: readonly Step[] }) {
  const say = useWords();
  return (
    <ol className="stage-line" aria-label={say({ en: "Life line", zh: "生命线" })}>
      {steps.map(({ words, date, state }) => (
        <li key={words.en} className={state} aria-current={state === "now" || state === "bad" ? "step" : undefined}>
          <span aria-hidden="true" className="sign">
            {SIGNS[state]}
          </span>
          <span>{say(words)}</span>
          {state === "ahead" && <span className="hidden">{say({ en: " (ahead)", zh: "（尚未发生）" })}</span>}
          <span className="soft unbroken">{date === undefined ? "" : unbroken(date)}</span>
        </li>
      ))}
    </ol>
  );
}
