import { expect } from "chai";
import { ZoneError, zoneOf } from "../../intake/zone.ts";

const MINUTE = Date.parse("2026-11-20T00:00:00Z") / 60_000;
const ahead = (name: string) => zoneOf(name)(MINUTE);

describe("a time zone", () => {
  it("is a name of the tz database, also an old or a short one that stands for one place", () => {
    const names = ["Asia/Shanghai", "asia/shanghai", "Asia/Chongqing", "PRC", "Hongkong", "Singapore", "Etc/GMT-8"];
    for (const name of names) expect(ahead(name), name).to.equal(480);
    expect([ahead("Japan"), ahead("Europe/Berlin"), ahead("EST5EDT"), ahead("Asia/Kathmandu")]).to.deep.equal([
      ...[540, 60, -300, 345],
    ]);
  });

  it("is an exact offset that a clock can have", () => {
    for (const name of ["UTC+8", "UTC+08", "UTC+08:00", "UTC+0800", "GMT+8", "+08:00", "+8", "utc+8", "ＵＴＣ＋８"]) {
      expect(ahead(name), name).to.equal(480);
    }
    for (const name of ["UTC", "GMT", "Z", "UTC+0", "-00:00"]) expect(ahead(name) + 0, name).to.equal(0);
    expect(["UTC-12", "UTC+14", "UTC+5:45", "−03:30"].map(ahead)).to.deep.equal([-720, 840, 345, -210]);
  });

  it("is no offset beyond those of clocks", () => {
    for (const name of [
      "UTC+80",
      "UTC+8:90",
      "UTC+14:15",
      "UTC-13",
      "UTC+8:07",
      "+80:00",
      "+25",
      "UTC+800:00",
      "UTC +8",
    ]) {
      expect(() => zoneOf(name), name).to.throw(ZoneError, "from UTC-12:00 to UTC+14:00");
    }
  });

  it("is no abbreviation: the candidates are named instead of taking one of them", () => {
    expect(() => zoneOf("CST")).to.throw(
      ZoneError,
      '"CST" is an abbreviation and no time zone: write which one is meant, Asia/Shanghai, America/Chicago or America/Havana.',
    );
    for (const name of ["cst", "EST", "IST", "BST", "PST", "CET", "JST", "MST", "HKT", "CTT", "AST"]) {
      expect(() => zoneOf(name), name).to.throw(ZoneError, "is an abbreviation");
    }
  });

  it("is not what a runtime takes beside: every word of up to five letters is refused or stands for one place", () => {
    const words = "ACT AET AGT ART BET CAT CNT EAT ECT IET MIT NET NST PLT PNT PRT VST SYSTEM LOCAL BEIJING".split(" ");
    for (const name of words) expect(() => zoneOf(name), name).to.throw(ZoneError);
  });
});
