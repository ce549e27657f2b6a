import { encodeAbiParameters, type Hex, keccak256, parseAbiParameters } from "viem";
import type { Day } from "../../types/time.ts";

/** What is public of a round once its book is closed. */
export interface RoundFacts {
  round: bigint;
  day: Day;
  /** Of a block after the last order of the round came: nobody knew it when they signed. */
  blockHash: Hex;
}

/** The number that decides who meets whom; anybody can compute it again. */
export function roundSeed({ round, day, blockHash }: RoundFacts): Hex {
  return keccak256(encodeAbiParameters(parseAbiParameters("uint64, uint32, bytes32"), [round, day, blockHash]));
}
