import { expect } from "chai";
import fc from "fast-check";
import { energyWh, splitEvenly } from "../../intake/energy.ts";
import { IntakeRejected, MappingError, parseDayPicks, parseMapping, readMeterDays } from "../../intake/index.ts";
import { TextError } from "../../intake/text.ts";
import { formatDay, parseDay, sumCurve } from "../../sdk/index.ts";
import { parseDecimal } from "../../sdk/types/decimal.ts";
import { Fraction } from "../utils/fraction.ts";

const DATE = "2026-11-20";
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** A file of one meter's day: one row an interval, its start and its value. */
const dayFile = (resolution: number, value: (index: number) => string, date = DATE) =>
  Array.from({ length: 1440 / resolution }, (_, index) => `${date} ${clock(index * resolution)},${value(index)}`);
const csv = (rows: string[], header = "time,load") => [header, ...rows].join("\n");

const base = {
  resolutionMinutes: 15,
  unit: "kWh",
  layout: { rows: "intervals", time: { columns: ["time"], format: "yyyy-MM-dd HH:mm", marks: "start" } },
  meters: [{ meter: "factory", direction: "consumption", column: "load" }],
  days: [{ source: DATE }],
};
const read = (text: string | Uint8Array, changes: object = {}) =>
  readMeterDays(text, parseMapping({ ...base, ...changes }));
const one = (text: string | Uint8Array, changes: object = {}) => {
  const [first] = read(text, changes);
  if (first === undefined) throw new Error("No day was read.");
  return first;
};

const swapped = (bytes: Uint8Array) => bytes.map((_, index) => bytes[index ^ 1] ?? 0);

function reasons(text: string | Uint8Array, changes: object = {}): string[] {
  try {
    read(text, changes);
  } catch (error) {
    if (error instanceof IntakeRejected)
      return error.problems.map(({ line, reason }) => `${line ?? "-"}: ${reason.en}`);
    throw error;
  }
  throw new Error("The readings were taken.");
}

