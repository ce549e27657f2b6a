import { Link } from "@tanstack/react-router";
import { type Sentence, time, useWords } from "../words/index.ts";
import { LIFE_WORDS, type Lived } from "./lifeLine.ts";
import "./records.css";

/** How far something has come, step by step: a sign and a word each, and only what happened is marked. */
export function LifeLine({ label, steps }: { label: Sentence; steps: readonly Lived[] }) {
  const say = useWords();
  const current = steps.findLast(({ isReached }) => isReached)?.step;
  return (
    <ol className="life" aria-label={say(label)}>
      {steps.map(({ step, isReached, at, tx }) => (
        <li key={step} data-reached={isReached} aria-current={step === current ? "step" : undefined}>
          <span>
            <span aria-hidden="true">{isReached ? LIFE_WORDS[step].sign : "·"}</span> {say(LIFE_WORDS[step].words)}
            {!isReached && <span className="hidden">{say({ en: " (not yet)", zh: "（尚未）" })}</span>}
          </span>
          {at !== undefined && <small className="unbroken">{time(BigInt(at))}</small>}
          {tx !== undefined && <Transaction hash={tx} />}
        </li>
      ))}
    </ol>
  );
}

/** A transaction by the beginning and the end of its hash. */
export function Transaction({ hash }: { hash: string }) {
  return (
    <Link to="/tx/$hash" params={{ hash }} className="mono unbroken">
      {`${hash.slice(0, 8)}…${hash.slice(-4)}`}
    </Link>
  );
}
