import { expect } from "chai";
import { Wallet } from "ethers";
import { type Hex, hashTypedData, hexToBigInt, keccak256, size, slice } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import {
  amount,
  type Band,
  bandsToCurves,
  buildOrder,
  buildRound,
  buildTrade,
  isSignedByKey,
  type Market,
  type OrderInput,
  orderCost,
  orderDigest,
  orderTypedData,
  PackingError,
  packOrder,
  packOrders,
  packSales,
  pageNonce,
  parseDay,
  RoundError,
  type RoundInput,
  type SignedOrder,
  SignerError,
  scheduleHash,
  signOrder,
  signTrade,
  signTypedData,
  startOfDay,
  TermsError,
  termsCommitment,
  tradeDigest,
  tradeTypedData,
  unpackOrders,
  unpackSales,
  WholeError,
  ZERO_CURVE,
} from "../../sdk/index.ts";
import { highS } from "../utils/highS.ts";

const keys = { seller: generatePrivateKey(), buyer: generatePrivateKey(), other: generatePrivateKey() };
const [seller, buyer, other] = Object.values(keys).map((key) => privateKeyToAccount(key)) as [
  ReturnType<typeof privateKeyToAccount>,
  ReturnType<typeof privateKeyToAccount>,
  ReturnType<typeof privateKeyToAccount>,
];
const market: Market = { chainId: 31337, escrow: "0x00000000000000000000000000000000000000E5" };
const day = parseDay("2026-11-23");
const bands: Band[] = [
  { fromSlot: 0, toSlot: 36, energyWh: 100_000, price: 30_000 },
  { fromSlot: 36, toSlot: 72, energyWh: 250_001, price: 40_120 },
];
const conditions = { tariff: 22_880_000n, bondRateBp: 1_500 };
const trade = buildTrade(
  { seller: seller.address, buyer: buyer.address, sellerMeter: 1n, buyerMeter: 2n, day, bands },
  conditions,
);
const order = (input: Partial<OrderInput> = {}) =>
  buildOrder(
    { side: "buy", trader: buyer.address, meter: 2n, day, bands, ...input },
    { ...conditions, priceCap: 60_000 },
  );

describe("trades and orders", () => {
  it("carries the totals of its bands and exactly what the rules ask as maxima", () => {
    const { energy, price } = bandsToCurves(bands);
    expect(trade.totalEnergyWh).to.equal(36n * 100_000n + 36n * 250_001n);
    expect(trade.totalAmountFen).to.equal(amount(energy, price));
    // 12,600,036 Wh at 0.2288 元/kWh: 288,288.82... fen.
    expect(trade.maxPaymentFen - trade.totalAmountFen).to.equal(288_289n);
    expect(trade.maxBondFen).to.equal((trade.totalAmountFen * 15n + 99n) / 100n);
    expect(trade.expiry).to.equal(BigInt(startOfDay(day)));
    expect(trade.paymentDays).to.equal(0);
  });

  it("lets a sale be cleared at the price cap and a purchase at its limits, with room for rounding", () => {
    const sale = order({ side: "sell", trader: seller.address });
    expect(sale.maxFen).to.equal((sale.totalEnergyWh * 60_000n * 1_500n + 10n ** 10n - 1n) / 10n ** 10n + 100n);
    expect(order().maxFen).to.equal(trade.maxPaymentFen + 100n);
    expect(order({ maxFen: 5n }).maxFen).to.equal(5n);
  });

  it("gives each a nonce of its own, or one of a page", () => {
    expect(order().nonce).not.to.equal(order().nonce);
    expect(pageNonce(3, 7)).to.equal(3 * 112 + 7);
    expect(() => pageNonce(3, 112)).to.throw(WholeError);
  });

  it("costs a purchase its money and charge, on terms the energy apart, and a sale its bond at the cap", () => {
    const asked = { ...conditions, priceCap: 60_000 };
    const networkFen = trade.maxPaymentFen - trade.totalAmountFen;
    expect(orderCost(order({ maxFen: 10n ** 12n }), asked)).to.deep.equal({ lockedFen: order().maxFen, termsFen: 0n });
    expect(orderCost(order({ paymentDays: 30 }), asked)).to.deep.equal({
      lockedFen: networkFen + 100n,
      termsFen: trade.totalAmountFen + 100n,
    });
    const sale = order({ side: "sell", paymentDays: 30 });
    expect(orderCost(sale, asked)).to.deep.equal({ lockedFen: sale.maxFen, termsFen: 0n });
    expect(orderCost({ ...sale, maxFen: 7n }, asked)).to.deep.equal({ lockedFen: 7n, termsFen: 0n });
  });

  it("refuses a trade without bands or with oneself", () => {
    expect(() => buildTrade({ ...trade, bands: [] }, conditions)).to.throw(TermsError);
    expect(() => buildTrade({ ...trade, buyer: seller.address }, conditions)).to.throw(TermsError);
    expect(() => order({ bands: [] })).to.throw(TermsError);
  });
});