describe("meter readings from CSV", () => {
  describe("given a complete day", () => {
    it("takes quarter-hours in kWh as they are", () => {
      const day = one(csv(dayFile(15, (index) => `${index}.001`)));
      expect(day).to.include({
        meter: "factory",
        direction: "consumption",
        day: parseDay(DATE),
        source: parseDay(DATE),
      });
      expect(day.curve).to.deep.equal(Array.from({ length: 96 }, (_, slot) => slot * 1000 + 1));
    });

    it("splits the mean kW of half-hours over two slots that add up, the earlier one holding the odd Wh", () => {
      const day = one(csv(dayFile(30, () => "0.48200000000000004")), { resolutionMinutes: 30, unit: "kW" });
      expect(day.curve.slice(0, 4)).to.deep.equal([121, 120, 121, 120]);
    });

    it("splits hours over four slots, the rest going to the earliest", () => {
      const day = one(csv(dayFile(60, () => "0.006")), { resolutionMinutes: 60 });
      expect(day.curve.slice(0, 4)).to.deep.equal([2, 2, 1, 1]);
    });

    it("reads it as another delivery day where that is asked for", () => {
      const day = one(csv(dayFile(15, () => "1", "2011-07-04")), { days: [{ source: "2011-07-04", as: DATE }] });
      expect([formatDay(day.source), formatDay(day.day)]).to.deep.equal(["2011-07-04", DATE]);
    });

    it("reads one date for one meter and another date for another meter", () => {
      const rows = [...dayFile(15, () => "1", "2011-07-04"), ...dayFile(15, () => "2", "2011-07-05")];
      const days = read(csv(rows), {
        meters: ["home-a", "home-b"].map((meter) => ({ meter, direction: "consumption", column: "load" })),
        days: [
          { source: "2011-07-04", as: DATE, meters: ["home-a"] },
          { source: "2011-07-05", as: DATE, meters: ["home-b"] },
        ],
      });
      expect(days.map(({ meter, curve }) => [meter, sumCurve(curve)])).to.deep.equal([
        ["home-a", 96_000n],
        ["home-b", 192_000n],
      ]);
    });

    it("multiplies by the ratio of the meter's transformers", () => {
      expect(
        sumCurve(one(csv(dayFile(15, () => "0.5")), { meters: [{ ...base.meters[0], scale: "120" }] }).curve),
      ).to.equal(96n * 60_000n);
    });

    it("does not judge the values of other days", () => {
      const rows = [...dayFile(15, () => "1"), "2026-11-21 00:00,broken", "2026-11-21 00:00,-1"];
      expect(sumCurve(one(csv(rows)).curve)).to.equal(96_000n);
    });

    it("passes over rows of other days that cannot be read: an hour too many, another width", () => {
      const others = [
        "2026-10-25 25:00,1",
        "2026-10-25 02:15B,1",
        "2026-10-25 03:00,1,2",
        "2026-10-25,1",
        "2026-11-21 24:15,",
      ];
      expect(sumCurve(one(csv([...others, ...dayFile(15, () => "1"), ...others])).curve)).to.equal(96_000n);
      expect(reasons(csv([...dayFile(15, () => "1"), `${DATE} 25:00,1`]))[0]).to.contain(
        `"${DATE} 25:00" is not a time`,
      );
      const hours = (date: string, last: string) => `${date},${new Array(24).fill("4").join(",")},${last}`;
      const heads = Array.from({ length: 25 }, (_, hour) => `H${hour + 1}`).join(",");
      const text = `date,${heads}\n${hours("2026-10-25", "4")}\n${hours(DATE, "")}\n2026-10-26,1\n`;
      const layout = { rows: "days", date: { columns: ["date"], format: "yyyy-MM-dd" }, firstColumn: "H1" };
      const meters = [{ meter: "factory", direction: "consumption" }];
      expect(sumCurve(one(text, { layout, meters, resolutionMinutes: 60 }).curve)).to.equal(96_000n);
    });

    it("takes numbers without a leading zero, and digits and signs of full width", () => {
      const rows = dayFile(15, (index) => [".5", "０．５", "+.5", " ＋０.５ "][index % 4] ?? "");
      expect(sumCurve(one(csv(rows)).curve)).to.equal(48_000n);
      const wide = rows.map((row) =>
        row.replace(/[-:\d]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
      );
      expect(sumCurve(one(csv(wide)).curve)).to.equal(48_000n);
    });
  });

  describe("given other layouts", () => {
    const total = 96n * 1_000n;

    it("reads semicolons, decimal commas, lines before the header, a byte order mark and Chinese headings", () => {
      const rows = dayFile(15, () => "1,0").map((row) => row.replace(",", ";"));
      const text = `\uFEFF四川省\n2026年11月\n${csv(rows, "时间;电量")}`;
      const changes = {
        delimiter: ";",
        decimalMark: ",",
        skipLines: 2,
        layout: { ...base.layout, time: { ...base.layout.time, columns: ["时间"] } },
        meters: [{ ...base.meters[0], column: "电量" }],
      };
      expect(sumCurve(one(text, changes).curve)).to.equal(total);
    });

    describe("of another encoding", () => {
      const rows = (heading: string) => `${heading},load\n${dayFile(15, () => "1").join("\n")}\n`;
      const layoutOf = (heading: string) => ({ ...base.layout, time: { ...base.layout.time, columns: [heading] } });
      const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
      const gb18030 = new Uint8Array([0xca, 0xb1, 0xbc, 0xe4, ...latin(rows(""))]);
      const wide = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));

      const files: [string, Uint8Array, string, string | undefined][] = [
        ["utf-8", Buffer.from(rows("时间")), "时间", undefined],
        ["utf-8 with its mark", Buffer.from(`\ufeff${rows("时间")}`), "时间", undefined],
        ["utf-16 with its mark", wide(`\ufeff${rows("时间")}`), "时间", undefined],
        ["utf-16 without it", wide(rows("时间")), "时间", "utf-16le"],
        ["utf-16, the other way round", swapped(wide(`\ufeff${rows("时间")}`)), "时间", undefined],
        ["gb18030", gb18030, "时间", "gb18030"],
        ["windows-1252", latin(rows("Zählerstand Größe")), "Zählerstand Größe", "windows-1252"],
        ["windows-1252, of one letter", latin(rows("m²")), "m²", "windows-1252"],
      ];
      for (const [name, bytes, heading, assumed] of files) {
        it(`reads ${name}, and says what it assumed`, () => {
          const day = one(bytes, { layout: layoutOf(heading) });
          expect(sumCurve(day.curve)).to.equal(total);
          expect(day.assumed).to.deep.equal(
            assumed === undefined
              ? undefined
              : {
                  en: `The file does not say how it is written and was read as ${assumed}.`,
                  zh: `该文件未注明编码，按 ${assumed} 读取。`,
                },
          );
        });
      }

      it("says of a wrong name which one is right, and never names one that is wrong, too", () => {
        const wrong: [Uint8Array, string, string][] = [
          [gb18030, "utf-8", "gb18030"],
          [latin(rows("Zähler")), "utf-8", "windows-1252"],
          [wide(`\ufeff${rows("time")}`), "utf-8", "utf-16le"],
          [wide(`\ufeff${rows("time")}`), "gb18030", "utf-16le"],
          [Buffer.from(`\ufeff${rows("time")}`), "windows-1252", "utf-8"],
        ];
        for (const [bytes, encoding, right] of wrong) {
          expect(() => read(bytes, { encoding, layout: layoutOf("time") })).to.throw(
            TextError,
            `not written in ${encoding} but, by its bytes, in ${right}:`,
          );
        }
      });

      it("says what was assumed where the readings are rejected, too", () => {
        expect(() => read(latin(rows("Zähler")), { layout: layoutOf("Zaehler") })).to.throw(
          MappingError,
          "was read as windows-1252",
        );
        expect(() => read(latin(`${rows("Zähler")}x,1\n`), { layout: layoutOf("Zähler") })).to.throw(
          IntakeRejected,
          "was read as windows-1252",
        );
      });

      it("refuses a spreadsheet, and what is no text", () => {
        expect(() => read(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]))).to.throw(TextError, "save it as CSV");
        expect(() => read(new Uint8Array([1, 2, 3, 0xff]))).to.throw(TextError, "is not text");
      });
    });

    it("reads the ends of intervals, the last one written 24:00 or as midnight of the next day", () => {
      const ends = (last: string) =>
        csv([...Array.from({ length: 95 }, (_, index) => `${DATE} ${clock((index + 1) * 15)},1`), `${last},1`]);
      const layout = { ...base.layout, time: { ...base.layout.time, marks: "end" } };
      expect(sumCurve(one(ends(`${DATE} 24:00`), { layout }).curve)).to.equal(total);
      expect(sumCurve(one(ends("2026-11-21 00:00"), { layout }).curve)).to.equal(total);
    });

    it("reads the end of an interval beside the date of its start, once the mapping says so", () => {
      const rows = Array.from({ length: 96 }, (_, index) => `${DATE} ${clock(((index + 1) % 96) * 15)},${index}`);
      const timed = (more: object) => ({
        layout: { ...base.layout, time: { ...base.layout.time, marks: "end", ...more } },
      });
      expect(one(csv(rows), timed({ dateOf: "start" })).curve.at(-1)).to.equal(95_000);
      expect(reasons(csv(rows), timed({}))).to.deep.equal([
        `97: The time steps back from "${DATE} 23:45" to "${DATE} 00:00": if the date is that of an interval's start, set "dateOf" to "start" under "time"; if it is that of its end and rows are out of order, to "end".`,
      ]);
      const before = { ...timed({ dateOf: "end" }), days: [{ source: "2026-11-19" }] };
      expect(reasons(csv(rows), before)[0]).to.contain("no reading for 2026-11-19 00:00–23:45");
      const profile = rows.map((row) => row.slice(DATE.length + 1));
      const layout = { ...base.layout, time: { columns: ["time"], format: "HH:mm", marks: "end" }, date: DATE };
      expect(one(csv(profile), { layout }).curve.at(-1)).to.equal(95_000);
    });

    it("takes rows in any order, and says where a clock was put back", () => {
      const rows = dayFile(15, (index) => `${index}`);
      expect(one(csv([...rows].reverse())).curve[5]).to.equal(5_000);
      const back = [...rows.slice(0, 12), ...rows.slice(8)];
      expect(reasons(csv(back))[0]).to.equal(
        `14: Meter "factory" already has a reading for ${DATE} 02:00–02:15 on line 10: the time steps back there, from "${DATE} 02:45" to "${DATE} 02:00", as where a clock is put back.`,
      );
    });

    it("reads a file whose lines end as on old systems, with lines above the header and below the rows", () => {
      const text = [
        "Report",
        "of a mill",
        "# note",
        csv(dayFile(15, () => "1")),
        "",
        "Total,96",
        'printed by "me',
        "",
      ].join("\n");
      const changes = { skipLines: 2, comment: "#", footerLines: 2 };
      for (const end of ["\n", "\r\n", "\r"]) {
        expect(sumCurve(one(text.replaceAll("\n", end), changes).curve), JSON.stringify(end)).to.equal(total);
      }
    });

    it("says what a row is that is none", () => {
      const rows = dayFile(15, () => "1");
      expect(reasons(csv([...rows, "Total,96"]))).to.deep.equal([
        '98: "Total" is not a time of the form yyyy-MM-dd HH:mm. It stands below the last reading: if the file ends with such lines, count them under "footerLines".',
      ]);
      expect(reasons(csv(["[kW],x", ...rows]))).to.deep.equal([
        '2: "[kW]" is not a time of the form yyyy-MM-dd HH:mm. It stands above the first reading: if such lines are no rows, count them under "skipLines" or "headerRows".',
      ]);
      expect(() => read(`# by hand\n${csv(rows)}`)).to.throw(MappingError, 'are comments, say so under "comment"');
    });

    it("reads date and time from two columns, in the way people write them", () => {
      const written = (columns: string, format: string, row: (minutes: number) => string) =>
        one([columns, ...Array.from({ length: 96 }, (_, index) => `${row(index * 15)},1`)].join("\n"), {
          layout: { rows: "intervals", time: { columns: columns.split(",").slice(0, -1), format, marks: "start" } },
        });
      const noon = (minutes: number) => clock(((Math.floor(minutes / 60) + 11) % 12) * 60 + 60 + (minutes % 60));
      const half = (minutes: number, [am, pm]: [string, string]) => (minutes < 720 ? am : pm);
      const days = [
        written(
          "日期,时间,load",
          "yyyy年M月d日 H:mm",
          (m) => `2026年11月20日,${Math.floor(m / 60)}:${clock(m).slice(3)}`,
        ),
        written("date,time,load", "d-MMM-yy hh:mm a", (m) => `20-Nov-26,${noon(m)} ${half(m, ["AM", "PM"])}`),
        written("time,load", "yyyy-MM-ddTHH:mm:ssXXX", (m) => `${DATE}T${clock(m)}:00+08:00`),
      ];
      for (const day of days) expect([formatDay(day.day), sumCurve(day.curve)]).to.deep.equal([DATE, total]);
    });

    it("moves times written in UTC to the day of the zone", () => {
      const start = Date.parse(`${DATE}T00:00:00+08:00`);
      const iso = (index: number) => new Date(start + index * 900_000).toISOString().slice(0, 16);
      const plain = Array.from({ length: 96 }, (_, index) => `${iso(index).replace("T", " ")},${index}`);
      const marked = Array.from({ length: 96 }, (_, index) => `${iso(index)}Z,${index}`);
      const layout = { ...base.layout, time: { ...base.layout.time, format: "yyyy-MM-ddTHH:mmXXX" } };
      const expected = Array.from({ length: 96 }, (_, slot) => slot * 1000);
      expect(one(csv(plain), { writtenIn: "UTC" }).curve).to.deep.equal(expected);
      expect(one(csv(marked), { layout }).curve).to.deep.equal(expected);
    });

    it("picks a meter's rows out of a long file of many meters", () => {
      const rows = ["M1", "M2"].flatMap((name, index) =>
        dayFile(15, () => `${index + 1}`).map((row) => `${name},${row}`),
      );
      const meters = ["M1", "M2"].map((meter) => ({ ...base.meters[0], meter, where: [{ column: "id", is: meter }] }));
      const days = read(csv(rows, "id,time,load"), { meters });
      expect(days.map(({ curve }) => sumCurve(curve))).to.deep.equal([total, 2n * total]);
    });

    it("reads rows that are whole days", () => {
      const heads = Array.from({ length: 24 }, (_, hour) => `h${hour}`).join(",");
      const text = `date,${heads}\n${DATE},${new Array(24).fill("4").join(",")}`;
      const layout = { rows: "days", date: { columns: ["date"], format: "yyyy-MM-dd" }, firstColumn: "h0" };
      const meters = [{ meter: "factory", direction: "consumption" }];
      expect(sumCurve(one(text, { layout, meters, resolutionMinutes: 60 }).curve)).to.equal(total);
      expect(
        reasons(`${text}\n${DATE},${new Array(24).fill("4").join(",")}`, { layout, meters, resolutionMinutes: 60 }),
      ).to.deep.equal([`3: Meter "factory" already has ${DATE} on line 2.`]);
    });
  });

  describe("given readings that cannot be taken, rejects them all and says why", () => {
    const full = dayFile(15, () => "1");
    const without = (...lines: number[]) => csv(full.filter((_, index) => !lines.includes(index + 2)));
    const replaced = (line: number, row: string) => csv(full.map((old, index) => (index + 2 === line ? row : old)));

    it("a gap", () => {
      expect(reasons(without(38, 39))).to.deep.equal([`37: Meter "factory" has no reading for ${DATE} 09:00–09:30.`]);
      expect(reasons(without(2))).to.deep.equal([`2: Meter "factory" has no reading for ${DATE} 00:00–00:15.`]);
      expect(reasons(without(97))).to.deep.equal([`96: Meter "factory" has no reading for ${DATE} 23:45–24:00.`]);
    });

    it("a day that is not there", () => {
      expect(reasons(csv(full), { days: [{ source: "2026-11-21" }] })).to.deep.equal([
        '-: Meter "factory" has no reading for 2026-11-21 in this file.',
      ]);
    });

    it("a reading that is there twice, even with the same value", () => {
      expect(reasons(csv([...full, full[0] ?? ""]))).to.deep.equal([
        `98: Meter "factory" already has a reading for ${DATE} 00:00–00:15 on line 2.`,
      ]);
    });

    const values: [string, string][] = [
      ["-0.5", `has the negative value -0.5 for ${DATE} 00:00–00:15: a meter counts one direction, from 0 up.`],
      ["n/a", `has "n/a", which is not a number, for ${DATE} 00:00–00:15.`],
      ["", `has no value for ${DATE} 00:00–00:15.`],
      ["1 000", `has "1 000", which is not a number, for ${DATE} 00:00–00:15.`],
      ["NaN", `has "NaN", which is not a number, for ${DATE} 00:00–00:15.`],
      ["1e99", `has "1e99", which is not a number, for ${DATE} 00:00–00:15.`],
    ];
    for (const [value, reason] of values) {
      it(`a value that reads "${value}"`, () => {
        expect(reasons(replaced(2, `${DATE} 00:00,${value}`))).to.deep.equal([`2: Meter "factory" ${reason}`]);
      });
    }

    it("a point where the decimal mark is a comma", () => {
      const rows = dayFile(15, (index) => (index === 0 ? "1.000" : "1")).map((row) => row.replace(",", ";"));
      expect(reasons(csv(rows, "time;load"), { delimiter: ";", decimalMark: "," })[0]).to.contain(
        '"1.000", which is not a number',
      );
    });

    it("values beyond the end of the day, by the name of the column", () => {
      const heads = (count: number) => Array.from({ length: count }, (_, place) => `P${place + 1}`);
      const days = (
        resolutionMinutes: number,
        columns: number,
        more: object = {},
        cells = heads(columns).map(() => "7"),
      ) =>
        reasons(`date,${heads(columns).join(",")}\n${DATE},${cells.join(",")}\n`, {
          resolutionMinutes,
          layout: { rows: "days", date: { columns: ["date"], format: "yyyy-MM-dd" }, firstColumn: "P1", ...more },
          meters: [{ meter: "factory", direction: "consumption" }],
        });
      expect(days(60, 96)).to.deep.equal([
        '2: Column 26 "P25" and 71 more hold something beyond the end of the day: its 24 values of 60 minutes end with column 25 "P24". If it is a value, correct "resolutionMinutes"; if not, name the column under "passOver".',
      ]);
      expect(days(15, 288)[0]).to.contain('Column 98 "P97" and 191 more hold');
      expect(days(15, 97)[0]).to.contain('Column 98 "P97" holds something beyond the end of the day');
      const named = { passOver: ["P97"] };
      expect(() => days(15, 97, named)).to.throw("were taken");
      expect(() => days(60, 25, {}, [...new Array(24).fill("7"), ""])).to.throw("were taken");
    });

    it("more than the meter's capacity and a tenth", () => {
      const meters = [{ ...base.meters[0], capacityKw: "4" }];
      expect(sumCurve(one(replaced(2, `${DATE} 00:00,1.1`), { meters }).curve)).to.equal(96_100n);
      expect(reasons(replaced(2, `${DATE} 00:00,1.101`), { meters })).to.deep.equal([
        `2: Meter "factory" has 1.101 kWh for ${DATE} 00:00–00:15, 1101 Wh a slot: its 4 kW and a tenth allow 1100 Wh at most.`,
      ]);
    });

    it("more than a slot can hold", () => {
      expect(reasons(replaced(2, `${DATE} 00:00,2147483.648`))[0]).to.contain("a slot can hold 2147483647 Wh at most");
    });

    it("too many or too few columns", () => {
      expect(reasons(replaced(3, `${DATE} 00:15,1,5`))).to.include("3: The row has 3 columns where 2 were expected.");
      expect(reasons(replaced(3, `${DATE} 00:15`))).to.include("3: The row has 1 columns where 2 were expected.");
    });

    it("a time that cannot be read or is not on the grid", () => {
      expect(reasons(replaced(3, "20.11.2026 00:15,1"))[1]).to.equal(
        '3: "20.11.2026 00:15" is not a time of the form yyyy-MM-dd HH:mm.',
      );
      expect(reasons(replaced(3, "2026-02-30 00:15,1"))[1]).to.contain("is not a time of the form");
      expect(reasons(replaced(3, `${DATE} 00:20,1`))[1]).to.equal(
        `3: "${DATE} 00:20" is not the start of an interval of 15 minutes.`,
      );
    });

    it("a day on which the named zone changes its clock, and no other day", () => {
      const around = (zone: string, date: string) => {
        const text = csv(dayFile(15, () => "1", date));
        return () => read(text, { zone, days: [{ source: date, as: DATE }] });
      };
      const changing: [string, string][] = [
        ["Australia/Sydney", "2011-10-02"],
        ["Australia/Sydney", "2012-04-01"],
        ["Europe/Berlin", "2026-03-29"],
        ["America/New_York", "2026-11-01"],
        ["America/Sao_Paulo", "2018-02-17"],
        ["America/Sao_Paulo", "2018-11-04"],
        ["Australia/Lord_Howe", "2026-04-05"],
      ];
      for (const [zone, date] of changing) {
        expect(around(zone, date), `${zone} ${date}`).to.throw(IntakeRejected, `${zone} changes its clock on that day`);
        for (const beside of [parseDay(date) - 1, parseDay(date) + 1]) {
          expect(around(zone, formatDay(beside)), `${zone} ${formatDay(beside)}`).not.to.throw();
        }
      }
      expect(around("UTC+10", "2011-10-02")).not.to.throw();
      expect(around("Asia/Shanghai", "2026-03-29")).not.to.throw();
      expect(around("Asia/Shanghai", "1988-04-17")).to.throw(IntakeRejected);
    });

    it("days that contradict each other or name an unknown meter", () => {
      expect(reasons(csv(full), { days: [{ source: DATE }, { source: DATE }] })).to.deep.equal([
        `-: Meter "factory" is asked for delivery day ${DATE} twice.`,
      ]);
      expect(reasons(csv(full), { days: [{ source: DATE, meters: ["mill"] }] })).to.deep.equal([
        `-: Day ${DATE} is asked for meter "mill", which the mapping does not name.`,
      ]);
      expect(reasons(csv(full), { days: [] })).to.deep.equal([
        '-: No day was asked for: name at least one under "days".',
      ]);
    });

    it("names the line of the file, with any lines above the header", () => {
      const text = `Report of "Mill\n\n${csv(dayFile(15, (index) => (index === 0 ? "x" : "1")))}`;
      expect(reasons(text, { skipLines: 2 })[0]).to.match(/^4: /);
      expect(
        reasons(`# note\n\n${csv(dayFile(15, (index) => (index === 0 ? "x" : "1")))}`, { comment: "#" })[0],
      ).to.match(/^4: /);
    });

    it("quotes that do not close", () => {
      expect(reasons(`time,load\n"${DATE} 00:00,1`)[0]).to.contain("This is not valid CSV");
    });

    it("names every line, in order, and shows the first twenty", () => {
      const text = csv(dayFile(15, () => "x"));
      expect(reasons(text)).to.have.length(96);
      expect(() => read(text)).to.throw(
        IntakeRejected,
        /these 96 reasons:\nline 2: .*[\s\S]*line 21: .*\nand 76 more\./,
      );
    });
  });

  describe("given a mapping that does not describe a file", () => {
    const wrong: [string, object, string][] = [
      ["an unknown field", { seperator: ";" }, "seperator"],
      ["an unknown zone", { zone: "Sichuan" }, '"Sichuan" is not a time zone'],
      [
        "a format without a date",
        { layout: { ...base.layout, time: { ...base.layout.time, format: "HH:mm" } } },
        "needs a year",
      ],
      [
        "a format that reads the hour twice",
        { layout: { ...base.layout, time: { ...base.layout.time, format: "yyyy-MM-dd HH:mm-HH:mm" } } },
        "reads the hour twice",
      ],
      [
        "a meter without a column",
        { meters: [{ meter: "factory", direction: "consumption" }] },
        'Meter "factory" needs a column',
      ],
      ["a meter named twice", { meters: [base.meters[0], base.meters[0]] }, "is named twice"],
      ["seven-minute values", { resolutionMinutes: 7 }, "resolutionMinutes"],
      ["a day that does not exist", { days: [{ source: "2026-02-30" }] }, '"2026-02-30" is not a date'],
      ["a scale of zero", { meters: [{ ...base.meters[0], scale: "0" }] }, "is not a number above 0"],
      ["a decimal comma between commas", { decimalMark: "," }, "cannot also be the delimiter"],
    ];
    for (const [what, changes, reason] of wrong) {
      it(`says so: ${what}`, () => {
        expect(() => parseMapping({ ...base, ...changes })).to.throw(MappingError, reason);
      });
    }

    it("says which columns there are", () => {
      const text = csv(dayFile(15, () => "1"));
      expect(() => read(text, { meters: [{ ...base.meters[0], column: "GC" }] })).to.throw(
        MappingError,
        'The file has no column "GC": its header is "time", "load".',
      );
      expect(() => read(text, { meters: [{ ...base.meters[0], column: 3 }] })).to.throw(
        MappingError,
        "it has 2 columns",
      );
    });

    it("checks days that are given beside it", () => {
      expect(parseDayPicks([{ source: "2011-07-04", as: DATE }])).to.have.length(1);
      expect(() => parseDayPicks([{ source: "yesterday" }])).to.throw(MappingError, '"yesterday" is not a date');
    });
  });
});

