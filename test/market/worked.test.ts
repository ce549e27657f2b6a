import { expect } from "chai";
import fc from "fast-check";
import { readParameters } from "../../scripts/deploy/parameters.ts";
import { root } from "../../scripts/root.ts";
import { encodeCurve, formatDay, parseDay, SOURCES, startOfDay, threePartCurve } from "../../sdk/index.ts";
import { plausibleEnergy, plausiblePrice } from "../utils/arbitraries.ts";
import {
  bondFen,
  businessDayFrom,
  type DeviationRule,
  daysBetween,
  deviationFen,
  energyFen,
  lateFeeFen,
  networkFen,
  presentValueFen,
  type Slot,
} from "../utils/formulas.ts";
import { deployHarness, type Harness } from "../utils/harness.ts";
import { deployInProcess, type InProcess } from "../utils/inProcess.ts";

const PERIODS = ["exempt", "slot", "day"];
const THERMAL = SOURCES.indexOf("Thermal");
const MWH = 1_000_000;

/** Sources: "Book" is 《电力现货市场实务》 (ISBN 978-7-5198-7218-2). */
describe("the contracts against the rules' own formulas", function () {
  this.timeout(120_000);
  let chain: InProcess;
  let harness: Harness;

  before(async () => {
    chain = await deployInProcess();
    harness = await deployHarness(chain);
  });

  /** What the contracts' libraries make of a day. */
  const settle = async (slots: Slot[], rule: DeviationRule, tariff = 0n, bondRateBp = 0) => {
    const day = (value: (slot: Slot) => number) =>
      encodeCurve([...slots.map(value), ...new Array<number>(96 - slots.length).fill(0)]);
    const { toleranceBp, rateBp, fixedPrice } = rule;
    const [figures] = await harness.settle([
      {
        energy: day(({ soldWh }) => soldWh),
        offset: "0x",
        metered: day(({ deliveredWh }) => deliveredWh),
        price: day(({ price }) => price),
        tariff,
        bondRateBp,
        rule: {
          source: THERMAL,
          toleranceBp,
          rateBp,
          priceFenPerMWh: fixedPrice,
          period: PERIODS.indexOf(rule.period),
          payee: 0,
        },
      },
    ]);
    return figures as Record<"energyFen" | "networkFen" | "bondFen" | "deviationFen", bigint>;
  };
  const charged = async (slots: Slot[], rule: DeviationRule) => {
    const onChain = (await settle(slots, rule)).deviationFen;
    expect(onChain, "contract and formula").to.equal(deviationFen(slots, rule));
    return onChain;
  };
  const exempt: DeviationRule = { period: "exempt", toleranceBp: 0, rateBp: 0, fixedPrice: 0 };

  describe("deviation rules", () => {
    it("Sichuan 2018, no down-regulation called: 4 % are free, then 10 % of the average price including transmission", async () => {
      // 100 MWh at the approved 401.20 元/MWh, 90 arrive: 10 - 4 = 6 MWh x (40.12 + 10 % of 162.60) = 338.28 元.
      // Sources: Sichuan's mid and long-term trading rules of 2018; tariff 1-10 kV two-part 2020-22, 0.1626 元/kWh.
      const slots = [0, 1, 2, 3].map((slot) => ({
        soldWh: 25 * MWH,
        deliveredWh: (slot === 0 ? 15 : 25) * MWH,
        price: 40_120,
      }));
      const rule: DeviationRule = { period: "day", toleranceBp: 400, rateBp: 1_000, fixedPrice: 1_626 };
      expect(await charged(slots, rule)).to.equal(33_828n);
    });

    it("Fujian's draft: coal is free within 3 %, then pays 5 % of the clearing price; water, wind and sun are exempt", async () => {
      // 200 MWh sold, 180 arrive, clearing at 350 元/MWh: 20 - 6 = 14 MWh x 17.50 = 245.00 元.
      const slots = [0, 1].map(() => ({ soldWh: 100 * MWH, deliveredWh: 90 * MWH, price: 38_000 }));
      expect(await charged(slots, { period: "slot", toleranceBp: 300, rateBp: 0, fixedPrice: 1_750 })).to.equal(
        24_500n,
      );
      expect(await charged(slots, exempt)).to.equal(0n);
    });

    it("Shaanxi's green contracts 2022: every missing MWh costs 10 % of the contract's average price", async () => {
      // 50 MWh by the three-part curve (Book ch. 19) at 420, 350 and 280 元/MWh: on average 371; 8 MWh missing = 296.80 元.
      const prices = (slot: number) => (slot < 36 ? 28_000 : slot < 72 ? 42_000 : 35_000);
      let missing = 8 * MWH;
      const slots = threePartCurve(50n * BigInt(MWH)).map((soldWh, slot) => {
        const lost = Math.min(missing, soldWh);
        missing -= lost;
        return { soldWh, deliveredWh: soldWh - lost, price: prices(slot) };
      });
      expect(await charged(slots, { period: "day", toleranceBp: 0, rateBp: 1_000, fixedPrice: 0 })).to.equal(29_680n);
    });

    it("any day, any rule", async () => {
      const rules = fc.record({
        period: fc.constantFrom("exempt" as const, "slot" as const, "day" as const),
        toleranceBp: fc.integer({ min: 0, max: 10_000 }),
        rateBp: fc.integer({ min: 0, max: 20_000 }),
        fixedPrice: fc.integer({ min: 0, max: 100_000 }),
      });
      const days = fc.sample(fc.tuple(plausibleEnergy, plausibleEnergy, plausiblePrice, rules), 60);
      for (const [sold, metered, price, rule] of days) {
        const slots = sold.map((soldWh, slot) => ({
          soldWh,
          deliveredWh: Math.min(soldWh, metered[slot] ?? 0),
          price: price[slot] ?? 0,
        }));
        expect((await settle(slots, rule)).energyFen).to.equal(energyFen(slots));
        await charged(slots, rule);
      }
    });
  });

  describe("network charge and bond", () => {
    it("a neighbour pays for its own voltage less the highest used: 1-10 kV less 35 kV", async () => {
      // 12.345 MWh x (0.1626 - 0.1355) 元/kWh = 334.5495 元. Sources: 发改能源〔2017〕1901号; Sichuan's tariffs of 2020-22.
      const slots = [{ soldWh: 12_345_000, deliveredWh: 12_345_000, price: 0 }];
      const expected = networkFen(12_345_000n, [1_626n, 10_000n], [1_355n, 10_000n]);
      expect(expected).to.equal(33_455n);
      expect((await settle(slots, exempt, 2_710_000n)).networkFen).to.equal(expected);
    });

    it("government funds of 0.196875 分/kWh are charged to the last digit", async () => {
      // 987.654 MWh x 0.00196875 元/kWh = 1,944.4438125 元. Source: the funds in Sichuan's price (Book ch. 19).
      const slots = [{ soldWh: 987_654_000, deliveredWh: 987_654_000, price: 0 }];
      const expected = networkFen(987_654_000n, [196_875n, 100_000_000n], [0n, 1n]);
      expect(expected).to.equal(194_444n);
      expect((await settle(slots, exempt, 196_875n)).networkFen).to.equal(expected);
    });

    it("a bond of 15 % takes every begun fen", async () => {
      const slots = [{ soldWh: MWH, deliveredWh: MWH, price: 40_121 }];
      // 15 % of 401.21 元 = 60.1815 元.
      expect(bondFen(40_121n, 1_500)).to.equal(6_019n);
      expect((await settle(slots, exempt, 0n, 1_500)).bondFen).to.equal(6_019n);
    });
  });

  describe("days", () => {
    it("counts the tenor as a calendar does: half a year from 22 November is 181 days", () => {
      const days = parseDay("2027-05-22") - parseDay("2026-11-22");
      expect(days).to.equal(daysBetween("2026-11-22", "2027-05-22")).and.to.equal(181);
      // A leap day counts.
      expect(parseDay("2028-03-01") - parseDay("2028-02-28")).to.equal(daysBetween("2028-02-28", "2028-03-01"));
    });

    it("moves a payment due on a Saturday to Monday, and past announced days off, like a calendar", async () => {
      const { daysOff } = readParameters(`${root}/deployments/parameters/local.json`).parameters.financeRules;
      const off = daysOff.map((day) => formatDay(day));
      const financeRules = chain.contract("FinanceRules");
      expect(businessDayFrom("2026-11-28", off)).to.equal("2026-11-30");
      for (let day = parseDay("2026-11-20"); day < parseDay("2027-11-20"); day += 3) {
        const found = formatDay(Number(await financeRules.businessDayFrom(day)));
        expect(found, formatDay(day)).to.equal(businessDayFrom(formatDay(day), off));
      }
    });
  });

  describe("claims", () => {
    it("discounts 1,000,000.00 元 due in 180 days at 3.85 % to 980,750.00 元", async () => {
      // Bank discount, actual/360: 1,000,000 x (1 - 0.0385 x 180 / 360).
      const [price] = await harness.discount([{ faceFen: 100_000_000n, rateBp: 385, daysToDue: 180 }]);
      expect(price)
        .to.equal(presentValueFen(100_000_000n, 385, 180))
        .and.to.equal(98_075_000n);
    });

    it("charges a debtor 30 days late at 5.25 % on 1,000,000.00 元 with 4,375.00 元", async () => {
      const fee = lateFeeFen([{ unpaidFen: 100_000_000n, days: 30 }], 525);
      expect(fee).to.equal(437_500n);
      expect(await harness.lateFees([100_000_000n * 525n * 30n])).to.deep.equal([fee]);
    });

    it("charges what is unpaid, stretch by stretch, and rounds once", async () => {
      const stretch = fc.record({ unpaidFen: fc.bigInt({ min: 0n, max: 10n ** 14n }), days: fc.nat(400) });
      const lives = fc.sample(fc.tuple(fc.array(stretch, { maxLength: 6 }), fc.nat(3_600)), 200);
      const accrued = lives.map(([stretches, rateBp]) =>
        stretches.reduce((sum, { unpaidFen, days }) => sum + unpaidFen * BigInt(rateBp * days), 0n),
      );
      const expected = lives.map(([stretches, rateBp]) => lateFeeFen(stretches, rateBp));
      expect(await harness.lateFees(accrued)).to.deep.equal(expected);
    });

    it("counts a day as late from its first second in Shanghai to its last", async () => {
      const from = startOfDay(parseDay("2026-12-01"));
      const seconds = [-1, 0, 86_399, 86_400, 30 * 86_400 - 1, 30 * 86_400];
      const late = await harness.daysLate(
        seconds.map(() => from),
        seconds.map((second) => from + second),
      );
      expect(late).to.deep.equal([0n, 1n, 1n, 2n, 30n, 31n]);
    });
  });
});
