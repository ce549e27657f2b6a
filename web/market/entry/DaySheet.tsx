import { type KeyboardEvent, useEffect } from "react";
import { Field } from "../../design/Field.tsx";
import { type Sentence, useWords } from "../../words/index.ts";
import { DayChart } from "./DayChart.tsx";
import { type DayCurves, stretchOf } from "./entryState.ts";
import { InputBar } from "./InputBar.tsx";
import type { MeterRules } from "./readRules.ts";
import { Sheet } from "./Sheet.tsx";
import { columnText, decimalsOf, shownValue } from "./slotValue.ts";
import { TEMPLATES } from "./templates.ts";
import type { Entering } from "./useEntry.ts";
import "./entry.css";

interface DaySheetProps {
  entering: Entering;
  rules: MeterRules;
  priceLabel: Sentence;
  /** Why a slot cannot stay as it is. */
  wrong?(slot: number): Sentence | undefined;
  /** The same weekday, a week before. */
  lastWeek?: DayCurves | undefined;
  /** What Ctrl+Enter does. */
  sign(): void;
}

/** A day's energy and prices as they are entered: by template, by drawing, by typing, by pasting. */
export function DaySheet({ entering, rules, priceLabel, wrong, lastWeek, sign }: DaySheetProps) {
  const say = useWords();
  const { state, act, writing, said } = entering;
  const { selection, layer } = state;
  const values = state.day[layer];
  const decimals = decimalsOf(values, writing);
  useShortcuts({ sign, paste: (text) => entering.paste(text, false) });
  const onFieldKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) entering.take(TEMPLATES[0]!);
  };
  return (
    <div className="stack">
      <section className="card stack no-print" aria-label={say({ en: "Templates", zh: "模板" })}>
        <div className="row entry-start">
          <Field label={{ en: "Day's energy, kWh", zh: "全天电量（kWh）" }}>
            <input
              // biome-ignore lint/a11y/noAutofocus: entering a day begins here, or with a paste
              autoFocus
              inputMode="decimal"
              value={entering.total}
              onChange={(event) => entering.setTotal(event.target.value)}
              onKeyDown={onFieldKey}
            />
          </Field>
          <Field label={priceLabel}>
            <input
              inputMode="decimal"
              value={entering.price}
              onFocus={(event) => event.target.select()}
              onChange={(event) => entering.setPrice(event.target.value)}
              onKeyDown={onFieldKey}
            />
          </Field>
          {TEMPLATES.map((template) => (
            <button
              key={template.id}
              type="button"
              className="button"
              title={say(template.hint)}
              onClick={() => entering.take(template)}
            >
              {say(template.name)}
            </button>
          ))}
          {lastWeek !== undefined && (
            <button type="button" className="button" onClick={() => act({ to: "set", day: lastWeek })}>
              {say({ en: "Like last week", zh: "同上周" })}
            </button>
          )}
        </div>
        <p role="status" className={said === undefined ? "hidden" : said.isRefusal ? "note bad" : "note"}>
          {said === undefined ? "" : say(said.words)}
        </p>
      </section>
      <DayChart {...{ state, act, rules }} />
      <section className="card stack">
        <div className="row between">
          <h2>
            {say({ en: "96 quarter-hours", zh: "96 点" })} <small>{say(writing.name)}</small>
          </h2>
          <Switches entering={entering} />
        </div>
        <div>
          <Sheet
            label={say({
              en: `${layer === "energy" ? "Energy" : "Price"} of each quarter-hour, ${writing.name.en}`,
              zh: `各时段${layer === "energy" ? "电量" : "价格"}（${writing.name.zh}）`,
            })}
            selection={selection}
            shown={(slot) => shownValue(values[slot]!, writing, decimals)}
            isEmpty={(slot) => state.day.energy[slot] === 0}
            wrong={(slot) => {
              const why = wrong?.(slot);
              return why && say(why);
            }}
            onSelect={(next) => act({ to: "select", selection: next })}
            onType={entering.type}
            onPaste={entering.paste}
            copied={() => {
              const { from, to } = stretchOf(selection);
              return columnText(values.slice(from, to), writing);
            }}
            onFillDown={() => act({ to: "fillDown" })}
            onUndo={() => act({ to: "undo" })}
            onRedo={() => act({ to: "redo" })}
          />
          <InputBar
            {...{ selection, writing }}
            onSelect={(next) => act({ to: "select", selection: next })}
            onType={entering.type}
          />
        </div>
        <p className="soft no-print">
          {say({
            en: "Arrows move, Shift selects, typing replaces, Ctrl+V pastes 96 or 24 values, Ctrl+D fills down, Ctrl+Z takes back, Ctrl+Enter signs.",
            zh: "方向键移动，Shift 选择，直接输入即替换，Ctrl+V 粘贴 96 或 24 个值，Ctrl+D 向下填充，Ctrl+Z 撤销，Ctrl+Enter 签署。",
          })}
        </p>
      </section>
    </div>
  );
}

/** Ctrl+Enter signs, and a day that is pasted anywhere is meant for the sheet; a single value for the field it goes to. */
function useShortcuts({ sign, paste }: { sign(): void; paste(text: string): void }) {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      sign();
    };
    const onPaste = (event: globalThis.ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (event.defaultPrevented || !/[\t\r\n]/.test(text.trim())) return;
      event.preventDefault();
      paste(text);
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("paste", onPaste);
    };
  });
}

function Switches({ entering: { state, act } }: { entering: Entering }) {
  const say = useWords();
  return (
    <div className="row no-print">
      <fieldset className="row switch">
        <legend className="hidden">{say({ en: "What the sheet shows", zh: "表格内容" })}</legend>
        {(["energy", "price"] as const).map((layer) => (
          <button
            key={layer}
            type="button"
            className="button s"
            aria-pressed={state.layer === layer}
            onClick={() => act({ to: "show", layer })}
          >
            {layer === "energy" ? say({ en: "Energy", zh: "电量" }) : say({ en: "Price", zh: "价格" })}
          </button>
        ))}
      </fieldset>
      <fieldset className="row switch">
        <legend className="hidden">{say({ en: "Unit of energy", zh: "电量单位" })}</legend>
        {(["kWh", "kW"] as const).map((unit) => (
          <button
            key={unit}
            type="button"
            className="button s"
            aria-pressed={state.unit === unit}
            onClick={() => act({ to: "write", unit })}
          >
            {unit}
          </button>
        ))}
      </fieldset>
      <button type="button" className="button s" disabled={state.past.length === 0} onClick={() => act({ to: "undo" })}>
        {say({ en: "Undo", zh: "撤销" })}
      </button>
    </div>
  );
}
