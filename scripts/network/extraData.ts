import { type Hex, isAddress, toRlp } from "viem";
import { NetworkError } from "./problem.ts";

/** What proposers may write into a block; nothing in the first one. */
const VANITY: Hex = `0x${"00".repeat(32)}`;
const NO_VOTE: Hex[] = [];
const ROUND_ZERO: Hex = "0x";
const NO_SEALS: Hex[] = [];

/** QBFT's extraData of a genesis block with these validators, in the order given. */
export function extraData(validators: readonly Hex[]): Hex {
  return toRlp([VANITY, [...validators], NO_VOTE, ROUND_ZERO, NO_SEALS]);
}

/** Ascending, as every block after the first must have them. */
export function sortValidators(validators: readonly Hex[]): Hex[] {
  return validators.map((address) => address.toLowerCase() as Hex).sort();
}

/** Validators' addresses as somebody wrote them. */
export function parseValidators(texts: readonly string[]): Hex[] {
  const addresses = texts.map(parseAddress);
  const twice = addresses.find((address, at) => addresses.indexOf(address) !== at);
  if (twice !== undefined)
    throw new NetworkError({
      en: `${twice} is named twice: a validator counts once.`,
      zh: `${twice} 重复出现：每个验证节点只计一次。`,
    });
  return addresses;
}

/** An address in lower case, with or without a 0x before it. */
export function parseAddress(text: string): Hex {
  const address = `0x${text.trim().replace(/^0x/i, "")}`;
  if (isAddress(address, { strict: address !== address.toLowerCase() })) return address.toLowerCase() as Hex;
  throw new NetworkError({
    en: `"${text}" is not an address, which is 40 hexadecimal digits, with the right checksum if written in capitals and small letters.`,
    zh: `“${text}”不是地址：地址为 40 位十六进制数字，大小写混写时校验须正确。`,
  });
}
