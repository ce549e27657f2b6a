import { concat, encodePacked, type Hex, hexToBigInt, numberToHex, size, slice } from "viem";
import { type Curve, decodeCurve, decodeStretch, encodeCurve, encodeStretch } from "../types/curve.ts";
import { DujiangError } from "../types/errors.ts";
import type { Band } from "./band.ts";
import { encodeSold, type Sold } from "./opened.ts";
import type { Fill, Order } from "./order.ts";

/** Thrown when a number does not fit into the bytes that a round has for it, or bytes are no packed round. */
export class PackingError extends DujiangError {}

/**
 * An order as a round carries it: its trader is a place among the round's; side, day and payment term are known from where
 * it stands.
 */
export interface PackableOrder extends Omit<Order, "side" | "trader" | "day" | "paymentDays"> {
  trader: number;
  /** None if the order was signed on chain. */
  signature?: Hex | undefined;
  fill?: Fill | undefined;
}

/** A sale as a round carries it: `buy` is a place among the round's buy orders. */
export interface PackableSale {
  order: PackableOrder;
  /** What the selling meter had sold of the day before; "as left" by the sale right before this one, of the same meter. */
  sold?: Sold | "as left" | undefined;
  legs: readonly { buy: number; energy: Curve }[];
}

const CURVE_BYTES = 384;
const HASH_BYTES = 32;
const SIGNATURE_BYTES = 65;
const SLOT_BYTES = 4;
const SLOTS_A_WORD = 8;

/** What a meter had sold before a sale. */
const NOTHING = 0;
const GIVEN = 1;
const AS_LEFT = 2;

/** Flags of an order. */
const WAS_FILLED = 1;
const CONTINUOUS = 2;
const GREEN_CERTIFICATES = 4;
const PRESIGNED = 8;

/** The buy orders of a round. `Round` in `ITradeEscrow.sol` describes the bytes, here and below. */
export function packOrders(orders: readonly PackableOrder[]): Hex {
  return concat([uint(orders.length, 16, "buys"), ...orders.map(packOrder)]);
}

/** The sales of a round. */
export function packSales(sales: readonly PackableSale[]): Hex {
  return concat([uint(sales.length, 16, "sales"), ...sales.map(packSale)]);
}

/** One order, as `hashOrder` asks for it. */
export function packOrder({ bands, signature, fill, ...order }: PackableOrder): Hex {
  if (signature !== undefined && size(signature) !== SIGNATURE_BYTES) {
    throw new PackingError({
      en: `A round has ${SIGNATURE_BYTES} bytes for a signature, not ${size(signature)}: contracts sign orders on chain.`,
      zh: `一轮出清中每个签名为 ${SIGNATURE_BYTES} 字节，而不是 ${size(signature)} 字节：合约账户须在链上签署报单。`,
    });
  }
  const flags =
    (fill === undefined ? 0 : WAS_FILLED) +
    (order.continuous ? CONTINUOUS : 0) +
    (order.greenCertificates ? GREEN_CERTIFICATES : 0) +
    (signature === undefined ? PRESIGNED : 0);
  return concat([
    uint(order.trader, 16, "trader"),
    uint(order.meter, 64, "meter"),
    uint(order.expiry, 40, "expiry"),
    uint(order.totalEnergyWh, 64, "totalEnergyWh"),
    uint(order.nonce, 32, "nonce"),
    uint(bands.length, 8, "bands"),
    uint(flags, 8, "flags"),
    uint(order.totalAmountFen, 128, "totalAmountFen"),
    uint(order.maxFen, 128, "maxFen"),
    ...bands.map(packBand),
    ...(signature === undefined ? [] : [signature]),
    ...(fill === undefined ? [] : [encodeCurve(fill.filled), uint(fill.usedFen, 256, "usedFen")]),
  ]);
}

function packBand({ fromSlot, toSlot, energyWh, price }: Band): Hex {
  return encodePacked(["uint8", "uint8", "uint32", "uint32"], [fromSlot, toSlot, energyWh, price]);
}

function packSale({ order, sold, legs }: PackableSale): Hex {
  return concat([
    packOrder(order),
    uint(sold === undefined ? NOTHING : sold === "as left" ? AS_LEFT : GIVEN, 8, "sold"),
    uint(legs.length, 16, "legs"),
    sold === "as left" ? "0x" : encodeSold(sold),
    ...legs.map(packLeg),
  ]);
}

