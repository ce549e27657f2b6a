import { type FormEvent, useState } from "react";
import { slotsLabel } from "../../../sdk/types/time.ts";
import { useWords } from "../../words/index.ts";
import { type Selection, stretchOf } from "./entryState.ts";
import type { Writing } from "./slotValue.ts";

const TIMES = Array.from({ length: 97 }, (_, slot) => slot);

/** "09:00–18:00 [500] kWh, apply": what a phone has instead of a keyboard that types into cells. */
export function InputBar({
  selection,
  writing,
  onSelect,
  onType,
}: {
  selection: Selection;
  writing: Writing;
  onSelect(selection: Selection): void;
  onType(text: string): boolean;
}) {
  const words = useWords();
  const [text, setText] = useState("");
  const { from, to } = stretchOf(selection);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (onType(text)) setText("");
  };
  const unit = words(writing.name);
  return (
    <form className="input-bar no-print" onSubmit={apply} aria-label={words({ en: "Chosen slots", zh: "所选时段" })}>
      <TimeSelect
        label={words({ en: "From", zh: "自" })}
        value={from}
        times={TIMES.slice(0, 96)}
        onChange={(slot) => onSelect({ anchor: slot, head: Math.max(slot, to - 1) })}
      />
      <span aria-hidden="true">–</span>
      <TimeSelect
        label={words({ en: "Until", zh: "至" })}
        value={to}
        times={TIMES.slice(from + 1)}
        onChange={(slot) => onSelect({ anchor: from, head: slot - 1 })}
      />
      <input
        inputMode="decimal"
        value={text}
        aria-label={words({ en: `${unit} in each slot`, zh: `每时段 ${unit}` })}
        onChange={(event) => setText(event.target.value)}
      />
      <span className="unbroken">{unit}</span>
      <button type="submit" className="button">
        {words({ en: "Apply", zh: "应用" })}
      </button>
    </form>
  );
}

function TimeSelect({
  label,
  value,
  times,
  onChange,
}: {
  label: string;
  value: number;
  times: readonly number[];
  onChange(slot: number): void;
}) {
  return (
    <select aria-label={label} value={value} onChange={(event) => onChange(times[event.target.selectedIndex]!)}>
      {times.map((slot) => (
        <option key={slot} value={slot}>
          {slot === 0 ? "00:00" : slotsLabel(slot - 1, slot).slice(6)}
        </option>
      ))}
    </select>
  );
}
