import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { IntakeRejected, parseMapping, readMeterDays } from "../../intake/index.ts";
import { formatDay, parseDay, sumCurve } from "../../sdk/index.ts";

/** Real readings are not part of the product; they lie beside it where they are available. */
const folder = new URL("../../../shared/data/", import.meta.url);
const file = (name: string) => readFileSync(new URL(name, folder));

const home = (zone: string) =>
  parseMapping({
    zone,
    resolutionMinutes: 30,
    unit: "kW",
    layout: { rows: "intervals", time: { columns: [1], format: "yyyy-MM-dd HH:mm:ss", marks: "start" } },
    meters: [
      { meter: "home-use", direction: "consumption", column: "GC", capacityKw: "14" },
      { meter: "home-solar", direction: "generation", column: "GG", capacityKw: "1.1" },
    ],
  });

describe("meter readings of a real home and of published profiles", () => {
  before(function () {
    if (existsSync(folder)) return;
    console.log("      skipped: the folder ../shared/data with real readings is not here");
    this.skip();
  });

  const year = Array.from({ length: 366 }, (_, index) => ({ source: formatDay(parseDay("2011-07-01") + index) }));

  it("adds a home's year up to 5,938.369 kWh used and 1,296.404 kWh generated", () => {
    const days = readMeterDays(file("ausgrid-customer12-2011-2012.csv"), home("UTC+10"), year);
    const total = (meter: string) =>
      days.filter((day) => day.meter === meter).reduce((sum, { curve }) => sum + sumCurve(curve), 0n);
    expect(days).to.have.length(732);
    expect([total("home-use"), total("home-solar")]).to.deep.equal([5_938_369n, 1_296_404n]);
  });

  it("splits 0.482 kW of a half-hour into 121 and 120 Wh", () => {
    const [use] = readMeterDays(file("ausgrid-customer12-2011-2012.csv"), home("Australia/Sydney"), [
      { source: "2011-07-01" },
    ]);
    expect(use?.curve.slice(0, 8)).to.deep.equal([98, 98, 145, 144, 142, 142, 121, 120]);
  });

  it("rejects the year as a whole for the two days on which Sydney changes its clock", () => {
    expect(() => readMeterDays(file("ausgrid-customer12-2011-2012.csv"), home("Australia/Sydney"), year))
      .to.throw(IntakeRejected, /2011-10-02: Australia\/Sydney changes its clock[\s\S]*2012-04-01: Australia\/Sydney/)
      .with.property("problems")
      .with.length(4);
  });

  it("keeps the clock of Sydney and not standard time: the sun rises an hour later by it from 2 October", () => {
    const picks = ["2011-09-30", "2011-10-03"].map((source) => ({ source, meters: ["home-solar"] }));
    const days = readMeterDays(file("ausgrid-customer12-2011-2012.csv"), home("Australia/Sydney"), picks);
    const last = days.map(({ curve }) => curve.reduce((latest, wh, slot) => (wh > 0 ? slot : latest), 0));
    expect((last[1] ?? 0) - (last[0] ?? 0)).to.equal(4);
  });

  it("reads different dates of the one home as the same delivery day of two meters", () => {
    const mapping = home("Australia/Sydney");
    const days = readMeterDays(file("ausgrid-customer12-2011-2012.csv"), mapping, [
      { source: "2011-07-04", as: "2026-11-20", meters: ["home-use"] },
      { source: "2012-01-09", as: "2026-11-20", meters: ["home-solar"] },
    ]);
    expect(days.map(({ meter, day }) => [meter, formatDay(day)])).to.deep.equal([
      ["home-use", "2026-11-20"],
      ["home-solar", "2026-11-20"],
    ]);
  });

  for (const name of ["h25", "g25", "l25", "p25", "s25"]) {
    const profile = (scale: string) => {
      const mapping = parseMapping({
        zone: "Europe/Berlin",
        headerRows: 2,
        resolutionMinutes: 15,
        unit: "kWh",
        layout: { rows: "intervals", time: { columns: [1], format: "HH:mm*", marks: "start" }, date: "2025-07-07" },
        meters: [{ meter: name, direction: "consumption", column: ["Juli", "WT"], scale }],
      });
      const [day] = readMeterDays(file(`bdew-${name}.csv`), mapping, [{ source: "2025-07-07", as: "2026-11-20" }]);
      return day?.curve ?? [];
    };

    it(`reads a workday in July out of the published profile ${name}, and scales it to a home of 4,000 kWh a year`, () => {
      // Column 22 of the file; its values have three decimals of a kWh, so they are whole Wh.
      const rows = file(`bdew-${name}.csv`).toString("utf8").trim().split("\n").slice(2);
      const published = rows.map((row) => Number((row.split(",")[21] ?? "").replace(".", "")));
      expect(profile("1")).to.deep.equal(published);
      expect(profile("0.004")).to.deep.equal(published.map((wh) => Math.floor((wh * 4 + 500) / 1000)));
    });
  }
});
