import type { Address, Hex } from "viem";
import type { ContractName } from "../../../sdk/index.ts";

/** What the service's process asks of the traders' process. */
export type ToCrowd = { sign: number } | { send: string; clients: number } | { end: true };

/** What it answers. */
export type FromCrowd =
  | { rpcUrl: string; contracts: Record<ContractName, { address: Address }>; operatorKey: Hex }
  | { signed: number }
  | { sent: { seconds: number; refused: string[] } };
