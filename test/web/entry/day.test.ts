import { expect } from "chai";
import fc from "fast-check";
import { type Address, type Hex, numberToHex } from "viem";
import {
  bandsToCurves,
  encodeCurve,
  filledAtOnce,
  type Market,
  type Order,
  orderCost,
  orderDigest,
  packOrder,
  SOURCES,
} from "../../../sdk/index.ts";
import type { DayCurves } from "../../../web/market/entry/entryState.ts";
import { previewOf } from "../../../web/market/entry/preview.ts";
import { type EntryPlace, type EntryRules, mended, totalsOf, violationsOf } from "../../../web/market/entry/totals.ts";
import { plausibleEnergy, plausiblePrice } from "../../utils/arbitraries.ts";
import { deployHarness, type Harness } from "../../utils/harness.ts";
import { deployInProcess, type InProcess } from "../../utils/inProcess.ts";

const DAYS = 500;
/** Days in one call of the contract. */
const BATCH = 25;

const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const address: fc.Arbitrary<Address> = uint(160).map((number) => numberToHex(number, { size: 20 }));
const empty = fc.constant(new Array<number>(96).fill(0));

/** Days of stretches, as templates and bars make them, and days without any order. */
const someDay: fc.Arbitrary<DayCurves> = fc.record({
  energy: fc.oneof(
    plausibleEnergy,
    fc.array(fc.nat(5_000_000), { minLength: 4, maxLength: 4 }).map((four) => stretched(four)),
    fc.tuple(fc.nat(95), fc.nat(5_000_000)).map(([slot, wh]) => empty0().with(slot, wh)),
    empty,
  ),
  price: fc.oneof(
    plausiblePrice,
    fc.nat(200_000).map((price) => empty0().fill(price)),
  ),
});
const someRules: fc.Arbitrary<EntryRules> = fc
  .record({
    tariff: fc.oneof(uint(30), fc.constant(22_880_000n)),
    bondRateBp: fc.integer({ min: 0, max: 10_000 }),
    limits: fc.tuple(fc.nat(200_000), fc.nat(200_000)),
    lotWh: fc.constantFrom(1, 100, 1000),
    slotLimitWh: uint(23),
    sold: fc.option(plausibleEnergy, { nil: undefined }),
  })
  .map(({ limits, tariff, bondRateBp, ...rest }) => ({
    ...rest,
    floor: Math.min(...limits),
    cap: Math.max(...limits),
    conditions: { tariff, bondRateBp, priceCap: Math.max(...limits) },
  }));
const somePlace: fc.Arbitrary<EntryPlace> = fc.record({
  side: fc.constantFrom("sell" as const, "buy" as const),
  trader: address,
  meter: uint(64),
  day: fc.integer({ min: 19_000, max: 40_000 }),
  paymentDays: fc.constantFrom(0, 30, 180),
  continuous: fc.boolean(),
  nonce: fc.nat(2 ** 32 - 1),
});

