import { cloneElement, type ReactElement, useId } from "react";
import { type Sentence, useWords } from "../words/index.ts";

interface FieldProps {
  label: Sentence;
  /** Why what is entered cannot be taken. */
  wrong?: Sentence | undefined;
  hint?: Sentence | undefined;
  /** An input, select or textarea. */
  children: ReactElement<{ id?: string; "aria-invalid"?: boolean; "aria-describedby"?: string }>;
}

/** An input with its label, and under it what is wrong with it. */
export function Field({ label, wrong, hint, children }: FieldProps) {
  const [say, id] = [useWords(), useId()];
  const said = wrong ?? hint;
  const described = said === undefined ? {} : { "aria-describedby": `${id}-said` };
  return (
    <div className="field">
      <label htmlFor={id}>{say(label)}</label>
      {cloneElement(children, { id, ...described, ...(wrong === undefined ? {} : { "aria-invalid": true }) })}
      {said !== undefined && (
        <span id={`${id}-said`} className={wrong === undefined ? "soft" : "why"}>
          {say(said)}
        </span>
      )}
    </div>
  );
}
