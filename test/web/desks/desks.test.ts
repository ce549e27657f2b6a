import { expect } from "chai";
import { closingOf, duration } from "../../../web/desks/exchange/closing.ts";
import { CELLS, cellOf } from "../../../web/desks/readings/cells.ts";
import type { MatrixDay } from "../../../web/desks/readings/matrixQuery.ts";

const DAY: MatrixDay = {
  ...{ date: "2026-11-22", state: "reported", quality: "measured", version: 1 },
  ...{ correctedVersion: null, objectedVersion: null },
};

describe("The desks", () => {
  it("say of a meter day what needs somebody first", () => {
    const state = (day: Partial<MatrixDay> | undefined, came?: "quarantined" | "waiting") =>
      cellOf(day && { ...DAY, ...day }, true, came).state;
    expect(state(undefined)).to.equal("notDue");
    expect(state({ state: "none", version: 0, quality: null })).to.equal("missing");
    expect(state({ state: "none", version: 0, quality: null }, "waiting")).to.equal("waiting");
    expect(state({ state: "final" }, "quarantined")).to.equal("quarantined");
    expect(state({})).to.equal("reported");
    expect(state({ quality: "estimated" })).to.equal("estimated");
    expect(state({ state: "final", quality: "estimated" })).to.equal("final");
    expect(state({ state: "lapsed", version: 0 })).to.equal("lapsed");
    expect(state({ state: "lateReported" })).to.equal("late");
    expect(state({ state: "lateFinal" })).to.equal("lateFinal");
    expect(state({ state: "final", correctedVersion: 2 })).to.equal("corrected");
  });

  it("call nothing missing of a day that the index has not seen end", () => {
    const state = (day: MatrixDay | undefined) => cellOf(day, false).state;
    expect(state(undefined)).to.equal("notEnded");
    expect(state({ ...DAY, state: "none", version: 0, quality: null })).to.equal("notEnded");
    expect(state(DAY)).to.equal("reported");
  });

  it("call a meter day objected to until another version answers", () => {
    const isObjected = (day: Partial<MatrixDay>) => cellOf({ ...DAY, ...day }, true).isObjected;
    expect(isObjected({})).to.equal(false);
    expect(isObjected({ objectedVersion: 1 })).to.equal(true);
    expect(isObjected({ objectedVersion: 1, version: 2 })).to.equal(false);
    expect(isObjected({ objectedVersion: 1, state: "final", correctedVersion: 2 })).to.equal(false);
    expect(isObjected({ objectedVersion: 2, state: "final", correctedVersion: 2 })).to.equal(true);
  });

  it("never tell states apart by colour alone", () => {
    const words = Object.values(CELLS).map(({ words }) => words);
    expect(new Set(words.map(({ en }) => en)).size).to.equal(words.length);
    expect(new Set(words.map(({ zh }) => zh)).size).to.equal(words.length);
  });

  it("count to the next step of a day by the chain's time", () => {
    const hours = { opensAt: 100, ordersUntil: 1_000, cutOff: 1_600, gate: 5_200 };
    const at = (now: number) => {
      const { words, left } = closingOf(hours, now);
      return [words.en, left];
    };
    expect(at(99)).to.deep.equal(["not open yet", 1]);
    expect(at(100)).to.deep.equal(["takes orders", 900]);
    expect(at(1_000)).to.deep.equal(["last orders over", 600]);
    expect(at(1_600)).to.deep.equal(["auction", 3_600]);
    expect(at(5_200)).to.deep.equal(["gate closed", undefined]);
  });

  it("say how long that is", () => {
    expect(duration(59)).to.deep.equal({ en: "0 min 59 s", zh: "0 分 59 秒" });
    expect(duration(3_660).en).to.equal("1 h 01 min");
    expect(duration(90_000).zh).to.equal("1 天 1 小时");
  });
});
