import { type KeyboardEvent, type ReactNode, useId } from "react";
import { type Sentence, useWords } from "../words/index.ts";

interface TabsProps<Name extends string> {
  label: Sentence;
  tabs: readonly { name: Name; title: Sentence }[];
  chosen: Name;
  choose: (name: Name) => void;
  children: ReactNode;
}

/** One of several views; arrows go from tab to tab. */
export function Tabs<Name extends string>({ label, tabs, chosen, choose, children }: TabsProps<Name>) {
  const [say, id] = [useWords(), useId()];
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ name }) => name === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length]!;
    choose(next.name);
    event.currentTarget.querySelector<HTMLElement>(`[data-name="${next.name}"]`)?.focus();
    event.preventDefault();
  };
  return (
    <div className="stack">
      <div className="tabs" role="tablist" aria-label={say(label)} onKeyDown={move}>
        {tabs.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            data-name={name}
            aria-selected={name === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => choose(name)}
          >
            {say(title)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} className="stack">
        {children}
      </div>
    </div>
  );
}
