import { type Address, getAddress, isAddress, numberToHex } from "viem";
import { DocumentError } from "./errors.ts";

/** Who reads: a participant by its number, or the account of an office that is no participant, such as a registrar. */
export type Reader = number | Address;

const MOST_PARTICIPANTS = 2n ** 32n;
const MOST_READERS = 2n ** 160n;

/** A reader as the registry numbers it. */
export function readerId(reader: Reader): bigint {
  const valid = typeof reader === "number" ? Number.isInteger(reader) && reader > 0 : isAddress(reader);
  const id = valid ? BigInt(reader) : 0n;
  if (id === 0n || (typeof reader === "number" && id >= MOST_PARTICIPANTS)) {
    throw new DocumentError({
      en: `${reader} is no reader: name a participant by its number, or an office by its account.`,
      zh: `${reader} 不是有效的读者：请填写参与方编号，或机构的账户。`,
    });
  }
  return id;
}

/** The reader of a number of the registry. */
export function readerOf(id: bigint): Reader {
  if (id > 0n && id < MOST_PARTICIPANTS) return Number(id);
  if (id >= MOST_PARTICIPANTS && id < MOST_READERS) return getAddress(numberToHex(id, { size: 20 }));
  throw new DocumentError({
    en: `${id} is the number of no reader.`,
    zh: `${id} 不是任何读者的编号。`,
  });
}
