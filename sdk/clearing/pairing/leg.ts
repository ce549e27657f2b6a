import { DujiangError } from "../../types/errors.ts";

/** Who trades: the same value for orders that must not meet. */
export type Owner = string | number | bigint;

/** A cleared order while it is paired: what it trades, and what of it has no counterparty yet, in each distinct slot. */
export interface Side {
  owner: Owner;
  left: Float64Array;
}

/** What one sale delivers to one purchase. */
export interface PairLeg {
  sell: number;
  buy: number;
  energy: Float64Array;
}

/** Thrown when cleared volumes cannot be paired. */
export class PairingError extends DujiangError {}
