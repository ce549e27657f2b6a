import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { LAYOUT_DAY, LAYOUT_SUN, LAYOUT_USE, layoutFiles } from "../../data/layouts.ts";
import {
  IntakeRejected,
  loadMapping,
  loadMeterDays,
  MappingError,
  parseMapping,
  readMeterDays,
} from "../../intake/index.ts";
import { type Curve, subtractCurves, sumCurve, valueAt, ZERO_CURVE } from "../../sdk/index.ts";

const path = (name: string) => fileURLToPath(new URL(`../../data/layouts/${name}`, import.meta.url));
const load = async (name: string) => {
  const days = await loadMeterDays(path(`${name}.csv`), path(`${name}.mapping.json`));
  for (const { day, source } of days) expect([day, source]).to.deep.equal([LAYOUT_DAY, LAYOUT_DAY]);
  return new Map(days.map(({ meter, curve }) => [meter, curve]));
};
/** The file's text and mapping, changed. */
async function changed(name: string, change: (text: string) => string, more: object = {}): Promise<Curve> {
  const mapping = { ...JSON.parse(await readFile(path(`${name}.mapping.json`), "utf8")), ...more };
  const text = await readFile(path(`${name}.csv`), "utf8");
  return readMeterDays(change(text), parseMapping(mapping))[0]?.curve ?? [];
}
async function refused(name: string, change: (text: string) => string, more: object = {}): Promise<string> {
  try {
    await changed(name, change, more);
  } catch (error) {
    if (error instanceof IntakeRejected || error instanceof MappingError) return error.message;
    throw error;
  }
  throw new Error("The readings were taken.");
}
const same = (text: string) => text;