describe("energy of an interval", () => {
  it("is the exact energy rounded half up once", () => {
    const anyValue = fc.record({
      digits: fc.bigInt({ min: 0n, max: 10n ** 20n }),
      decimals: fc.integer({ min: 1, max: 18 }),
      resolution: fc.constantFrom(15, 30, 60),
      power: fc.boolean(),
      ratio: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(anyValue, ({ digits, decimals, resolution, power, ratio }) => {
        const padded = digits.toString().padStart(decimals + 1, "0");
        const text = `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
        const hours = new Fraction(power ? BigInt(resolution) : 60n, 60n);
        const exact = new Fraction(digits * 1_000n * BigInt(ratio), 10n ** BigInt(decimals)).times(hours).halfUp();
        const value = parseDecimal(text);
        const scaled = { ...value, digits: value.digits * BigInt(ratio) };
        expect(energyWh(scaled, power ? "kW" : "kWh", resolution)).to.equal(exact);
      }),
    );
  });

  it("is conserved when it is split, and never more than one Wh uneven", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 33n - 4n }), fc.constantFrom(1, 2, 4), (wh, slots) => {
        const split = splitEvenly(wh, slots);
        expect(split).to.have.length(slots);
        expect(split.reduce((sum, value) => sum + BigInt(value), 0n)).to.equal(wh);
        expect(Math.max(...split) - Math.min(...split)).to.be.at.most(1);
        expect(split).to.deep.equal([...split].sort((a, b) => b - a));
      }),
    );
  });
});
