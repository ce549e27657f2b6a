import { type ClipboardEvent, type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { slotLabel } from "../../../sdk/types/time.ts";
import { useWords } from "../../words/language.tsx";
import { type Selection, stretchOf } from "./entryState.ts";
import "./sheet.css";

/** Marks what this sheet copied itself: 24 slots of it are six hours and not a day of hours. */
const OWN_SLOTS = "application/x-dujiang-slots";

interface SheetProps {
  label: string;
  selection: Selection;
  /** What a slot shows. */
  shown(slot: number): string;
  /** What is wrong with a slot. */
  wrong(slot: number): string | undefined;
  isEmpty(slot: number): boolean;
  onSelect(selection: Selection): void;
  /** Puts a text into the selected slots. @returns whether it could be taken */
  onType(text: string): boolean;
  onPaste(text: string, isOwn: boolean): void;
  /** The selected slots as a spreadsheet takes them. */
  copied(): string;
  onFillDown(): void;
  onUndo(): void;
  onRedo(): void;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const QUARTERS = [0, 1, 2, 3];
const LAST = 95;

/** 24 hours down, four quarters across, driven by keys as spreadsheets are. One cell is in the tab order; nothing scrolls inside. */
export function Sheet({
  label,
  selection,
  shown,
  wrong,
  isEmpty,
  onSelect,
  onType,
  onPaste,
  copied,
  ...acts
}: SheetProps) {
  const words = useWords();
  const grid = useRef<HTMLTableElement>(null);
  const [typed, setTyped] = useState<string>();
  // A cell that is left loses the focus once more while it goes: what it held must not be put into the next one.
  const isOpen = useRef(false);
  const begin = (text: string) => {
    isOpen.current = true;
    setTyped(text);
  };
  const end = () => {
    isOpen.current = false;
    setTyped(undefined);
  };
  const { from, to } = stretchOf(selection);
  const { anchor, head } = selection;

  const focus = (slot: number) => grid.current?.querySelector<HTMLElement>(`[data-slot="${slot}"]`)?.focus();
  const go = (slot: number, extend = false) => {
    const next = Math.min(LAST, Math.max(0, slot));
    onSelect({ anchor: extend ? anchor : next, head: next });
    focus(next);
  };
  /** A text that cannot be taken stays, with the focus on it. */
  const commit = (): boolean => {
    if (typed === undefined || !isOpen.current) return true;
    if (!onType(typed)) return false;
    end();
    return true;
  };

  const onEditKey = (event: KeyboardEvent) => {
    const step = event.key === "Enter" ? 4 : event.key === "Tab" ? 1 : undefined;
    if (event.key === "Escape") {
      end();
      focus(head);
    } else if (step !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (commit()) go(event.shiftKey ? head - step : head + step);
    }
  };
  const onCellKey = (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const move = keyMove(event.key, head, isCommand);
    const command = isCommand ? commandOf(event) : undefined;
    if (move !== undefined) go(move, event.shiftKey);
    else if (command === "all") onSelect({ anchor: 0, head: LAST });
    else if (command !== undefined) acts[command]();
    else if (isCommand || event.altKey) return;
    else if (event.key === "Delete" || event.key === "Backspace") onType("0");
    else if (event.key === "F2" || event.key === "Enter") begin(shown(head));
    else if (/^[\d.０-９．。]$/.test(event.key)) begin(event.key);
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent, slot: number) => {
    if (typed !== undefined && !commit()) return;
    onSelect({ anchor: event.shiftKey ? anchor : slot, head: slot });
  };

  return (
    <table
      ref={grid}
      className="sheet"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is edited is a grid, whose cells are its own
      role="grid"
      aria-label={label}
      aria-multiselectable="true"
      onKeyDown={typed === undefined ? onCellKey : onEditKey}
      onPaste={(event: ClipboardEvent) => {
        if (typed !== undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onPaste(event.clipboardData.getData("text/plain"), event.clipboardData.types.includes(OWN_SLOTS));
      }}
      onCopy={(event: ClipboardEvent) => {
        if (typed !== undefined) return;
        event.preventDefault();
        event.clipboardData.setData("text/plain", copied());
        event.clipboardData.setData(OWN_SLOTS, "1");
      }}
    >
      <thead>
        <tr>
          <th scope="col">{words({ en: "Hour", zh: "小时" })}</th>
          {QUARTERS.map((quarter) => (
            <th scope="col" key={quarter}>{`:${String(quarter * 15).padStart(2, "0")}`}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {HOURS.map((hour) => (
          <tr key={hour}>
            <th scope="row">{`${String(hour).padStart(2, "0")}:00`}</th>
            {QUARTERS.map((quarter) => {
              const slot = hour * 4 + quarter;
              const isHead = slot === head;
              const reason = wrong(slot);
              const isEdited = isHead && typed !== undefined;
              return (
                // biome-ignore lint/a11y/useAriaPropsSupportedByRole: cells of a grid can be selected
                <td
                  key={quarter}
                  data-slot={slot}
                  tabIndex={isHead ? 0 : -1}
                  aria-selected={slot >= from && slot < to}
                  aria-invalid={reason === undefined ? undefined : true}
                  aria-label={isEdited ? undefined : `${slotLabel(slot)} ${shown(slot)}${reason ? ` ${reason}` : ""}`}
                  title={reason}
                  className={`cell${isEmpty(slot) ? " zero" : ""}${reason === undefined ? "" : " over"}`}
                  onPointerDown={(event) => {
                    if (!isEdited) onPointerDown(event, slot);
                  }}
                  onPointerEnter={(event) => {
                    if (event.buttons === 1 && event.pointerType === "mouse" && !isEdited)
                      onSelect({ anchor, head: slot });
                  }}
                  onDoubleClick={() => begin(shown(slot))}
                >
                  {isEdited ? (
                    <input
                      // biome-ignore lint/a11y/noAutofocus: it stands where the reader just typed
                      autoFocus
                      inputMode="decimal"
                      aria-label={slotLabel(slot)}
                      value={typed}
                      onChange={(event) => setTyped(event.target.value)}
                      onBlur={commit}
                    />
                  ) : (
                    shown(slot)
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where a key goes to from a slot. */
function keyMove(key: string, head: number, isCommand: boolean): number | undefined {
  const first = head - (head % 4);
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: isCommand ? first : head - 1,
    ArrowRight: isCommand ? first + 3 : head + 1,
    ArrowUp: isCommand ? head % 4 : head - 4,
    ArrowDown: isCommand ? 92 + (head % 4) : head + 4,
    PageUp: head - 24,
    PageDown: head + 24,
    Home: isCommand ? 0 : first,
    End: isCommand ? LAST : first + 3,
  };
  const next = moves[key];
  // Up from the first hour and down from the last stay where they are.
  return next !== undefined && (next < 0 || next > LAST) && /^(Arrow|Page)(Up|Down)/.test(key)
    ? Math.min(92, Math.max(0, next)) + (head % 4) - (Math.min(92, Math.max(0, next)) % 4)
    : next;
}

function commandOf({ key, shiftKey }: KeyboardEvent): "all" | "onFillDown" | "onUndo" | "onRedo" | undefined {
  const commands = { a: "all", d: "onFillDown", z: shiftKey ? "onRedo" : "onUndo", y: "onRedo" } as const;
  return commands[key.toLowerCase() as keyof typeof commands];
}