describe("layouts of meters", () => {
  for (const [name, text] of layoutFiles()) {
    it(`${name} is what data/generate.ts writes, and says that it is made up`, async () => {
      expect(await readFile(path(name.slice("layouts/".length)), "utf8")).to.equal(text);
      expect(text).to.match(/^# Made up .*\n# .*编造/);
    });
  }

  for (const name of ["cumulative", "five-minutes", "ten-minutes", "nem12", "statuses", "epoch", "four-decimals"]) {
    it(`say the same day of a household: ${name}`, async () => {
      expect((await load(name)).get("household")).to.deep.equal(LAYOUT_USE);
    });
  }

  it("splits a net series by its direction", async () => {
    const days = await load("net");
    const above = (left: Curve, right: Curve) => left.map((wh, slot) => Math.max(0, wh - valueAt(right, slot)));
    expect(days.get("household")).to.deep.equal(above(LAYOUT_USE, LAYOUT_SUN));
    expect(days.get("rooftop-solar")).to.deep.equal(above(LAYOUT_SUN, LAYOUT_USE));
    const { meters } = await loadMapping(path("net.mapping.json"));
    expect(await refused("net", same, { meters: [meters[0]] })).to.contain("negative part nobody takes");
  });

  it("keeps the records of two registers apart", async () => {
    const sun = (await load("nem12")).get("rooftop-solar");
    expect(sumCurve(sun ?? ZERO_CURVE)).to.equal(sumCurve(LAYOUT_SUN));
    expect(await refused("nem12", (text) => text.replace("500,O", "350,O"))).to.contain('what the record "350" is');
    expect(await refused("nem12", (text) => text.replace(/^200.*E1.*\n/m, ""))).to.contain(
      'This record "300" stands below no record "200"',
    );
    expect(await refused("nem12", (text) => text.replace(",A,,,", ",S52,,,"))).to.contain(
      'has the status "S52" in column 51',
    );
    const hourly = await refused("nem12", same, { resolutionMinutes: 60 });
    expect(hourly).to.contain("Column 27 and 23 more hold something beyond the end of the day");
    const short = await refused("nem12", (text) => text.replace(/^300,20261120,[^,]*,/m, "300,20261120,"));
    expect(short).to.contain('"A", which is not a number, for 2026-11-20 23:30–24:00');
  });

  it("adds registers up exactly before it rounds, and rolls over only where it is said to", async () => {
    expect(await refused("cumulative", same, { cumulative: {} })).to.match(
      /counts back from 99999\.99\d+ to 0\.00\d+ at 2026-11-20/,
    );
    expect(await refused("cumulative", same, { cumulative: { rollsOverAt: "10000" } })).to.contain(
      "begins again at 10000",
    );
    expect(await refused("cumulative", (text) => text.slice(0, text.lastIndexOf("2026-11-21")))).to.contain(
      "has no reading for 2026-11-20 24:00",
    );
    const layout = { rows: "intervals", time: { columns: ["time"], format: "yyyy-MM-dd HH:mm", marks: "start" } };
    expect(await refused("cumulative", same, { layout })).to.contain('"moment"');
    expect(await refused("cumulative", same, { unit: "kW" })).to.contain("counts energy, not power");
    // Three registers of 0.4 Wh each are 1.2 Wh, and not nothing.
    const fine = ["time,a,b,c", ...Array.from({ length: 96 }, (_, slot) => `${time(slot)},0.0004,0.0004,0.0004`)].join(
      "\n",
    );
    const registers = ["a", "b", "c"].map((column) => ({ column }));
    const [day] = readMeterDays(
      fine,
      parseMapping({
        ...{ resolutionMinutes: 15, unit: "kWh", layout, days: [{ source: "2026-11-20" }] },
        meters: [{ meter: "mill", direction: "consumption", registers }],
      }),
    );
    expect(new Set(day?.curve)).to.deep.equal(new Set([1]));
  });

  it("adds fine values up exactly before it rounds, and keeps the sum of each half-hour of ten-minute values", async () => {
    const level = (value: string) => (text: string) => text.replace(/(:\d\d),[\d.]+$/gm, `$1,${value}`);
    // 3 x 0.5 Wh are 1.5 Wh; rounded one by one they would be 3.
    expect((await changed("five-minutes", level("0.0005"))).slice(0, 2)).to.deep.equal([2, 2]);
    // 0.5 + 0.25 Wh and 0.25 + 0.5 Wh are 1.5 Wh together: 2, and not one each of 0.75.
    expect((await changed("ten-minutes", level("0.0005"))).slice(0, 4)).to.deep.equal([1, 1, 1, 1]);
    expect((await changed("ten-minutes", level("0.0009"))).slice(0, 4)).to.deep.equal([1, 2, 1, 2]);
    // 12 W over five minutes are 1 Wh.
    expect((await changed("five-minutes", level("12"), { unit: "W" })).slice(0, 2)).to.deep.equal([3, 3]);
    const small = { meters: [{ meter: "m", direction: "consumption", column: "use", capacityKw: "0.1" }] };
    expect(await refused("five-minutes", same, small)).to.match(
      /has 0\.054 kWh for 2026-11-20 00:00–00:15, 54 Wh a slot/,
    );
    expect(await refused("five-minutes", same, { resolutionMinutes: 15 })).to.contain(
      "is not the start of an interval of 15 minutes",
    );
  });

  it("judges every status between the values", async () => {
    const reason = await refused("statuses", (text) => text.replace(/,0,/, ",7,"));
    expect(reason).to.match(/has the status "7" in column 3, which is none of the good ones: "0"\./);
  });

  it("does not take seconds for milliseconds", async () => {
    const layout = { rows: "intervals", time: { columns: ["second"], format: "x", marks: "start" } };
    const milli = (text: string) => text.replace(/^(\d{10}),/gm, "$1000,");
    expect(await changed("epoch", milli, { layout })).to.deep.equal(LAYOUT_USE);
    expect(await refused("epoch", same, { layout })).to.contain('"1795104000" is not a time of the form x');
    expect(await refused("epoch", milli)).to.contain("is not a time of the form X");
    const offset = { rows: "intervals", time: { columns: ["second"], format: "X HH:mm", marks: "start" } };
    expect(await refused("epoch", same, { layout: offset })).to.contain("A count of seconds says date, time and zone");
  });

  it("refuses an offset that no clock has, in a row, too", async () => {
    const layout = { rows: "intervals", time: { columns: ["time"], format: "yyyy-MM-dd HH:mmXXX", marks: "start" } };
    const offset = (text: string) => (file: string) => file.replace(/(:\d\d),/g, `$1${text},`);
    expect(subtractCurves(await changed("four-decimals", offset("+08:00"), { layout }), LAYOUT_USE)).to.deep.equal(
      ZERO_CURVE,
    );
    for (const none of ["+80:00", "+08:90"]) {
      expect(await refused("four-decimals", offset(none), { layout })).to.contain("is not a time of the form");
    }
  });
});

function time(slot: number): string {
  return `2026-11-20 ${String(Math.floor(slot / 4)).padStart(2, "0")}:${String((slot % 4) * 15).padStart(2, "0")}`;
}
