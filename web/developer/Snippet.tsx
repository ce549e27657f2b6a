import { Copy } from "../design/index.ts";
import { type Sentence, useWords } from "../words/index.ts";

/** A piece of code to take along. */
export function Snippet({ title, code }: { title: Sentence; code: string }) {
  const say = useWords();
  return (
    <div className="stack">
      <div className="row between">
        <h3>{say(title)}</h3>
        <Copy text={code} what={title} />
      </div>
      <Code label={title} text={code} />
    </div>
  );
}

/** Text of a program, whose lines do not break. */
export function Code({ label, text }: { label: Sentence; text: string }) {
  const say = useWords();
  return (
    // What may scroll sideways is reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="wide" aria-label={say(label)} tabIndex={0}>
      <pre className="code">{text}</pre>
    </section>
  );
}
