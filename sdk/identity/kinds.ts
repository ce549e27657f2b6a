import { KINDS, type Kind } from "./enums.ts";

/** The kinds of participant whose bits are set. */
export function kindsOf(bits: number): Kind[] {
  return (Object.keys(KINDS) as Kind[]).filter((kind) => (bits & KINDS[kind]) !== 0);
}

/** The bits of kinds, as an application names them. */
export function kindBits(kinds: readonly Kind[]): number {
  return kinds.reduce((bits, kind) => bits | KINDS[kind], 0);
}
