import { expect } from "chai";
import fc from "fast-check";
import { type Address, type Hex, numberToHex } from "viem";
import {
  amount,
  BandError,
  bandsToCurves,
  bandTotals,
  bond,
  computeSettlement,
  DAY_SECONDS,
  dateNumber,
  dayOf,
  discountPrice,
  encodeCurve,
  type Market,
  type Order,
  orderDigest,
  packOrder,
  type SettlementInput,
  SOURCES,
  type Trade,
  tradeDigest,
} from "../../sdk/index.ts";
import { anyBands, anyCurve, LANE_MAX, plausibleEnergy, plausiblePrice } from "../utils/arbitraries.ts";
import { deployHarness, type Figure, type Harness } from "../utils/harness.ts";
import { deployInProcess, type InProcess } from "../utils/inProcess.ts";

const CASES = 400;
/** Cases in one call. */
const BATCH = 25;

const maxUint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const address: fc.Arbitrary<Address> = fc
  .bigInt({ min: 1n, max: 2n ** 160n - 1n })
  .map((number) => numberToHex(number, { size: 20 }));
/** 1970 to 9999. */
const anyDay = fc.integer({ min: 0, max: 2_932_896 });
const uint16 = fc.integer({ min: 0, max: 65_535 });

describe("the domain library against the contracts", function () {
  this.timeout(300_000);
  let chain: InProcess;
  let harness: Harness;
  let market: Market;

  before(async () => {
    chain = await deployInProcess();
    harness = await deployHarness(chain);
    market = { chainId: 31337, escrow: chain.addresses.TradeEscrow as Address };
  });

  it("computes deliveries, amounts, network charges, bonds and deviation charges alike", async () => {
    const curves = fc.oneof(
      fc.record({ energy: plausibleEnergy, offset: plausibleEnergy, metered: plausibleEnergy, price: plausiblePrice }),
      fc.record({ energy: anyCurve, offset: anyCurve, metered: anyCurve, price: anyCurve }),
      // Short in a few slots only, so that tolerances matter.
      fc
        .record({
          energy: plausibleEnergy,
          price: plausiblePrice,
          lost: fc.array(fc.nat(95), { maxLength: 9 }),
          by: fc.nat(400),
        })
        .map(({ energy, price, lost, by }) => ({
          energy,
          price,
          offset: energy.map(() => 0),
          metered: energy.map((wh, slot) => (lost.includes(slot) ? Math.floor((wh * (10_000 - by)) / 10_000) : wh)),
        })),
    );
    const cases = sample(
      fc.record({
        curves,
        tariff: fc.oneof(maxUint(64), fc.constant(22_880_000n)),
        bondRateBp: uint16,
        rule: fc.record({
          source: fc.integer({ min: 1, max: SOURCES.length - 1 }),
          toleranceBp: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000 }), fc.constant(400)),
          rateBp: uint16,
          priceFenPerMWh: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: LANE_MAX })),
          period: fc.integer({ min: 0, max: 2 }),
          payee: fc.integer({ min: 0, max: 1 }),
        }),
        first: fc.boolean(),
      }),
    );
    await inBatches(cases, async (batch) => {
      const onChain = await harness.settle(
        batch.map(({ curves: { energy, offset, metered, price }, first, ...rest }) => ({
          ...rest,
          energy: encodeCurve(energy),
          offset: first ? "0x" : encodeCurve(offset),
          metered: encodeCurve(metered),
          price: encodeCurve(price),
        })),
      );
      batch.forEach(({ curves: { offset, ...given }, first, tariff, bondRateBp, rule }, index) => {
        const bondFen = bond(amount(given.energy, given.price), bondRateBp);
        // As if invoiced: no bond caps what is compared here.
        const input: SettlementInput = {
          ...given,
          offset: first ? undefined : offset,
          terms: { tariff, bondFen },
          rule,
          late: true,
        };
        const { delivered, ...figures } = computeSettlement(input);
        const found = onChain[index];
        expect(found?.delivered).to.equal(encodeCurve(delivered));
        for (const [name, value] of Object.entries({ ...figures, bondFen })) {
          expect(found?.[name as Figure], name).to.equal(value);
        }
      });
    });
  });

  it("spreads bands and adds up their totals alike, and refuses the same", async () => {
    const row = fc.record({
      fromSlot: fc.integer({ min: 0, max: 100 }),
      toSlot: fc.integer({ min: 0, max: 100 }),
      energyWh: fc.oneof(fc.nat(3), fc.nat(2 ** 32 - 1)),
      price: fc.oneof(fc.nat(3), fc.nat(2 ** 32 - 1)),
    });
    const days = sample(fc.oneof(anyBands, fc.array(row, { maxLength: 3 })));
    let refused = 0;
    await inBatches(days, async (batch) => {
      const onChain = await harness.spread(batch);
      batch.forEach((bands, index) => {
        const found = onChain[index];
        if (!found?.valid) {
          refused++;
          if (bands.length > 0) expect(() => bandsToCurves(bands)).to.throw(BandError);
          return;
        }
        const { energy, price } = bandsToCurves(bands);
        expect(found.energy).to.equal(encodeCurve(energy));
        expect(found.price).to.equal(encodeCurve(price));
        expect(bandTotals(bands)).to.deep.equal({ totalEnergyWh: found.energyWh, totalAmountFen: found.amountFen });
      });
    });
    expect(refused).to.be.within(1, days.length - 1);
  });

  it("names days alike, leap years included", async () => {
    const leap = [2000, 2024, 2100, 2400].flatMap((year) =>
      [58, 59, 60].map((n) => Math.floor((year - 1970) * 365.2425) + n),
    );
    const days = [0, 2_932_896, ...leap, ...sample(anyDay)];
    expect(await harness.dateNumbers(days)).to.deep.equal(days.map((day) => BigInt(dateNumber(day))));

    const midnights = days
      .flatMap((day) => [-1, 0, 1].map((s) => day * DAY_SECONDS - 28_800 + s))
      .filter((s) => s >= 0);
    const seconds = midnights.filter((second) => second < 2_932_896 * DAY_SECONDS);
    expect(await harness.daysAt(seconds)).to.deep.equal(seconds.map((second) => BigInt(dayOf(second))));
  });

  it("discounts alike", async () => {
    const cases = sample(
      fc.record({
        faceFen: fc.oneof(maxUint(128), fc.bigInt({ min: 0n, max: 1_000n }), fc.bigInt({ min: 0n, max: 10n ** 12n })),
        rateBp: fc.oneof(fc.integer({ min: 0, max: 3_600 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
        daysToDue: fc.integer({ min: 0, max: 365 }),
      }),
    );
    const onChain = await harness.discount(cases);
    cases.forEach(({ faceFen, rateBp, daysToDue }, index) => {
      if (onChain[index] === 0n) expect(() => discountPrice(faceFen, rateBp, daysToDue)).to.throw();
      else expect(discountPrice(faceFen, rateBp, daysToDue)).to.equal(onChain[index]);
    });
  });

  it("hashes what people sign as the escrow does", async () => {
    const escrow = chain.contract("TradeEscrow");
    const signed = {
      day: anyDay,
      paymentDays: uint16,
      greenCertificates: fc.boolean(),
      expiry: maxUint(64),
      bands: anyBands,
      totalEnergyWh: maxUint(256),
      totalAmountFen: maxUint(256),
      nonce: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    };
    const trades: fc.Arbitrary<Trade> = fc.record({
      ...signed,
      seller: address,
      buyer: address,
      sellerMeter: maxUint(64),
      buyerMeter: maxUint(64),
      maxPaymentFen: maxUint(256),
      maxBondFen: maxUint(256),
    });
    const orders: fc.Arbitrary<Order> = fc.record({
      ...signed,
      side: fc.constantFrom("sell" as const, "buy" as const),
      trader: address,
      meter: maxUint(64),
      continuous: fc.boolean(),
      // As wide as a round has room for.
      totalEnergyWh: maxUint(64),
      totalAmountFen: maxUint(128),
      expiry: maxUint(40),
      maxFen: maxUint(128),
    });
    await inBatches(sample(trades, 200), (batch) =>
      Promise.all(
        batch.map(async (trade) => {
          expect(await escrow.hashTrade({ ...trade, bands: [...trade.bands] })).to.equal(tradeDigest(trade, market));
        }),
      ),
    );
    await inBatches(sample(orders, 200), (batch) =>
      Promise.all(
        batch.map(async (order) => {
          const sell = order.side === "sell";
          const { side: _, trader, day, paymentDays, ...rest } = order;
          const packed = packOrder({ ...rest, trader: 0 });
          const found = await escrow.hashOrder(sell, trader, day, paymentDays, packed);
          expect(found as Hex).to.equal(orderDigest(order, market));
        }),
      ),
    );
  });
});

function sample<Value>(values: fc.Arbitrary<Value>, count = CASES): Value[] {
  return fc.sample(values, count);
}

async function inBatches<Value>(
  values: readonly Value[],
  compare: (batch: Value[]) => Promise<unknown>,
): Promise<void> {
  for (let next = 0; next < values.length; next += BATCH) await compare(values.slice(next, next + BATCH));
}
