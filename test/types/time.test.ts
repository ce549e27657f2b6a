import { expect } from "chai";
import fc from "fast-check";
import {
  DayError,
  dateNumber,
  dayFromDateNumber,
  dayOf,
  formatDay,
  parseDay,
  SlotError,
  slotLabel,
  slotOf,
  slotsLabel,
  startOfDay,
  startOfSlot,
} from "../../sdk/index.ts";

const unix = (iso: string) => Date.parse(iso) / 1000;

describe("Shanghai days", () => {
  it("begins a day at 16:00 of the day before in Greenwich", () => {
    expect(startOfDay(parseDay("2026-11-22"))).to.equal(unix("2026-11-21T16:00:00Z"));
    expect(startOfSlot(parseDay("2026-11-22"), 36)).to.equal(unix("2026-11-22T09:00:00+08:00"));
  });

  it("changes the day exactly at midnight", () => {
    const midnight = unix("2026-11-22T00:00:00+08:00");
    expect(formatDay(dayOf(midnight - 1))).to.equal("2026-11-21");
    expect(slotOf(midnight - 1)).to.equal(95);
    expect(formatDay(dayOf(BigInt(midnight)))).to.equal("2026-11-22");
    expect(slotOf(midnight)).to.equal(0);
    expect(dayOf(0)).to.equal(0);
  });

  it("names a day the same way as a day number, a date and a date number", () => {
    expect(dateNumber(parseDay("2026-11-22"))).to.equal(20261122);
    expect(parseDay("２０２６－１１－２２")).to.equal(parseDay("2026-11-22"));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_932_896 }), (day) => {
        expect(parseDay(formatDay(day))).to.equal(day);
        expect(dayFromDateNumber(dateNumber(day))).to.equal(day);
        expect(dayOf(startOfDay(day))).to.equal(day);
        expect(dayOf(startOfDay(day) + 86_399)).to.equal(day);
      }),
    );
  });

  it("puts every second of a day in one of 96 slots", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 86_399 }), (day, second) => {
        expect(slotOf(startOfDay(day) + second)).to.equal(Math.floor(second / 900));
      }),
    );
  });

  it("knows no 30 February, no month 13 and no year before 1970", () => {
    for (const text of ["2026-02-30", "2026-13-01", "1969-12-31", "2026-1-1", "22.11.2026", ""]) {
      expect(() => parseDay(text)).to.throw(DayError, "is not a date from 1970 on");
    }
    expect(parseDay("2024-02-29")).to.be.a("number");
    for (const number of [20260230, 20261301, 19691231, 1.5, -20260101]) {
      expect(() => dayFromDateNumber(number)).to.throw(DayError);
    }
    expect(() => formatDay(-1)).to.throw(DayError);
  });

  it("labels slots by the clock", () => {
    expect(slotLabel(36)).to.equal("09:00–09:15");
    expect(slotLabel(95)).to.equal("23:45–24:00");
    expect(slotsLabel(36, 72)).to.equal("09:00–18:00");
    expect(() => slotLabel(96)).to.throw(SlotError, "a day has the slots 0 to 95");
  });
});
