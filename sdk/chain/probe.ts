import { type Address, type Client, concat, type Hex, hexToBigInt, numberToHex, size, slice } from "viem";
import { call } from "viem/actions";
import { DujiangError } from "../types/errors.ts";

/** Thrown when a node answers a call with what no chain says. */
export class ProbeError extends DujiangError {}

/** What a contract answered a static call with. */
export interface Probed {
  /** False where the call reverted, ran out of its gas or met a fault. */
  success: boolean;
  /** The first word of the answer, and how many bytes the answer has. */
  word: bigint;
  bytes: number;
}

/** Gas beside that of the call: for being sent, and for a signature of some thousand bytes. */
const GAS_BESIDE = 600_000n;
/** Bytes of `programOf`, behind which the call's data lies. */
const PROGRAM_BYTES = 0x35;

/**
 * Asks a contract as another contract does, by code that is run but never deployed: what fails is part of the answer. An error
 * is therefore always the node's, and says nothing of the contract.
 */
export async function probe(
  client: Client,
  { to, data, gas }: { to: Address; data: Hex; gas: bigint },
): Promise<Probed> {
  const answer = await call(client, { data: concat([programOf(to, gas), data]), gas: gas + GAS_BESIDE });
  if (answer.data === undefined || size(answer.data) !== 96) {
    throw new ProbeError({
      en: `The node does not answer calls as a chain does: it gave ${answer.data ?? "nothing"}.`,
      zh: `节点对调用的应答不符合链的规则：返回 ${answer.data ?? "空"}。`,
    });
  }
  const word = (index: number) => hexToBigInt(slice(answer.data!, index * 32, index * 32 + 32));
  return { success: word(0) === 1n, word: word(1), bytes: Number(word(2)) };
}

/** Returns three words: whether the call succeeded, the first word of its answer, the length of its answer. */
function programOf(to: Address, gas: bigint): Hex {
  const at = numberToHex(PROGRAM_BYTES, { size: 1 });
  return concat([
    "0x60206020", // Where the answer's first word goes: 32 bytes at 32.
    ...(["0x60", at, "0x380380", "0x60", at, "0x606039"] as const), // The data behind this program, to 96.
    "0x6060", // From where it is sent.
    ...(["0x73", to, "0x63", numberToHex(gas, { size: 4 }), "0xfa"] as const), // The static call.
    "0x5f52", // Whether it succeeded, at 0.
    "0x3d604052", // How long its answer is, at 64.
    "0x60605ff3", // These three words.
  ]);
}
