import { WholeError } from "../types/whole.ts";

/** Nonces of one page share a storage word: spending all but the first of them is cheaper. */
export const NONCES_PER_PAGE = 112;

const MOST = 2 ** 32;

/** A nonce that was hardly used before: 32 random bits. Who hands in much of a day takes one page, see `pageNonce`. */
export function randomNonce(): number {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return number;
}

/**
 * One of the 112 nonces of a page, which can be cancelled together (`cancelPage`). Each trader has nonces of its own for
 * each delivery day, and of these each kind: sell orders, buy orders, bilateral trades. Counting from 0 a day is fine.
 * @throws WholeError if there is no such nonce
 */
export function pageNonce(page: number, index: number): number {
  const nonce = page * NONCES_PER_PAGE + index;
  const isWhole = [page, index].every(Number.isInteger);
  if (!isWhole || page < 0 || index < 0 || index >= NONCES_PER_PAGE || nonce >= MOST) {
    throw new WholeError({
      en: `There is no nonce ${index} of page ${page}: pages run from 0 on, nonces of a page from 0 to 111, all below 2^32.`,
      zh: `第 ${page} 页没有序号 ${index}：页自 0 起编号，每页序号为 0 至 111，且均小于 2^32。`,
    });
  }
  return nonce;
}
