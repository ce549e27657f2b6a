import { expect } from "chai";
import fc from "fast-check";
import type { Hex } from "viem";
import { readContract } from "viem/actions";
import {
  buildRecordDays,
  buildSettle,
  buildSurplus,
  buildTrade,
  type Curve,
  contractOf,
  DAY_STATES,
  type Day,
  evidence,
  hashCurve,
  marketOf,
  nameOf,
  proveTogether,
  type Reading,
  readConditions,
  readDaysEndedBy,
  readEvents,
  readingsUnder,
  readMeterDay,
  readMeterDays,
  rootReports,
  signTrade,
  startOfDay,
  ZERO_CURVE,
} from "../../sdk/index.ts";
import { type Member, TestMarket } from "../utils/market.ts";

const PRICE = 40_000;
/** With the seller's own plant; neighbours by number. */
const PLANTS = 9;

describe("meter days under a root, by a node alone", () => {
  let market: TestMarket;
  let seller: Member;
  let buyer: Member;
  let meters: bigint[];
  let day: Day;
  let readings: Reading[];

  before(async function () {
    this.timeout(120_000);
    market = await TestMarket.create();
    seller = await market.generator("solarPlant");
    buyer = await market.consumer("factory");
    meters = [seller.meter];
    while (meters.length < PLANTS) meters.push((await market.withAnotherPlant(seller)).meter);
    day = market.today + 2;
    for (const sellerMeter of meters.slice(0, 4)) await openTrade(sellerMeter);
    readings = meters.map((meter, index) => ({
      ...{ meter, day, quality: index % 3 === 0 ? "Estimated" : "Measured" },
      curve: levelFrom(40 + index, 1_000 * index + 500),
    }));
    await market.goTo(startOfDay(day + 1));
    // Two reports of the same group: a root each.
    await reportRoots(readings.slice(0, 6));
    await reportRoots(readings.slice(6));
  });

  async function openTrade(sellerMeter: bigint) {
    const { inProcess, platform } = market;
    const input = {
      ...{ seller: seller.account.address, buyer: buyer.account.address, sellerMeter, buyerMeter: buyer.meter, day },
      ...{ bands: [{ fromSlot: 40, toSlot: 44, energyWh: 10_000, price: PRICE }], nonce: Number(sellerMeter) },
    };
    const trade = buildTrade(
      { ...input, maxPaymentFen: 10n ** 9n, maxBondFen: 10n ** 9n },
      await readConditions(platform, { sellerMeter, buyerMeter: buyer.meter }),
    );
    const ofBuyer = await signTrade(trade, marketOf(platform), buyer.account);
    const ofSeller = await signTrade(trade, marketOf(platform), seller.account);
    const escrow = inProcess.contract("TradeEscrow", "marketOperator");
    await escrow.open({ ...trade, bands: [...trade.bands] }, ofBuyer, ofSeller, "0x");
  }

  const registry = () => market.inProcess.contract("MeterRegistry", "meterOperator");

  async function reportRoots(some: readonly Reading[]) {
    await registry().reportRoots(rootReports(some));
  }

  const levelFrom = (from: number, wh: number): Curve =>
    ZERO_CURVE.map((_, slot) => (slot >= from && slot < from + 8 ? wh : 0));

  it("are read as any others, and found out of the log of their root", async () => {
    const days = await readMeterDays(market.platform, meters, day);
    for (const [index, { state, inForce, versions, underRoot }] of days.entries()) {
      const { quality, curve } = readings[index] as Reading;
      expect([state, inForce?.version, inForce?.quality]).to.deep.equal(["Reported", 1, quality]);
      expect(inForce?.curve).to.deep.equal(curve);
      expect(versions).to.have.length(1);
      expect(underRoot?.root).to.equal(index < 6 ? 1n : 2n);
    }
    const events = await readEvents(market.platform, "MeterRegistry", ["RootReported"]);
    expect(events.flatMap(readingsUnder)).to.deep.equal(readings);
  });

  it("are proved together, any of them, and with nothing changed", async () => {
    const { platform } = market;
    const contract = contractOf(platform, "MeterRegistry");
    const days = await readMeterDays(platform, meters, day);
    const statesOf = (some: typeof days, hashes: readonly Hex[], proof: ReturnType<typeof proveTogether>[0]["proof"]) =>
      readContract(platform.client, {
        ...{ ...contract, functionName: "statesOf" },
        args: [some.map(({ meter }) => ({ meter, day })), hashes, proof],
      });
    await fc.assert(
      fc.asyncProperty(fc.subarray(days, { minLength: 1 }), fc.nat(), async (some, at) => {
        for (const { proof, days: together } of proveTogether(some)) {
          const hashes = together.map(({ inForce }) => hashCurve(inForce?.curve ?? ZERO_CURVE));
          const states = await statesOf(together, hashes, proof);
          expect(states.map((state) => nameOf(DAY_STATES, state))).to.deep.equal(together.map(() => "Reported"));
          const wrong = hashes.with(at % hashes.length, hashCurve(ZERO_CURVE));
          const error = await statesOf(together, wrong, proof).then(
            () => undefined,
            (thrown: Error) => thrown,
          );
          expect(String(error)).to.match(/WrongProof/);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("get words of their own where something happens to them, and end with their root where nothing does", async () => {
    const { platform } = market;
    const [corrected] = readings as [Reading];
    for (const args of buildRecordDays(await readMeterDays(platform, [corrected.meter, 99n], day))) {
      await registry().recordDays(...args);
    }
    const recorded = await readMeterDay(platform, corrected.meter, day);
    expect([recorded.state, recorded.underRoot, recorded.inForce?.curve]).to.deep.equal([
      ...["Reported", undefined, corrected.curve],
    ]);
    readings[0] = { ...corrected, quality: "Measured", curve: levelFrom(38, 9_000) };
    await market.report(corrected.meter, day, readings[0].curve);
    expect((await readMeterDay(platform, corrected.meter, day)).versions.map(({ version }) => version)).to.deep.equal([
      ...[1, 2],
    ]);

    const { finalisableAt } = await registry().rootOf(1);
    await market.goTo(Number(finalisableAt));
    await registry().finaliseRoots([1, 2]);
    const ended = await readEvents(platform, "MeterRegistry", ["RootFinalised"]);
    const days = (await Promise.all(ended.map((event) => readDaysEndedBy(platform, event)))).flat();
    expect(days.map(({ meter }) => meter)).to.deep.equal(meters.slice(1));
    expect((await readMeterDay(platform, corrected.meter, day)).state).to.equal("Reported");
    await market.finalise(corrected.meter, day);
  });

  it("settle, mint and give evidence as any others", async () => {
    const { platform, inProcess } = market;
    const [runs, prices] = await buildSettle(platform, [1n, 2n, 3n, 4n]);
    // One by its word; three by one proof, out of the root of six.
    expect(runs.map(({ proof, settlements }) => [proof.root, settlements.length])).to.deep.equal([
      ...[
        [0n, 1],
        [1n, 3],
      ],
    ]);
    await inProcess.contract("TradeEscrow", "factory").settle(runs as never, prices);
    const settled = await readEvents(platform, "TradeEscrow", ["TradeSettled"]);
    const delivered = meters
      .slice(0, 4)
      .map((_, index) =>
        [40, 41, 42, 43].reduce(
          (sum, slot) => sum + Math.min(10_000, (readings[index] as Reading).curve[slot] as number),
          0,
        ),
      );
    const byId = new Map(settled.map(({ args }) => [args.id, args.deliveredWh]));
    expect([1n, 2n, 3n, 4n].map((id) => Number(byId.get(id)))).to.deep.equal(delivered);

    const meter = meters[2] as bigint;
    await inProcess.contract("TradeEscrow", "factory").mintSurplus(...(await buildSurplus(platform, meter, day)));
    for (const id of [1n, 3n]) {
      const { checks } = await evidence(platform, id);
      expect(checks.filter(({ holds }) => !holds)).to.deep.equal([]);
      expect(checks.map(({ what }) => what)).to.include(
        id === 1n ? "hash of the reading in force" : "root of the report that the reading in force came in",
      );
    }
  });
});
