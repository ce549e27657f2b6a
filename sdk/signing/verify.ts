import { recoverPublicKey } from "@noble/secp256k1";
import {
  type Address,
  type Client,
  encodeFunctionData,
  type Hex,
  hexToBigInt,
  hexToBytes,
  keccak256,
  slice,
} from "viem";
import { probe } from "../chain/probe.ts";

const ERC1271 = [
  {
    ...{ type: "function", name: "isValidSignature", stateMutability: "view" },
    inputs: [
      { name: "digest", type: "bytes32" },
      { name: "signature", type: "bytes" },
    ],
    outputs: [{ type: "bytes4" }],
  },
] as const;
/** The word with which a wallet that is a contract vouches for a signature. */
const VOUCHED = BigInt(`0x1626ba7e${"0".repeat(56)}`);
/** What the escrow lets a wallet spend on its answer. */
const SIGNATURE_GAS = 400_000n;
/** Half of the order of secp256k1: above it the same signature could be written a second way. */
const HIGHEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Whether `signer` made an ECDSA signature of a digest, in the one form that the escrow takes: 65 bytes, low s. */
export function isSignedByKey(digest: Hex, signature: Hex, signer: Address): boolean {
  const [, v] = /^0x[0-9a-f]{128}(1[bc])$/i.exec(signature) ?? [];
  if (v === undefined || hexToBigInt(slice(signature, 32, 64)) > HIGHEST_S) return false;
  return addressOf(digest, signature, Number.parseInt(v, 16) - 27) === signer.toLowerCase();
}

/** Whose key signed; undefined where no point of the curve has this r. */
function addressOf(digest: Hex, signature: Hex, parity: number): string | undefined {
  const recovered = Uint8Array.of(parity, ...hexToBytes(signature).subarray(0, 64));
  try {
    const key = recoverPublicKey(recovered, hexToBytes(digest), { prehash: false, isCompressed: false });
    return slice(keccak256(key.subarray(1)), 12);
  } catch {
    return undefined;
  }
}

/** Whether `signer` vouches for a digest as the escrow asks it: by its key, or, if a contract lives there, by ERC-1271. */
export async function isSigned(digest: Hex, signature: Hex, signer: Address, client: Client): Promise<boolean> {
  if (isSignedByKey(digest, signature, signer)) return true;
  const data = encodeFunctionData({ abi: ERC1271, args: [digest, signature] });
  const { success, word, bytes } = await probe(client, { to: signer, data, gas: SIGNATURE_GAS });
  return success && bytes >= 32 && word === VOUCHED;
}
