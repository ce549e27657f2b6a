import { bytesToHex, domainSeparator, type Hex, stringToBytes } from "viem";
import {
  DujiangError,
  dateNumber,
  type Market,
  marketDomain,
  type Order,
  type Side,
  TYPES,
} from "../../../sdk/index.ts";
import { bytesOf } from "./bytesOf.ts";
import { keccak } from "./keccak.ts";

/** Thrown when a field of an order does not fit into what is signed. */
export class OrderHashError extends DujiangError {}

const WORD = 32;
const BAND_WORDS = 5;
const ORDER_WORDS = 13;

/** A buffer of words with one way to write each type. */
class Words {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(words: number) {
    this.bytes = new Uint8Array(words * WORD);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** The bytes up to a word. */
  upTo(word: number): Uint8Array {
    return this.bytes.subarray(0, word * WORD);
  }

  set(word: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, word * WORD);
  }

  small(word: number, value: number, bits: 8 | 16 | 32, name: string): void {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) throw misfit(name, value, bits);
    this.#view.setUint32(word * WORD + 28, value);
  }

  large(word: number, value: bigint, bits: 64 | 256, name: string): void {
    if (value < 0n || value >> BigInt(bits) !== 0n) throw misfit(name, value, bits);
    for (let part = 3, rest = value; part >= 0; part -= 1, rest >>= 64n) {
      this.#view.setBigUint64(word * WORD + 8 * part, BigInt.asUintN(64, rest));
    }
  }

  address(word: number, account: Hex): void {
    if (!/^0x[0-9a-fA-F]{40}$/.test(account)) {
      throw new OrderHashError({
        en: `The trader "${account}" is not an account: an account is 0x and 40 hexadecimal digits.`,
        zh: `交易者“${account}”不是账户：账户为 0x 加 40 位十六进制数字。`,
      });
    }
    this.set(word, new Uint8Array(WORD));
    this.bytes.set(bytesOf(account), word * WORD + 12);
  }
}

/**
 * The EIP-712 digests of a market's orders, as `orderDigest` of the sdk gives them, without what a general encoder does for
 * every order again: types and domain are hashed once, fields written where they belong.
 */
export function orderHasher(market: Market): (order: Order) => Hex {
  const typeHashes: Record<Side, Uint8Array> = { sell: typeHash("SellOrder"), buy: typeHash("BuyOrder") };
  const band = new Words(BAND_WORDS);
  band.set(0, typeHash("Band"));
  const struct = new Words(ORDER_WORDS);
  const digest = new Uint8Array(2 + 2 * WORD);
  digest.set([0x19, 0x01]);
  digest.set(bytesOf(domainSeparator({ domain: marketDomain(market) })), 2);
  let bandHashes = new Words(8);

  return (order) => {
    const { bands } = order;
    if (bands.length * WORD > bandHashes.bytes.length) bandHashes = new Words(2 * bands.length);
    bands.forEach(({ fromSlot, toSlot, energyWh, price }, index) => {
      band.small(1, fromSlot, 8, "fromSlot");
      band.small(2, toSlot, 8, "toSlot");
      band.small(3, energyWh, 32, "energyWhPerSlot");
      band.small(4, price, 32, "priceFenPerMWh");
      bandHashes.set(index, keccak(band.bytes));
    });
    struct.set(0, typeHashes[order.side]);
    struct.address(1, order.trader);
    struct.large(2, order.meter, 64, "meter");
    struct.small(3, dateNumber(order.day), 32, "deliveryDate");
    struct.set(4, keccak(bandHashes.upTo(bands.length)));
    struct.large(5, order.totalEnergyWh, 256, "totalEnergyWh");
    struct.large(6, order.totalAmountFen, 256, "totalAmountFen");
    struct.large(7, order.maxFen, 256, order.side === "sell" ? "maxBondFen" : "maxPaymentFen");
    struct.small(8, order.paymentDays, 16, "paymentDays");
    struct.small(9, Number(order.continuous), 8, "continuous");
    struct.small(10, Number(order.greenCertificates), 8, "greenCertificates");
    struct.large(11, order.expiry, 64, "expiry");
    struct.small(12, order.nonce, 32, "nonce");
    digest.set(keccak(struct.bytes), 2 + WORD);
    return bytesToHex(keccak(digest));
  };
}

/** keccak256 of the type as EIP-712 writes it, out of the one place that names its fields. */
function typeHash(name: "SellOrder" | "BuyOrder" | "Band"): Uint8Array {
  const written = (type: typeof name) =>
    `${type}(${TYPES[type].map((field) => `${field.type} ${field.name}`).join(",")})`;
  return keccak(stringToBytes(name === "Band" ? written("Band") : written(name) + written("Band")));
}

function misfit(name: string, value: number | bigint, bits: number): OrderHashError {
  return new OrderHashError({
    en: `${name} is ${value}: it must be a whole number from 0, below 2^${bits}.`,
    zh: `${name} 为 ${value}：须为不小于 0 且小于 2^${bits} 的整数。`,
  });
}
