/** A nonce that nobody has used: 256 random bits. */
export function randomNonce(): bigint {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/**
 * One of the 128 nonces of a page. Nonces of one page share a storage word, which makes spending all but the first of
 * them cheaper, and can be cancelled together (`cancelPage`).
 */
export function pageNonce(page: bigint, index: number): bigint {
  if (page < 0n || page >= 1n << 249n || !Number.isInteger(index) || index < 0 || index > 127) {
    throw new RangeError(
      `There is no nonce ${index} of page ${page}: pages run from 0 to 2^249 - 1, nonces from 0 to 127.`,
    );
  }
  return (page << 7n) | BigInt(index);
}