describe("typed data", () => {
  it("shows the day as a date and the bands with their units", () => {
    const { domain, message } = tradeTypedData(trade, market);
    expect(domain.name).to.equal("Dujiang 都江电力市场");
    expect(message.deliveryDate).to.equal(20261123);
    expect(message.bands[1]).to.deep.equal({
      fromSlot: 36,
      toSlot: 72,
      energyWhPerSlot: 250_001,
      priceFenPerMWh: 40_120,
    });
  });

  it("distinguishes a sale from a purchase by its type and its maximum", () => {
    const sale = orderTypedData(order({ side: "sell" }), market);
    expect(sale.primaryType).to.equal("SellOrder");
    expect(sale.message).to.have.property("maxBondFen");
    expect(orderTypedData(order(), market).message).to.have.property("maxPaymentFen");
  });
});

describe("signatures", () => {
  it("is the same from viem, ethers and a browser wallet", async () => {
    const fromViem = await signTrade(trade, market, seller);
    const fromEthers = await signTrade(trade, market, new Wallet(keys.seller));
    const provider = {
      request: async ({ method, params: [, text] }: { method: string; params: [string, string] }) => {
        expect(method).to.equal("eth_signTypedData_v4");
        return seller.signTypedData(JSON.parse(text));
      },
    };
    const fromProvider = await signTrade(trade, market, { address: seller.address, provider });
    expect(fromEthers).to.equal(fromViem);
    expect(fromProvider).to.equal(fromViem);
    expect(await isSignedByKey(tradeDigest(trade, market), fromViem, seller.address)).to.equal(true);
  });

  it("refuses to sign for somebody else", async () => {
    await rejects(signTrade(trade, market, other), SignerError);
    await rejects(signOrder(order(), market, new Wallet(keys.seller)), SignerError);
  });

  it("counts for one message, one chain and one escrow", async () => {
    const { order: signed, signature } = await signOrder(order(), market, buyer);
    const elsewhere = { ...market, chainId: 1 };
    const otherEscrow: Market = { ...market, escrow: "0x00000000000000000000000000000000000000E6" };
    const digests = [
      orderDigest(signed, elsewhere),
      orderDigest(signed, otherEscrow),
      orderDigest({ ...signed, side: "sell" }, market),
      orderDigest({ ...signed, maxFen: signed.maxFen + 1n }, market),
    ];
    for (const digest of digests) expect(await isSignedByKey(digest, signature, buyer.address)).to.equal(false);
    expect(await isSignedByKey(orderDigest(signed, market), signature, seller.address)).to.equal(false);
  });

  it("has one form: low s, 65 bytes", async () => {
    const digest = tradeDigest(trade, market);
    const signature = await signTypedData(tradeTypedData(trade, market), seller);
    for (const variant of [
      highS(signature),
      slice(signature, 0, 64),
      `${signature}00` as Hex,
      zeroV(signature),
      "0x",
    ]) {
      expect(await isSignedByKey(digest, variant as Hex, seller.address)).to.equal(false);
    }
  });
});

describe("terms", () => {
  it("commits to what was sold and to what comes before it", () => {
    const { energy, price } = bandsToCurves(bands);
    expect(scheduleHash(energy)).not.to.equal(scheduleHash(energy, energy));
    expect(termsCommitment(1n, { ...terms, scheduleHash: scheduleHash(energy) }))
      .to.match(/^0x[0-9a-f]{64}$/)
      .and.not.to.equal(termsCommitment(1n, { ...terms, scheduleHash: scheduleHash(energy, price) }));
  });
});

