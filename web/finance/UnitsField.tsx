import { Field } from "../design/index.ts";
import { type Sentence, useFormat, written } from "../words/index.ts";
import { readUnits } from "./typed.ts";

interface UnitsFieldProps {
  label: Sentence;
  text: string;
  setText: (text: string) => void;
  free: bigint;
}

/** An amount of face value, at most what is free. */
export function UnitsField({ label, text, setText, free }: UnitsFieldProps) {
  const { yuan } = useFormat();
  const most = written(yuan(free));
  return (
    <Field label={label} wrong={readUnits(text, free).wrong} hint={{ en: `At most ${most}.`, zh: `不超过 ${most}。` }}>
      <input inputMode="decimal" value={text} onChange={({ target }) => setText(target.value)} />
    </Field>
  );
}
