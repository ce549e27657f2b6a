/** A reader's keys: those of this browser, and what the chain says of them; loaded when the first one is needed. */
import type { Address } from "viem";
import { documentRegistry } from "../../sdk/chain/abi/index.ts";
import type { Platform } from "../../sdk/chain/client.ts";
import { eventsOf } from "../../sdk/chain/logs.ts";
import { openReaderKey, sealReaderKey } from "../../sdk/documents/keyFile.ts";
import {
  createReaderKey,
  fingerprint,
  importReaderKey,
  isSamePoint,
  pointOf,
  type ReaderKeyPair,
  type ReaderPoint,
} from "../../sdk/documents/keys.ts";
import { documentPlaceOf } from "../../sdk/documents/place.ts";
import { type Reader, readerId, readerOf } from "../../sdk/documents/readers.ts";
import { type EnrolledKey, readReaderKey } from "../../sdk/documents/registry.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import { practiceReadingKey } from "../wallets/index.ts";
import { keepKey, keysOf } from "./kept.ts";

export {
  approveReaderKey,
  proposeReaderKey,
  rejectReaderKey,
  retireReaderKey,
} from "../../sdk/documents/registry.ts";
export { fingerprint };

/** As whom an account reads. */
export interface Myself {
  account: Address;
  reader: Reader;
}

interface OwnKey extends ReaderKeyPair {
  point: ReaderPoint;
}

/** What there is to say of a reader's key. */
export interface KeyStanding {
  enrolled: EnrolledKey;
  fingerprint: string;
  /** Whether the key in force is in this browser. */
  isHere: boolean;
  /** A key of this browser that the registrars have not enrolled. */
  waiting: { point: ReaderPoint; fingerprint: string } | undefined;
}

export async function readKeyStanding(platform: Platform, me: Myself): Promise<KeyStanding> {
  const [enrolled, own] = await Promise.all([readReaderKey(platform, me.reader), ownKeys(platform, me)]);
  const known = enrolled.number === 0 ? [] : await approvedPoints(platform, me.reader);
  const waiting = own.filter(({ point }) => !known.some((each) => isSamePoint(each.point, point))).at(-1);
  return {
    ...{ enrolled, fingerprint: fingerprint(enrolled.point) },
    isHere: enrolled.inForce && own.some(({ point }) => isSamePoint(point, enrolled.point)),
    waiting: waiting && { point: waiting.point, fingerprint: fingerprint(waiting.point) },
  };
}

/** The key with a number, to open what was sealed for it. */
export async function keyOfNumber(platform: Platform, me: Myself, number: number): Promise<ReaderKeyPair> {
  const approved = (await approvedPoints(platform, me.reader)).find((each) => each.number === number);
  const own = await ownKeys(platform, me);
  const found = own.find(({ point }) => approved !== undefined && isSamePoint(point, approved.point));
  if (found !== undefined) return found;
  throw new DujiangError({
    en: `This document is sealed for your key number ${number}, which is not in this browser: load its file under "Reading key", or, if it is lost, ask another reader to wrap the document for your new key.`,
    zh: `该文件为您的第 ${number} 号密钥加密，而该密钥不在此浏览器中：请在“阅读密钥”中载入其备份文件；若已遗失，请其他读者为您的新密钥重新封装。`,
  });
}

/** Makes a key, and the text of the file that only its passphrase opens; the file was opened again before the key counts. */
export async function makeKey(platform: Platform, me: Myself, passphrase: string): Promise<string> {
  const text = await sealReaderKey(await createReaderKey({ extractable: true }), passphrase);
  await loadKey(platform, me, text, passphrase);
  return text;
}

/** Takes a key from its file into this browser. */
export async function loadKey(platform: Platform, me: Myself, text: string, passphrase: string): Promise<void> {
  const pair = await openReaderKey(text, passphrase);
  await keepKey({
    ...pair,
    ...(await pointOf(pair)),
    place: placeOf(platform),
    reader: String(me.reader),
    since: Date.now(),
  });
  // A browser that runs short of space may otherwise let it go.
  await navigator.storage?.persist?.();
}

/** What a holder hands to the registrars: its number, and the public half. */
export const handedOver = (reader: Reader, { x, y }: ReaderPoint): string => `${reader}:${x}${y.slice(2)}`;

/** Reads it again. */
export function readHandedOver(text: string): { reader: Reader; point: ReaderPoint } {
  const [, who = "", x, y] =
    /^\s*(\d{1,10}|0x[0-9a-fA-F]{40}):0x([0-9a-fA-F]{64})([0-9a-fA-F]{64})\s*$/.exec(text) ?? [];
  if (x === undefined || y === undefined) {
    throw new DujiangError({
      en: "This is no key as its holder's page shows it: a number or an account, a colon, 0x and 128 digits.",
      zh: "这不是持有人页面所示的密钥：应为编号或账户、冒号、0x 和 128 位十六进制数字。",
    });
  }
  const reader = readerOf(readerId(/^\d+$/.test(who) ? Number(who) : (who as Address)));
  return { reader, point: { x: `0x${x}`, y: `0x${y}` } };
}

/** A reader as the index names it. */
export const readerOfText = (text: string): Reader => (/^\d+$/.test(text) ? Number(text) : (text as Address));

async function ownKeys(platform: Platform, { account, reader }: Myself): Promise<OwnKey[]> {
  const [kept, practice] = await Promise.all([
    keysOf(placeOf(platform), String(reader)),
    practiceReadingKey(account).then((text) => (text === undefined ? [] : importReaderKey(text).then((key) => [key]))),
  ]);
  // The key to practise with is older than any that its reader makes.
  return Promise.all([...practice, ...kept].map(async (pair) => ({ ...pair, point: await pointOf(pair) })));
}

async function approvedPoints(platform: Platform, reader: Reader) {
  const events = await eventsOf(platform, documentRegistry, ["KeyApproved"], { reader: readerId(reader) });
  return events.map(({ args: { key, x, y } }) => ({ number: key, point: { x, y } }));
}

function placeOf(platform: Platform): string {
  const { chainId, registry } = documentPlaceOf(platform);
  return `${chainId} ${registry.toLowerCase()}`;
}
