import { ZERO_CURVE } from "../../../sdk/types/curve.ts";
import { SLOTS } from "../../../sdk/types/time.ts";

/** What the sheet shows of a slot. */
export type Layer = "energy" | "price";
/** How energy is written: of a slot, or the power that makes it. */
export type EnergyUnit = "kWh" | "kW";

/** Wh and fen per MWh of each slot, as `Curve` has them. */
export interface DayCurves {
  energy: readonly number[];
  price: readonly number[];
}

/** Where a selection was begun, and where it is now: both are in it. */
export interface Selection {
  anchor: number;
  head: number;
}

/** A day as it is being entered. */
export interface EntryState {
  day: DayCurves;
  layer: Layer;
  unit: EnergyUnit;
  selection: Selection;
  /** Days before the last changes, oldest first. */
  past: readonly DayCurves[];
  /** Days that were taken back, the next one first. */
  future: readonly DayCurves[];
}

export type EntryAction =
  | { to: "set"; day: DayCurves; selection?: Selection }
  | { to: "fill"; value: number }
  | { to: "draw"; layer: Layer; from: number; slot: number; value: number; isFirst: boolean }
  | { to: "fillDown" }
  | { to: "undo" }
  | { to: "redo" }
  | { to: "select"; selection: Selection }
  | { to: "show"; layer: Layer }
  | { to: "write"; unit: EnergyUnit };

const MOST_UNDONE = 100;
const QUARTERS = 4;

/** An empty day at one price. */
export function emptyEntry(price: number): EntryState {
  return {
    day: { energy: ZERO_CURVE, price: new Array<number>(SLOTS).fill(price) },
    layer: "energy",
    unit: "kWh",
    selection: { anchor: 0, head: 0 },
    past: [],
    future: [],
  };
}

/** The slots of a selection: from the first to before the last. */
export function stretchOf({ anchor, head }: Selection): { from: number; to: number } {
  return { from: Math.min(anchor, head), to: Math.max(anchor, head) + 1 };
}

export function reduceEntry(state: EntryState, action: EntryAction): EntryState {
  switch (action.to) {
    case "set":
      return changed({ ...state, selection: action.selection ?? state.selection }, action.day);
    case "fill":
      return changed(
        state,
        withLayer(state, (_, slot) => (isSelected(state, slot) ? action.value : undefined)),
      );
    case "draw": {
      const [first, last] = [Math.min(action.from, action.slot), Math.max(action.from, action.slot)];
      const at = { ...state, layer: action.layer };
      const day = withLayer(at, (_, slot) => (slot >= first && slot <= last ? action.value : undefined));
      // A stroke is one change, however many slots it crosses.
      return action.isFirst ? changed(at, day) : { ...at, day };
    }
    case "fillDown": {
      const { from } = stretchOf(state.selection);
      const source = (slot: number) => (slot < from + QUARTERS ? slot : from + ((slot - from) % QUARTERS));
      const day = withLayer(state, (values, slot) => (isSelected(state, slot) ? values[source(slot)] : undefined));
      return changed(state, day);
    }
    case "undo": {
      const day = state.past.at(-1);
      if (day === undefined) return state;
      return { ...state, day, past: state.past.slice(0, -1), future: [state.day, ...state.future] };
    }
    case "redo": {
      const [day, ...future] = state.future;
      return day === undefined ? state : { ...state, day, past: [...state.past, state.day], future };
    }
    case "select":
      return { ...state, selection: action.selection };
    case "show":
      return { ...state, layer: action.layer };
    case "write":
      return { ...state, unit: action.unit };
  }
}

/** Another day, which can be taken back; nothing happens where nothing differs. */
function changed(state: EntryState, day: DayCurves): EntryState {
  const isSame = (["energy", "price"] as const).every((layer) =>
    day[layer].every((value, slot) => value === state.day[layer][slot]),
  );
  if (isSame) return state;
  return { ...state, day, past: [...state.past, state.day].slice(-MOST_UNDONE), future: [] };
}

function withLayer(
  { day, layer }: EntryState,
  valueFor: (values: readonly number[], slot: number) => number | undefined,
): DayCurves {
  return { ...day, [layer]: day[layer].map((value, slot) => valueFor(day[layer], slot) ?? value) };
}

function isSelected({ selection }: EntryState, slot: number): boolean {
  const { from, to } = stretchOf(selection);
  return slot >= from && slot < to;
}