describe("rounds", () => {
  const { energy, price } = bandsToCurves(bands);
  const signature: Hex = `0x${"5a".repeat(65)}`;
  const where = { day, paymentDays: 0, continuous: false };
  const signed = (input: Partial<OrderInput>): SignedOrder => ({ order: order(input), signature });
  const sale = { side: "sell", meter: 1n, trader: seller.address } as const;
  const buy = signed({});

  it("names traders in ascending order and each buy order once", () => {
    const second = signed({ trader: other.address, meter: 9n });
    const round = buildRound({
      round: 1n,
      ...where,
      prices: [{ zone: 3, price }],
      sales: [
        { sell: signed(sale), legs: [second, buy].map((leg) => ({ buy: leg, energy })) },
        { sell: signed({ ...sale, meter: 8n }), legs: [{ buy, energy }] },
      ],
    });
    const { traders } = round;
    const [buys, sales] = [unpackOrders(round.buys), unpackSales(round.sales)];
    expect(traders.map((trader) => hexToBigInt(trader))).to.deep.equal(
      [seller, buyer, other].map(({ address }) => hexToBigInt(address)).sort((a, b) => (a < b ? -1 : 1)),
    );
    expect(buys.map(({ trader }) => traders[trader])).to.deep.equal([other.address, buyer.address]);
    expect(sales.map(({ order: { trader } }) => traders[trader])).to.deep.equal([seller.address, seller.address]);
    expect(sales.map(({ legs }) => legs.map((leg) => leg.buy))).to.deep.equal([[0, 1], [1]]);
  });

  it("says what a meter has sold before its first sale, and goes on from there", () => {
    const sold = { position: energy, trades: keccak256("0x01") };
    const selling = (sell: SignedOrder) => ({ sell, sold, legs: [{ buy, energy }] });
    const build = (...sales: RoundInput["sales"]) => buildRound({ round: 1n, ...where, prices: [], sales });
    expect(unpackSales(build(selling(signed(sale))).sales)[0]?.sold).to.deep.equal(sold);
    expect(unpackSales(build({ ...selling(signed(sale)), sold: undefined }).sales)[0]?.sold).to.equal(undefined);
    const [twice, other] = [[sale, sale].map((one) => selling(signed(one))), selling(signed({ ...sale, meter: 8n }))];
    const round = build(other, ...twice);
    expect(unpackSales(round.sales).map((one) => one.sold)).to.deep.equal([sold, sold, "as left"]);
    expect(() => build(...twice.slice(0, 1), other, ...twice.slice(1))).to.throw(
      RoundError,
      `Meter ${sale.meter} sells again after another one`,
    );
  });

  it("packs orders and sales, and reads them again", () => {
    const { side: _side, trader: _trader, day: _day, paymentDays: _days, ...terms } = order({});
    const bare = { ...terms, trader: 3, signature: undefined, fill: undefined };
    const certified = { ...bare, continuous: true, greenCertificates: true };
    const filled = { ...certified, signature, fill: { filled: energy, usedFen: 9n } };
    expect(unpackOrders(packOrders([bare, filled]))).to.deep.equal([bare, filled]);
    const oneSlot = ZERO_CURVE.map((_, slot) => (slot === 50 ? 7 : 0));
    const legs = [energy, oneSlot, ZERO_CURVE].map((curve, buy) => ({ buy, energy: curve }));
    const sold = [
      { order: filled, sold: undefined, legs },
      { order: bare, sold: { position: price, trades: keccak256("0x02") }, legs: [] },
      { order: bare, sold: "as left" as const, legs },
    ];
    expect(unpackSales(packSales(sold))).to.deep.equal(sold);
    // 61 bytes and a band of ten each, signed on chain; then the legs of a sale: a word of eight slots where one is filled.
    expect(size(packOrder(bare))).to.equal(61 + 10 * bands.length);
    const [whole, single] = [packSales([{ order: bare, sold: undefined, legs: [] }]), legs.slice(1, 2)];
    expect(size(packSales([{ order: bare, sold: undefined, legs: single }])) - size(whole)).to.equal(4 + 32);
  });

  it("refuses numbers that a round has no room for, and bytes that are no round", () => {
    const { side: _side, trader: _trader, day: _day, paymentDays: _days, ...terms } = order({});
    const bare = { ...terms, trader: 3, signature };
    expect(() => packOrder({ ...bare, maxFen: 1n << 128n })).to.throw(PackingError, "128 bits for maxFen");
    expect(() => packOrder({ ...bare, trader: -1 })).to.throw(PackingError, "trader");
    expect(() => packOrder({ ...bare, nonce: 2 ** 32 })).to.throw(PackingError, "nonce");
    expect(() => packOrder({ ...bare, signature: "0xc0ffee" })).to.throw(
      PackingError,
      "contracts sign orders on chain",
    );
    const packed = packOrders([bare]);
    expect(() => unpackOrders(slice(packed, 0, 40))).to.throw(PackingError, "ends in the middle");
    expect(() => unpackOrders(`${packed}00`)).to.throw(PackingError, "1 bytes too many");
  });

  it("refuses the same order twice, on the wrong side, of another day or term, and one that waits for the auction", () => {
    const twice = signed(sale);
    const legs = [{ buy, energy }];
    const build = (sells: SignedOrder[], round = 1n, continuous = false) =>
      buildRound({ round, ...where, continuous, prices: [], sales: sells.map((sell) => ({ sell, legs })) });
    expect(() => build([twice, twice])).to.throw(RoundError, "twice");
    expect(() => build([buy])).to.throw(RoundError, "where a sell order belongs");
    expect(() => build([signed({ ...sale, day: day + 1 })])).to.throw(RoundError, "is for day");
    expect(() => build([signed({ ...sale, paymentDays: 30 })])).to.throw(RoundError, "is paid after 30 days");
    expect(() => build([twice], 1n, true)).to.throw(RoundError, "for the auction alone");
    expect(() => build([], 0n)).to.throw(RoundError);
  });
});

const terms = {
  greenCertificates: false,
  seller: 1,
  buyer: 2,
  sellerMeter: 1n,
  buyerMeter: 2n,
  day,
  rules: 1,
  paymentDays: 0,
  source: 5,
  tariff: 1n,
  energyFen: 1n,
  networkFen: 1n,
  bondFen: 1n,
  scheduleHash: hashTypedData(tradeTypedData(trade, market)),
  priceHash: hashTypedData(tradeTypedData(trade, market)),
};

function zeroV(signature: Hex): Hex {
  return `${slice(signature, 0, 64)}${signature.endsWith("1b") ? "00" : "01"}`;
}

async function rejects(promise: Promise<unknown>, kind: new (...args: never[]) => Error): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(kind);
}
