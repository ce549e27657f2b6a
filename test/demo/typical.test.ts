import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { TYPICAL_DAYS, typicalFiles } from "../../data/generate.ts";
import { loadMeterDays } from "../../intake/index.ts";
import { formatDay, sumCurve, threePartCurve } from "../../sdk/index.ts";

const path = (name: string) => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
const load = (kind: string) =>
  loadMeterDays(
    path(`typical-${kind}.csv`),
    path(`typical-${kind}.mapping.json`),
    TYPICAL_DAYS.map((day) => ({ source: formatDay(day) })),
  );

describe("typical curves", () => {
  for (const [name, text] of typicalFiles()) {
    it(`${name} is what data/generate.ts writes, and says that it is no measurement`, async () => {
      expect(await readFile(path(name), "utf8")).to.equal(text);
      expect(text.split("\n")[0]).to.contain("not measurements");
      expect(text.split("\n")[1]).to.contain("并非实测数据");
    });
  }

  it("generates by season and sun, within the capacity of each meter", async () => {
    const days = await load("generation");
    const kwh = (meter: string, month: string) => {
      const day = days.find((other) => other.meter === meter && formatDay(other.day) === `2026-${month}-15`);
      return Number(sumCurve(day?.curve ?? [])) / 1000;
    };
    expect(days).to.have.length(36);
    expect(kwh("hydro-station", "07")).to.be.within(110_000, 120_000);
    expect(kwh("hydro-station", "01")).to.be.within(40_000, 45_000);
    expect(kwh("solar-plant", "06")).to.be.within(11_000, 14_000);
    expect(kwh("solar-plant", "12")).to.be.within(4_500, 7_000);
    for (const { meter, curve } of days.filter((day) => day.meter !== "hydro-station")) {
      expect(
        curve.slice(0, 20).every((wh) => wh === 0),
        meter,
      ).to.equal(true);
      // The sun stands highest over Chengdu about an hour after noon in Beijing time.
      expect(curve.indexOf(Math.max(...curve))).to.be.within(49, 54);
    }
  });

  it("consumes by the standard curves of the market, to the Wh", async () => {
    const days = await load("consumption");
    expect(days).to.have.length(48);
    expect(days.find(({ meter }) => meter === "factory")?.curve).to.deep.equal(threePartCurve(30_000_000n));
    expect(sumCurve(days.find(({ meter }) => meter === "charging-depot")?.curve ?? [])).to.equal(4_000_000n);
  });
});
