import { useState } from "react";
import { DujiangError } from "../../sdk/types/errors.ts";
import { type Fen, parseYuan } from "../../sdk/types/units.ts";
import type { Sentence } from "../words/index.ts";

/** An amount of money as it is typed. */
export interface TypedAmount {
  text: string;
  type: (text: string) => void;
  /** Undefined while nothing is typed, or nothing that can be taken. */
  fen: Fen | undefined;
  wrong: Sentence | undefined;
}

export function useAmount(initial = ""): TypedAmount {
  const [text, type] = useState(initial);
  return { text, type, ...readAmount(text) };
}

export function readAmount(text: string): Pick<TypedAmount, "fen" | "wrong"> {
  if (text.trim() === "") return { fen: undefined, wrong: undefined };
  try {
    return { fen: parseYuan(text), wrong: undefined };
  } catch (error) {
    if (!(error instanceof DujiangError)) throw error;
    return { fen: undefined, wrong: error.sentences };
  }
}

/** An amount as it is typed: 1234 fen are "12.34". */
export const typed = (fen: Fen): string => {
  const digits = fen.toString().padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
