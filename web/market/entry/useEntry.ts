import { useEffect, useMemo, useReducer, useState } from "react";
import { randomNonce } from "../../../sdk/market/nonce.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import type { Sentence } from "../../../sdk/types/sentence.ts";
import type { Day } from "../../../sdk/types/time.ts";
import { type Draft, keepDraft, readDraft } from "./draft.ts";
import { type EntryState, emptyEntry, reduceEntry, stretchOf } from "./entryState.ts";
import { paste } from "./paste.ts";
import type { MeterRules } from "./readRules.ts";
import { columnText, typedValue, writingOf } from "./slotValue.ts";
import { curveOf, type Template } from "./templates.ts";
import { mended, violationsOf } from "./totals.ts";

/** What was said about the last thing that was done. */
export interface Said {
  words: Sentence;
  isRefusal: boolean;
}

/** A day as it is entered for a meter, with everything that can be done to it; kept in the browser as it is typed. */
export function useEntry(meter: bigint, day: Day, rules: MeterRules) {
  const [start] = useState(() => readDraft(localStorage, meter, day));
  const [state, act] = useReducer(reduceEntry, undefined, () => firstState(rules, start));
  const [nonce, setNonce] = useState(() => start?.nonce ?? randomNonce());
  const [total, setTotal] = useState(start?.total ?? "");
  const [price, setPrice] = useState(() => columnText([startPrice(rules)], writingOf("price", "kWh")));
  const [said, setSaid] = useState<Said>();
  useEffect(() => {
    const isEmpty = total === "" && state.day.energy.every((wh) => wh === 0);
    if (!isEmpty) keepDraft(localStorage, meter, day, { day: state.day, unit: state.unit, total, nonce });
  }, [meter, day, state.day, state.unit, total, nonce]);
  const violations = useMemo(() => violationsOf(state.day, rules.side, rules), [state.day, rules]);

  /** Does something that may be refused; what it says is shown, and a refusal changes nothing. */
  const attempt = (work: () => Sentence | undefined): boolean => {
    try {
      const words = work();
      setSaid(words && { words, isRefusal: false });
      return true;
    } catch (error) {
      if (!(error instanceof DujiangError)) throw error;
      setSaid({ words: error.sentences, isRefusal: true });
      return false;
    }
  };
  const writing = writingOf(state.layer, state.unit);
  return {
    ...{ state, act, nonce, total, setTotal, price, setPrice, said, setSaid, violations, writing },
    newNonce: () => setNonce(randomNonce()),
    type: (text: string) =>
      attempt(() => {
        act({ to: "fill", value: typedValue(text, writing) });
        return undefined;
      }),
    paste: (text: string, isOwn: boolean) =>
      attempt(() => {
        const { layer, unit, selection } = state;
        const pasted = paste(text, { day: state.day, slot: stretchOf(selection).from, layer, unit, isOwn });
        act({ to: "set", day: pasted.day, selection: { anchor: pasted.from, head: pasted.to - 1 } });
        return pasted.said;
      }),
    /** A template for the total that was typed, at the price that was typed. */
    take: (template: Template) =>
      attempt(() => {
        const totalWh = BigInt(typedValue(total, writingOf("energy", "kWh")));
        const fen = typedValue(price, writingOf("price", "kWh"));
        const energy = curveOf(template, totalWh, { day, lotWh: rules.lotWh });
        act({ to: "set", day: { energy, price: energy.map(() => fen) } });
        return undefined;
      }),
    mend: () => act({ to: "set", day: mended(state.day, rules.side, rules) }),
  };
}

export type Entering = ReturnType<typeof useEntry>;

function firstState(rules: MeterRules, draft: Draft | undefined): EntryState {
  const empty = emptyEntry(startPrice(rules));
  return draft === undefined ? empty : { ...empty, day: draft.day, unit: draft.unit };
}

/** The limit at which nobody is worse off for not having said a price: it may meet nobody, and costs nothing. */
const startPrice = ({ side, floor, cap }: MeterRules): number => (side === "sell" ? cap : floor);
