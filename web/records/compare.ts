import type { Sentence } from "../../sdk/types/sentence.ts";

/** How a value is written. */
export type FactKind = "fen" | "wh" | "price" | "text";

/** One thing that somebody says and the chain has. */
export interface Fact {
  what: Sentence;
  kind: FactKind;
  /** What the index, or the market operator, says. */
  said: bigint | string;
  onChain: bigint | string;
}

/** What came of comparing with the chain as of a block. */
export interface Comparison {
  block: bigint;
  /** Empty if everything agrees. */
  differences: Fact[];
}

/** Those of some facts that the chain has otherwise. Addresses and hashes are the same in either case of letters. */
export const differing = (facts: readonly Fact[]): Fact[] =>
  facts.filter(({ said, onChain }) => String(said).toLowerCase() !== String(onChain).toLowerCase());