describe("a day as it is entered", function () {
  this.timeout(300_000);
  let chain: InProcess;
  let harness: Harness;
  let market: Market;

  before(async () => {
    chain = await deployInProcess();
    harness = await deployHarness(chain);
    market = { chainId: 31337, escrow: chain.addresses.TradeEscrow as Address };
  });

  const cases = fc.sample(fc.record({ day: someDay, rules: someRules, place: somePlace }), { numRuns: DAYS, seed: 13 });

  it("comes to what the contracts say, to the fen and the Wh, in totals, sentence and digest", async () => {
    let compared = 0;
    for (let at = 0; at < cases.length; at += BATCH) {
      const entered = cases.slice(at, at + BATCH).flatMap((one) => {
        const totals = totalsOf(one.day, one.place, one.rules);
        if (totals === undefined) expect(one.day.energy.every((wh) => wh === 0)).to.equal(true);
        return totals === undefined ? [] : [{ ...one, totals }];
      });
      const spread = await harness.spread(entered.map(({ totals }) => totals.order.bands));
      const settled = await harness.settle(
        entered.map(({ day, rules }) => ({
          energy: encodeCurve(day.energy),
          offset: "0x",
          metered: encodeCurve(day.energy),
          price: encodeCurve(day.price),
          tariff: rules.conditions.tariff,
          bondRateBp: rules.conditions.bondRateBp,
          rule: { source: SOURCES.indexOf("Solar"), toleranceBp: 0, rateBp: 0, priceFenPerMWh: 0, period: 0, payee: 0 },
        })),
      );
      const digests = await Promise.all(entered.map(({ totals }) => hashOnChain(totals.order)));
      for (const [index, { day, place, rules, totals }] of entered.entries()) {
        const { order } = totals;
        const [bands, trade] = [spread[index]!, settled[index]!];
        expect(bands.energy).to.equal(encodeCurve(day.energy));
        expect(bands.energyWh).to.equal(order.totalEnergyWh);
        expect(bands.amountFen).to.equal(totals.amountFen);
        expect(trade.energyFen).to.equal(totals.amountFen);
        expect(totals.networkFen).to.equal(place.side === "buy" ? trade.networkFen : 0n);
        expect(order.maxFen).to.equal(filledAtOnce(order, rules.conditions) + 100n);
        expect(totals.cost).to.deep.equal(orderCost(order, rules.conditions));
        expect(digests[index]).to.equal(orderDigest(order, market));
        const said = previewOf(totals);
        for (const language of ["en", "zh"] as const) {
          expect(said[language]).to.contain(plain(totals.amountFen, 2)).and.to.contain(plain(order.maxFen, 2));
          expect(energiesIn(said[language])).to.deep.equal([order.totalEnergyWh]);
        }
        compared += 1;
      }
    }
    expect(compared).to.be.within(DAYS / 2, DAYS - 1);
  });

  it("names each slot that would be refused, and mends it", () => {
    let found = 0;
    for (const { day, place, rules } of cases) {
      const violations = violationsOf(day, place.side, rules);
      day.energy.forEach((wh, slot) => {
        const price = day.price[slot]!;
        const isAbove = place.side === "sell" && BigInt(wh) + BigInt(rules.sold?.[slot] ?? 0) > rules.slotLimitWh;
        const isOutside = place.side === "sell" ? price > rules.cap : price < rules.floor;
        const isWrong = wh > 0 && (isAbove || isOutside || wh % rules.lotWh !== 0);
        expect(violations.has(slot), `slot ${slot}`).to.equal(isWrong);
      });
      found += violations.size;
      const after = mended(day, place.side, rules);
      expect(violationsOf(after, place.side, rules).size).to.equal(0);
      expect(after.energy.every((wh, slot) => wh <= day.energy[slot]!)).to.equal(true);
    }
    expect(found).to.be.greaterThan(DAYS);
  });

  it("is the day that its bands describe", () => {
    for (const { day, rules, place } of cases) {
      const totals = totalsOf(day, place, rules);
      if (totals === undefined) continue;
      const { energy, price } = bandsToCurves(totals.order.bands);
      expect(energy).to.deep.equal(day.energy);
      expect(price).to.deep.equal(day.price.map((value, slot) => (day.energy[slot] === 0 ? 0 : value)));
    }
  });

  async function hashOnChain({ side, trader, day, paymentDays, ...rest }: Order): Promise<Hex> {
    const packed = packOrder({ ...rest, trader: 0 });
    return (await chain.contract("TradeEscrow").hashOrder(side === "sell", trader, day, paymentDays, packed)) as Hex;
  }
});

function empty0(): number[] {
  return new Array<number>(96).fill(0);
}

function stretched(four: readonly number[]): number[] {
  return empty0().map((_, slot) => four[Math.floor(slot / 24)]!);
}

/** Base units as decimal text with thousands, made by hand: the page has its own way. */
function plain(units: bigint, decimals: number): string {
  const text = units.toString().padStart(decimals + 1, "0");
  const whole = text.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}.${text.slice(-decimals)}`;
}

/** The Wh of what a sentence says in MWh. */
const energiesIn = (sentence: string): bigint[] =>
  [...sentence.matchAll(/([\d,]+)\.(\d{3,6})\u00a0MWh/g)].map(([, whole, fraction]) =>
    BigInt(whole!.replaceAll(",", "") + fraction!.padEnd(6, "0")),
  );
