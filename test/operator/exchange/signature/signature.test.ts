import { expect } from "chai";
import fc from "fast-check";
import { type Hex, numberToHex, slice } from "viem";
import { generatePrivateKey, privateKeyToAccount, sign } from "viem/accounts";
import { isSignedByKey } from "../../../../operator/exchange/signature/isSignedByKey.ts";
import { OrderHashError, orderHasher } from "../../../../operator/exchange/signature/orderHasher.ts";
import { recoverKey } from "../../../../operator/exchange/signature/recoverKey.ts";
import { isSignedByKey as isSignedByKeyOfSdk, type Market, type Order, orderDigest } from "../../../../sdk/index.ts";
import { anyBands } from "../../../utils/arbitraries.ts";
import { highS } from "../../../utils/highS.ts";

const market: Market = { chainId: 31337, escrow: "0x00000000000000000000000000000000000000E5" };
const key = generatePrivateKey();
const { address: trader } = privateKeyToAccount(key);
const digestOf = orderHasher(market);

const word = (bits: number) =>
  fc.oneof(fc.constant(0n), fc.constant(2n ** BigInt(bits) - 1n), fc.bigInt(0n, 2n ** BigInt(bits) - 1n));
const anyOrder: fc.Arbitrary<Order> = fc.record({
  side: fc.constantFrom("sell" as const, "buy" as const),
  trader: word(160).map((value) => numberToHex(value, { size: 20 })),
  meter: word(64),
  day: fc.integer({ min: 0, max: 100_000 }),
  paymentDays: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
  continuous: fc.boolean(),
  greenCertificates: fc.boolean(),
  expiry: word(64),
  bands: anyBands,
  totalEnergyWh: word(256),
  totalAmountFen: word(256),
  maxFen: word(256),
  nonce: word(32).map(Number),
});
const order = fc.sample(anyOrder, { numRuns: 1, seed: 1 })[0]!;
const signed = (digest: Hex) => sign({ hash: digest, privateKey: key, to: "hex" });

describe("the digest of an order", () => {
  it("is what viem makes of the same order, on any market", () => {
    fc.assert(
      fc.property(anyOrder, word(160), fc.integer({ min: 1, max: 2 ** 31 }), (order, escrow, chainId) => {
        const elsewhere = { chainId, escrow: numberToHex(escrow, { size: 20 }) };
        expect(orderHasher(elsewhere)(order)).to.equal(orderDigest(order, elsewhere));
        expect(digestOf(order)).to.equal(orderDigest(order, market));
      }),
      { numRuns: 150 },
    );
  });

  it("keeps nothing of the order before, long or refused", () => {
    const long = {
      ...order,
      bands: Array.from({ length: 96 }, (_, i) => ({ fromSlot: i, toSlot: i + 1, energyWh: i + 1, price: i })),
    };
    for (const each of [order, long, { ...order, bands: long.bands.slice(0, 3) }, order]) {
      expect(() => digestOf({ ...order, nonce: 2 ** 32 })).to.throw(OrderHashError);
      expect(digestOf(each)).to.equal(orderDigest(each, market));
    }
  });

  it("refuses what does not fit into a field", () => {
    const band = { fromSlot: 0, toSlot: 96, energyWh: 1, price: 1 };
    for (const [wrong, words] of [
      [{ meter: -1n }, "meter is -1"],
      [{ expiry: 2n ** 64n }, "below 2^64"],
      [{ nonce: 2 ** 32 }, "below 2^32"],
      [{ paymentDays: 2 ** 16 }, "paymentDays is 65536"],
      [{ paymentDays: 0.5 }, "paymentDays is 0.5"],
      [{ totalEnergyWh: 2n ** 256n }, "below 2^256"],
      [{ trader: "0x12" as Hex }, "is not an account"],
      [{ bands: [{ ...band, toSlot: 256 }] }, "toSlot is 256"],
      [{ bands: [{ ...band, price: Number.NaN }] }, "priceFenPerMWh is NaN"],
    ] as const) {
      expect(() => digestOf({ ...order, ...wrong })).to.throw(OrderHashError, words);
    }
  });
});

describe("the key of a signature", () => {
  const digest = digestOf(order);

  it("is the signer's, and nobody else's", async () => {
    const signature = await signed(digest);
    expect(recoverKey(digest, signature)).to.equal(trader.toLowerCase());
    expect(isSignedByKey(digest, signature, trader)).to.equal(true);
    expect(isSignedByKey(digest, signature, market.escrow)).to.equal(false);
    expect(isSignedByKey(digestOf({ ...order, nonce: order.nonce ^ 1 }), signature, trader)).to.equal(false);
  });

  it("is none for a signature in any other form", async () => {
    const signature = await signed(digest);
    const v = Number.parseInt(signature.slice(130), 16);
    const compact: Hex = `0x${signature.slice(2, 66)}${(v === 28 ? BigInt(slice(signature, 32, 64)) | (1n << 255n) : BigInt(slice(signature, 32, 64))).toString(16).padStart(64, "0")}`;
    const zero = "0".repeat(64);
    for (const other of [
      highS(signature),
      `${slice(signature, 0, 64)}0${v - 27}`,
      `${slice(signature, 0, 64)}1d`,
      `${slice(signature, 0, 64)}25`,
      compact,
      slice(signature, 0, 64),
      slice(signature, 0, 32),
      `${signature}00`,
      "0x",
      `0x${zero}${signature.slice(66)}`,
      `${slice(signature, 0, 32)}${zero}1b`,
      `0x${"f".repeat(64)}${signature.slice(66)}`,
      `${signature.slice(0, -1)}g`,
    ] as Hex[]) {
      expect(isSignedByKey(digest, other, trader), other).to.equal(false);
    }
  });

  it("is what viem finds, for signatures that are right, damaged, or nothing at all", async () => {
    await fc.assert(
      fc.asyncProperty(
        word(256),
        fc.oneof(fc.constant(undefined), fc.nat({ max: 64 })),
        fc.integer({ min: 1, max: 255 }),
        async (message, damaged, change) => {
          const digest = numberToHex(message, { size: 32 });
          const signature = [...Buffer.from((await signed(digest)).slice(2), "hex")];
          if (damaged !== undefined) signature[damaged]! ^= change;
          const hex: Hex = `0x${Buffer.from(signature).toString("hex")}`;
          expect(isSignedByKey(digest, hex, trader)).to.equal(await isSignedByKeyOfSdk(digest, hex, trader));
        },
      ),
      { numRuns: 100 },
    );
  });
});
