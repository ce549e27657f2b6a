import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { type Sentence, useWords } from "../words/index.ts";

/** What something means: shown while the pointer or the keyboard is there, and gone with Escape. */
export function Hint({ of, children }: { of: Sentence; children: ReactNode }) {
  const [say, id] = [useWords(), useId()];
  const [isOpen, setOpen] = useState(false);
  const [open, close] = [() => setOpen(true), () => setOpen(false)];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same for the keyboard
    <span className="hint" onMouseEnter={open} onMouseLeave={close} onKeyDown={onKeyDown}>
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={open} onFocus={open} onBlur={close}>
        <span aria-hidden="true">?</span>
        <span className="hidden">
          {say({ en: "What it means:", zh: "含义：" })} {say(of)}
        </span>
      </button>
      <span id={id} className="card stack" hidden={!isOpen}>
        {children}
      </span>
    </span>
  );
}