function packLeg({ buy, energy }: PackableSale["legs"][number]): Hex {
  const { firstSlot, bytes } = encodeStretch(energy);
  const words = size(bytes) / (SLOTS_A_WORD * SLOT_BYTES);
  return concat([uint(buy, 16, "buy"), encodePacked(["uint8", "uint8"], [firstSlot / SLOTS_A_WORD, words]), bytes]);
}

/** @param name of the field, which is the same in every language */
function uint(value: number | bigint, bits: number, name: string): Hex {
  if (value < 0 || BigInt(value) >= 1n << BigInt(bits)) {
    throw new PackingError({
      en: `A round has ${bits} bits for ${name}, and ${value} does not fit into them.`,
      zh: `一轮出清中 ${name} 为 ${bits} 位，${value} 超出范围。`,
    });
  }
  return numberToHex(value, { size: bits / 8 });
}

/** The buy orders out of their bytes. */
export function unpackOrders(packed: Hex): PackableOrder[] {
  return readAll(packed, readOrder);
}

/** The sales out of their bytes. */
export function unpackSales(packed: Hex): PackableSale[] {
  return readAll(packed, readSale);
}

function readAll<Item>(packed: Hex, read: (reader: Reader) => Item): Item[] {
  const reader = new Reader(packed);
  const items = repeat(reader.number(2), () => read(reader));
  reader.end();
  return items;
}

function readOrder(reader: Reader): PackableOrder {
  const trader = reader.number(2);
  const meter = reader.uint(8);
  const expiry = reader.uint(5);
  const totalEnergyWh = reader.uint(8);
  const [nonce, bandCount, flags] = [reader.number(4), reader.number(1), reader.number(1)];
  const [totalAmountFen, maxFen] = [reader.uint(16), reader.uint(16)];
  const has = (flag: number) => (flags & flag) !== 0;
  const bands = repeat(bandCount, () => readBand(reader));
  const signature = has(PRESIGNED) ? undefined : reader.bytes(SIGNATURE_BYTES);
  const fill = has(WAS_FILLED)
    ? { filled: decodeCurve(reader.bytes(CURVE_BYTES)), usedFen: reader.uint(32) }
    : undefined;
  return {
    ...{ trader, meter, expiry, totalEnergyWh, totalAmountFen, maxFen, nonce, bands, signature, fill },
    ...{ continuous: has(CONTINUOUS), greenCertificates: has(GREEN_CERTIFICATES) },
  };
}

function readBand(reader: Reader): Band {
  const [fromSlot, toSlot] = [reader.number(1), reader.number(1)];
  return { fromSlot, toSlot, energyWh: reader.number(4), price: reader.number(4) };
}

function readSale(reader: Reader): PackableSale {
  const order = readOrder(reader);
  const [mark, legCount] = [reader.number(1), reader.number(2)];
  return { order, sold: readSoldBefore(reader, mark), legs: repeat(legCount, () => readLeg(reader)) };
}

function readSoldBefore(reader: Reader, mark: number): PackableSale["sold"] {
  if (mark === NOTHING) return undefined;
  if (mark === AS_LEFT) return "as left";
  return { position: decodeCurve(reader.bytes(CURVE_BYTES)), trades: reader.bytes(HASH_BYTES) };
}

function readLeg(reader: Reader): PackableSale["legs"][number] {
  const [buy, firstWord, words] = [reader.number(2), reader.number(1), reader.number(1)];
  const bytes = reader.bytes(words * SLOTS_A_WORD * SLOT_BYTES);
  return { buy, energy: decodeStretch(firstWord * SLOTS_A_WORD, bytes) };
}

/** One field after the other. */
class Reader {
  readonly #packed: Hex;
  #at = 0;

  constructor(packed: Hex) {
    this.#packed = packed;
  }

  bytes(length: number): Hex {
    if (length === 0) return "0x";
    const [from, to] = [this.#at, this.#at + length];
    if (to > size(this.#packed))
      throw new PackingError({
        en: `The packed round ends in the middle, at byte ${from}.`,
        zh: `打包的出清数据不完整，在第 ${from} 字节处中断。`,
      });
    this.#at = to;
    return slice(this.#packed, from, to);
  }

  uint = (length: number): bigint => hexToBigInt(this.bytes(length));
  number = (length: number): number => Number(this.uint(length));

  end(): void {
    if (this.#at !== size(this.#packed)) {
      throw new PackingError({
        en: `The packed round has ${size(this.#packed) - this.#at} bytes too many at its end.`,
        zh: `打包的出清数据末尾多出 ${size(this.#packed) - this.#at} 字节。`,
      });
    }
  }
}

function repeat<Item>(count: number, make: () => Item): Item[] {
  return Array.from({ length: count }, make);
}
