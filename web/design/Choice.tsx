import { type Sentence, useWords } from "../words/index.ts";
import { Field } from "./Field.tsx";

interface ChoiceProps<Value> {
  label: Sentence;
  /** Each with its words. */
  options: readonly (readonly [value: Value, words: Sentence])[];
  value: Value;
  choose: (value: Value) => void;
}

/** One of a few. */
export function Choice<Value extends string | number>({ label, options, value, choose }: ChoiceProps<Value>) {
  const say = useWords();
  return (
    <Field label={label}>
      <select value={value} onChange={({ target }) => choose(options[target.selectedIndex]![0])}>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {say(words)}
          </option>
        ))}
      </select>
    </Field>
  );
}
