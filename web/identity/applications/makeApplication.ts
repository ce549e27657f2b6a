import { type Address, getAddress, type Hex, isAddress, isHex, keccak256, size, stringToBytes, zeroHash } from "viem";
import type { Platform } from "../../../sdk/chain/client.ts";
import type { Kind } from "../../../sdk/identity/enums.ts";
import { type Application, buildApplication, readInForce } from "../../../sdk/identity/participants.ts";
import { type SecondFactorKey, secondFactorSigner } from "../../../sdk/identity/secondFactor.ts";
import type { FirmSize } from "../../../sdk/types/enums.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import { parseDay } from "../../../sdk/types/time.ts";
import { parseYuan } from "../../../sdk/types/units.ts";
import type { Verifiers } from "./fields.ts";

/** What a registrar typed; what is to stay of a participant is "keep". */
export interface TypedApplication {
  account: string;
  kinds: readonly Kind[];
  size: FirmSize;
  validUntil: string;
  credentialHash: string;
  factor: "keep" | "none" | "account" | "key";
  factorText: string;
  limit: string;
  controller: "keep" | "none" | "code";
  code: string;
}

/** What would be proposed, beside what is in force. */
export interface MadeApplication {
  application: Application;
  inForce: Application | undefined;
  verifiers: Verifiers;
}

/** What was typed in the numbers of the chain. @param participant whose it changes; undefined for a newcomer */
export async function makeApplication(
  platform: Platform,
  typed: TypedApplication,
  participant: number | undefined,
): Promise<MadeApplication> {
  const inForce = participant === undefined ? undefined : await readInForce(platform, participant);
  const secondFactor = factorOf(platform, typed, inForce);
  const application = buildApplication({
    account: inForce?.account ?? accountIn(typed.account),
    kinds: typed.kinds,
    size: typed.size,
    validUntil: parseDay(typed.validUntil),
    credentialHash: typed.credentialHash as Hex,
    secondFactor,
    // Without a factor nothing could lift a limit, and the chain takes none.
    exposureLimitFen: secondFactor === "0x" ? 0n : parseYuan(typed.limit),
    controller: controllerOf(typed, inForce),
  });
  return { application, inForce, verifiers: platform.addresses };
}

function accountIn(text: string): Address {
  if (isAddress(text.trim(), { strict: false })) return getAddress(text.trim());
  throw new DujiangError({
    en: `"${text}" is not the address of an account, which is 0x and 40 hexadecimal digits: copy it from the wallet.`,
    zh: `“${text}”不是账户地址（0x 加 40 位十六进制数字）：请从钱包复制。`,
  });
}

function controllerOf({ controller, code }: TypedApplication, inForce: Application | undefined): Hex {
  if (controller === "keep") return inForce?.controller ?? zeroHash;
  return controller === "none" ? zeroHash : keccak256(stringToBytes(code.trim()));
}

function factorOf(platform: Platform, typed: TypedApplication, inForce: Application | undefined): Hex {
  switch (typed.factor) {
    case "keep":
      return inForce?.secondFactor ?? "0x";
    case "none":
      return "0x";
    case "account":
      return accountIn(typed.factorText);
    case "key":
      return secondFactorSigner(platform, readKey(typed.factorText));
  }
}

/** A key as its owner handed it in: what "Make a passkey" on this screen shows, or the same of another device. */
function readKey(text: string): SecondFactorKey {
  let key: Partial<Record<"kind" | "x" | "y" | "exponent" | "modulus", string>> = {};
  try {
    key = JSON.parse(text) as typeof key;
  } catch {
    // Said below.
  }
  const isCoordinate = (value: unknown) => isHex(value) && size(value) === 32;
  const isCurveKey = (key.kind === "passkey" || key.kind === "p256") && isCoordinate(key.x) && isCoordinate(key.y);
  const isRsaKey = key.kind === "rsa" && isHex(key.exponent) && isHex(key.modulus);
  if (isCurveKey || isRsaKey) return key as SecondFactorKey;
  throw new DujiangError({
    en: 'This is no key of a second factor: it reads {"kind":"passkey","x":"0x…","y":"0x…"}, with p256 for a security module, or {"kind":"rsa","exponent":"0x…","modulus":"0x…"} for a bank\'s token.',
    zh: '这不是第二因子的公钥：格式为 {"kind":"passkey","x":"0x…","y":"0x…"}（安全模块为 p256），银行密钥设备为 {"kind":"rsa","exponent":"0x…","modulus":"0x…"}。',
  });
}
