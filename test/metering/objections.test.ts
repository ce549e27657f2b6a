import { expect } from "chai";
import {
  buildObjection,
  type Curve,
  type Day,
  explain,
  hashCurve,
  MeterDayError,
  readObjections,
  reasonHash,
  rootReports,
  startOfDay,
  ZERO_CURVE,
} from "../../sdk/index.ts";
import { type Member, TestMarket } from "../utils/market.ts";

const REASON = reasonHash("The meter stood still from 10:00 on.");

describe("objections to readings, by a node alone", () => {
  let market: TestMarket;
  let plant: Member;
  let beside: Member;
  let day: Day;

  const levelAt = (wh: number): Curve => ZERO_CURVE.map(() => wh);
  const asFactory = () => market.inProcess.contract("ObjectionDesk", "factory");
  const registry = () => market.inProcess.contract("MeterRegistry", "meterOperator");

  before(async function () {
    this.timeout(120_000);
    market = await TestMarket.create();
    plant = await market.generator("solarPlant");
    beside = await market.withAnotherPlant(plant);
    await market.consumer("factory");
    day = market.today + 1;
    await market.goTo(startOfDay(day + 1));
  });

  it("are refused while there is no reading", async () => {
    const error = await buildObjection(market.platform, plant.meter, day, REASON).catch((thrown: Error) => thrown);
    expect(error).to.be.instanceOf(MeterDayError);
    expect((error as Error).message).to.contain("no reading yet");
  });

  it("are made to a day under a root, by its proof, once", async () => {
    const readings = [plant, beside].map(({ meter }, index) => ({
      ...{ meter, day, quality: "Measured" as const, curve: levelAt(100 + index) },
    }));
    await registry().reportRoots(rootReports(readings));
    const args = await buildObjection(market.platform, plant.meter, day, REASON);
    expect(args[4].root).to.equal(1n);
    await asFactory().object(...args);
    const again = await asFactory()
      .object(...args)
      .catch((thrown: unknown) => thrown);
    expect(explain(again, "en")).to.contain("has objected to version 1");
    expect(explain(again, "zh")).to.contain("每版只需一次");
  });

  it("are made to the version that took its place, and are all found", async () => {
    const [, , curveHash, , proof] = await buildObjection(market.platform, plant.meter, day, REASON);
    await registry().recordDays([{ meter: plant.meter, day }], [curveHash], proof);
    await registry().report([{ meter: plant.meter, day, quality: 0, curve: `0x${"0000000f".repeat(96)}` }]);
    const args = await buildObjection(market.platform, plant.meter, day, REASON);
    expect(args.slice(1, 3)).to.deep.equal([2, hashCurve(levelAt(15))]);
    await asFactory().object(...args);
    const found = await readObjections(market.platform, plant.meter, day);
    expect(found.map(({ version, curveHash }) => [version, curveHash])).to.deep.equal([
      [1, hashCurve(levelAt(100))],
      [2, hashCurve(levelAt(15))],
    ]);
    expect(new Set(found.map(({ reasonHash, participant }) => `${reasonHash} ${participant}`)).size).to.equal(1);
    expect(await readObjections(market.platform, beside.meter, day)).to.deep.equal([]);
  });

  it("are refused once the day is final, until it is corrected", async () => {
    const { finalisableAt } = await registry().dayOf(plant.meter, day);
    await market.goTo(Number(finalisableAt));
    await registry().finalise([{ meter: plant.meter, day }]);
    const error = await buildObjection(market.platform, plant.meter, day, REASON).catch((thrown: Error) => thrown);
    expect((error as Error).message).to.contain("Version 2");
    await registry().correct([{ meter: plant.meter, day, quality: 0, curve: `0x${"00000010".repeat(96)}` }]);
    const args = await buildObjection(market.platform, plant.meter, day, REASON);
    expect(args.slice(1, 3)).to.deep.equal([3, hashCurve(levelAt(16))]);
    await asFactory().object(...args);
    expect(await readObjections(market.platform, plant.meter, day)).to.have.length(3);
  });
});
