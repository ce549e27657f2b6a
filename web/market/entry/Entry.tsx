import { type KeyboardEvent, type ReactNode, useEffect, useMemo } from "react";
import type { Address, Hex } from "viem";
import type { Order } from "../../../sdk/market/order.ts";
import type { Day } from "../../../sdk/types/time.ts";
import { Field } from "../../design/Field.tsx";
import { useWords } from "../../words/index.ts";
import { DayChart } from "./DayChart.tsx";
import { type DayCurves, stretchOf } from "./entryState.ts";
import { InputBar } from "./InputBar.tsx";
import { Preview } from "./Preview.tsx";
import { wordsOfViolation } from "./preview.ts";
import type { MeterRules } from "./readRules.ts";
import { Sheet } from "./Sheet.tsx";
import { columnText, decimalsOf, shownValue } from "./slotValue.ts";
import { Totals } from "./Totals.tsx";
import { TEMPLATES } from "./templates.ts";
import { totalsOf } from "./totals.ts";
import type { Entering } from "./useEntry.ts";
import "./entry.css";

interface EntryProps {
  entering: Entering;
  meter: bigint;
  day: Day;
  rules: MeterRules;
  /** Whose order it becomes; nobody's is shown as an account of zeros and not signed. */
  trader: Address | undefined;
  lastWeek: DayCurves | undefined;
  paymentDays: number;
  continuous: boolean;
  digest(order: Order): Promise<Hex>;
  /** Has it signed; it says itself what came of it. */
  onSign(order: Order): void;
  isBusy: boolean;
  /** What stands around the button that signs: choices of the order, refusals, why it cannot be signed. */
  children?: ReactNode;
}

const NOBODY: Address = "0x0000000000000000000000000000000000000000";

/** Enters a day: templates, chart and sheet, what it comes to at once, and what would be signed. */
export function Entry({ entering, meter, day, rules, trader, lastWeek, digest, onSign, isBusy, ...props }: EntryProps) {
  const say = useWords();
  const { state, act, violations, writing, said, nonce } = entering;
  const { paymentDays, continuous } = props;
  const { selection, layer } = state;
  const { side } = rules;
  const totals = useMemo(
    () => totalsOf(state.day, { side, trader: trader ?? NOBODY, meter, day, paymentDays, continuous, nonce }, rules),
    [state.day, side, trader, meter, day, paymentDays, continuous, nonce, rules],
  );
  const canSign = totals !== undefined && violations.size === 0 && trader !== undefined && !isBusy;
  const signNow = () => {
    if (canSign) onSign(totals.order);
  };
  const values = state.day[layer];
  const decimals = decimalsOf(values, writing);
  useShortcuts({ sign: signNow, paste: (text) => entering.paste(text, false) });
  const onFieldKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) entering.take(TEMPLATES[0]!);
  };

  return (
    <div className="entry">
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
            <Field
              label={
                side === "sell"
                  ? { en: "At least, CNY/MWh", zh: "最低限价（元/MWh）" }
                  : { en: "At most, CNY/MWh", zh: "最高限价（元/MWh）" }
              }
            >
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
                const found = violations.get(slot);
                return found === undefined ? undefined : say(wordsOfViolation(found, rules));
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
      <aside className="stack entry-side">
        <section className="card stack">
          <h2>{say({ en: "What it comes to", zh: "合计" })}</h2>
          <Totals totals={totals} />
        </section>
        <section className="card stack">
          <h2>{say({ en: "What you will sign", zh: "将要签署的内容" })}</h2>
          <Violations entering={entering} rules={rules} />
          {totals !== undefined && <Preview totals={totals} digest={digest} />}
          {props.children}
          <button type="button" className="button primary no-print" disabled={!canSign} onClick={signNow}>
            {isBusy
              ? say({ en: "The wallet is asked …", zh: "等待钱包签署……" })
              : say({ en: "Sign with the wallet", zh: "用钱包签署" })}
          </button>
        </section>
      </aside>
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

/** How many slots cannot be ordered as they are, why, and the way out. */
function Violations({ entering: { violations, mend }, rules }: { entering: Entering; rules: MeterRules }) {
  const say = useWords();
  if (violations.size === 0) return null;
  const kinds = [...new Set(violations.values())];
  return (
    <div className="note bad stack">
      {kinds.map((kind) => {
        const count = [...violations.values()].filter((found) => found === kind).length;
        const { en, zh } = wordsOfViolation(kind, rules);
        return (
          <p key={kind}>
            {say({ en: `${count === 1 ? "1 slot is" : `${count} slots are`} ${en}.`, zh: `${count} 个时段${zh}。` })}
          </p>
        );
      })}
      <p>
        <button type="button" className="button s" onClick={mend}>
          {say({ en: "Cut to what is allowed", zh: "调整到允许范围" })}
        </button>
      </p>
    </div>
  );
}
