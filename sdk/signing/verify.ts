import {
  type Address,
  type Client,
  encodeFunctionData,
  type Hex,
  hexToBigInt,
  parseAbi,
  recoverAddress,
  size,
  slice,
} from "viem";
import { probe } from "../chain/probe.ts";

const ERC1271 = parseAbi(["function isValidSignature(bytes32 digest, bytes signature) view returns (bytes4)"]);
/** The word with which a wallet that is a contract vouches for a signature. */
const VOUCHED = BigInt(`0x1626ba7e${"0".repeat(56)}`);
/** What the escrow lets a wallet spend on its answer. */
const SIGNATURE_GAS = 400_000n;
/** Half of the order of secp256k1: above it the same signature could be written a second way. */
const HIGHEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Whether `signer` made an ECDSA signature of a digest, in the one form that the escrow takes: 65 bytes, low s. */
export async function isSignedByKey(digest: Hex, signature: Hex, signer: Address): Promise<boolean> {
  if (size(signature) !== 65) return false;
  const v = slice(signature, 64, 65);
  if (hexToBigInt(slice(signature, 32, 64)) > HIGHEST_S || (v !== "0x1b" && v !== "0x1c")) return false;
  try {
    return BigInt(await recoverAddress({ hash: digest, signature })) === BigInt(signer);
  } catch {
    // No point of the curve has this r.
    return false;
  }
}

/** Whether `signer` vouches for a digest as the escrow asks it: by its key, or, if a contract lives there, by ERC-1271. */
export async function isSigned(digest: Hex, signature: Hex, signer: Address, client: Client): Promise<boolean> {
  if (await isSignedByKey(digest, signature, signer)) return true;
  const data = encodeFunctionData({ abi: ERC1271, args: [digest, signature] });
  const { success, word, bytes } = await probe(client, { to: signer, data, gas: SIGNATURE_GAS });
  return success && bytes >= 32 && word === VOUCHED;
}
