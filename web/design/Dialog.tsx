import { type ReactNode, useEffect, useId, useRef } from "react";
import { type Sentence, useWords } from "../words/index.ts";

/** A question over the page, which keeps the focus until it is answered or closed. */
export function Dialog({ title, close, children }: { title: Sentence; close: () => void; children: ReactNode }) {
  const [say, id] = [useWords(), useId()];
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={box} aria-labelledby={id} onCancel={close} className="stack">
      <div className="row between">
        <h2 id={id}>{say(title)}</h2>
        <button type="button" className="button s" onClick={close}>
          {say({ en: "Close", zh: "关闭" })}
        </button>
      </div>
      {children}
    </dialog>
  );
}
