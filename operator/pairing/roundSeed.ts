import { encodeAbiParameters, type Hex, keccak256, parseAbiParameters } from "viem";
import type { Day } from "../../sdk/index.ts";

/** What is public of a round once its book is closed. */
export interface RoundFacts {
  round: bigint;
  day: Day;
  /** Of the first block after the book of the round closed: nobody knew it while orders were still taken. */
  blockHash: Hex;
}

/** The number that decides who meets whom; anybody can compute it again. */
export function roundSeed({ round, day, blockHash }: RoundFacts): Hex {
  return keccak256(encodeAbiParameters(parseAbiParameters("uint64, uint32, bytes32"), [round, day, blockHash]));
}
