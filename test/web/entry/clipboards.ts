import type { EnergyUnit, Layer } from "../../../web/market/entry/entryState.ts";

/** What is on the clipboard, where it is pasted, and what must come of it. */
export interface Clipboard {
  name: string;
  text: string;
  /** The chosen slot; 0 unless said otherwise. */
  slot?: number;
  layer?: Layer;
  unit?: EnergyUnit;
  isOwn?: boolean;
  /** The slots that are pasted, from here on. */
  from?: number;
  /** Wh of each pasted slot, or of the first ones where all others follow by `rest`. */
  energy?: readonly number[];
  /** fen per MWh of each pasted slot. */
  price?: readonly number[];
  /** What the English sentence says, whether it was taken or refused. */
  says?: string;
  /** What is refused names this. */
  refused?: string;
}

const count = (many: number, text: (index: number) => string) =>
  Array.from({ length: many }, (_, index) => text(index));
const lines = (texts: readonly string[], breaks = "\n") => texts.join(breaks);
const same = (value: number, many: number) => new Array<number>(many).fill(value);
const hhmm = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const wide = (text: string) => text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

/** 1 to 96 kWh, and their Wh. */
const day = count(96, (slot) => String(slot + 1));
const dayWh = day.map((_, slot) => (slot + 1) * 1000);
/** 2 to 97 kWh: a column that cannot count the slots. */
const other = count(96, (slot) => String(slot + 2));
const otherWh = other.map((_, slot) => (slot + 2) * 1000);
/** 100 to 2400 kWh an hour, and the Wh of the quarters. */
const hours = count(24, (hour) => String((hour + 1) * 100));
const hoursWh = count(96, String).map((_, slot) => (Math.floor(slot / 4) + 1) * 25_000);
const powersWh = hoursWh;

export const CLIPBOARDS: readonly Clipboard[] = [
  // 96 values, in every way of ending lines and of writing numbers.
  {
    name: "96 lines",
    text: lines(day),
    energy: dayWh,
    says: "96 quarter-hours pasted, 00:00–24:00; energy read as kWh",
  },
  { name: "96 lines of Windows with a break behind the last", text: `${lines(day, "\r\n")}\r\n`, energy: dayWh },
  { name: "96 lines of an old Mac", text: lines(day, "\r"), energy: dayWh },
  { name: "96 lines and three blank ones", text: `${lines(day)}\n\n\n\n`, energy: dayWh },
  { name: "a mark of byte order before 96 lines", text: `\ufeff${lines(day)}`, energy: dayWh },
  { name: "96 values from left to right", text: lines(day, "\t"), energy: dayWh },
  { name: "96 values from left to right, pasted at noon", text: lines(day, "\t"), slot: 48, energy: dayWh },
  { name: "full-width digits", text: lines(day.map(wide)), energy: dayWh },
  { name: "quotes around every value", text: lines(day.map((text) => `"${text}"`)), energy: dayWh },
  { name: "a blank column on both sides", text: lines(day.map((text) => `\t${text}\t\t`)), energy: dayWh },
  {
    name: "kW in a sheet of kW",
    text: lines(day),
    unit: "kW",
    energy: dayWh.map((wh) => wh / 4),
    says: "energy read as kW",
  },
  {
    name: "96 MW by the unit in each cell",
    text: lines(day.map((t) => `${t} MW`)),
    unit: "kW",
    energy: dayWh.map((wh) => wh * 250),
  },
  { name: "MWh by the unit in each cell", text: lines(day.map((t) => `0.0${t.padStart(2, "0")} MWh`)), energy: dayWh },
  { name: "kW·h as standards write it", text: lines(day.map((t) => `${t} kW·h`)), energy: dayWh },
  { name: "千瓦时 behind every value", text: lines(day.map((t) => `${t}千瓦时`)), energy: dayWh },
  { name: "Chinese full stops for points", text: "1。5\n2。25", energy: [1500, 2250] },

  // Headings: in the first line, and nowhere else.
  { name: "a heading", text: `电量\n${lines(day)}`, energy: dayWh, says: "the first line taken as headings" },
  {
    name: "a heading with MWh",
    text: `电量（MWh）\n${lines(day)}`,
    energy: dayWh.map((wh) => wh * 1000),
    says: "read as MWh",
  },
  { name: "a heading of two lines in quotes", text: `"电量\r\n（kWh）"\r\n${lines(day, "\r\n")}\r\n`, energy: dayWh },
  { name: "a heading that begins with a number", text: `96点曲线\n${lines(day)}`, energy: dayWh },
  { name: "a date as heading", text: `2026-11-30\n${lines(day)}`, energy: dayWh },
  { name: "a label before values from left to right", text: `电量\t${lines(day, "\t")}`, energy: dayWh },
  {
    name: "a heading with kW over a sheet of kWh",
    text: `出力(kW)\n${lines(day)}`,
    refused: 'Line 1, column 1 ("出力(kW)") says kW',
  },
  { name: "a heading with kWh over a sheet of kW", text: `kWh\n${lines(day)}`, unit: "kW", refused: "says kWh" },
  { name: "two lines of headings", text: `申报\n电量\n${lines(day)}`, refused: 'Line 2, column 1 ("电量")' },
  { name: "a word further down", text: "1\n2\nabc", refused: 'Line 3, column 1 ("abc")' },
  {
    name: "a word in the place of the first of 96",
    text: lines(["x", ...day.slice(1)]),
    refused: 'Line 1, column 1 ("x")',
  },
  { name: "a letter O in the first of three", text: "1O0\n200\n300", refused: 'Line 1, column 1 ("1O0")' },
  { name: "an error of the spreadsheet", text: "1\n#N/A\n3", refused: 'Line 2, column 1 ("#N/A")' },
  { name: "a cell too narrow to show its number", text: "1\n#####", refused: "Line 2, column 1" },
  { name: "a number that the spreadsheet shortened", text: "1\n1.23E+05", refused: 'Line 2, column 1 ("1.23E+05")' },
  { name: "a percentage", text: "1\n50%", refused: 'Line 2, column 1 ("50%")' },
  { name: "a formula", text: "1\n=A1*2", refused: "Line 2, column 1" },

  // Thousands, decimals, signs.
  { name: "commas between thousands", text: '1,234.5\n"12,345"', energy: [1_234_500, 12_345_000] },
  { name: "full-width commas between thousands", text: "１，２３４．５", energy: [1_234_500] },
  {
    name: "spaces between thousands",
    text: "1 234.5\n12\u202f345\n1\u00a0000\u00a0000",
    energy: [1_234_500, 12_345_000, 1_000_000_000],
  },
  { name: "apostrophes between thousands", text: "1'234.5", energy: [1_234_500] },
  { name: "a comma before decimals", text: "1\n12,5", refused: 'Line 2, column 1 ("12,5")' },
  { name: "a comma in the wrong place", text: "1,23,456", refused: "Line 1, column 1" },
  { name: "two kinds of separators", text: "1,234 567", refused: "Line 1, column 1" },
  { name: "a negative value", text: "1\n-2", refused: 'Line 2, column 1 ("-2") is negative' },
  { name: "a minus sign of typographers", text: "1\n−2", refused: "is negative" },
  { name: "dashes for nothing, as accounting formats write", text: "1\n -   \n3", energy: [1000, 0, 3000] },
  { name: "finer than a Wh", text: "1\n0.0005", refused: 'Line 2, column 1 ("0.0005") is finer' },
  { name: "kW that make no whole Wh in a quarter", text: "1\n0.001", unit: "kW", refused: "Line 2, column 1" },
  { name: "more than a slot can hold", text: "1\n3000000 MWh", refused: "more than a quarter-hour can hold" },
  { name: "kW in a cell of a sheet of kWh", text: "1\n500 kW", refused: 'Line 2, column 1 ("500 kW") says kW' },
  { name: "a price in a sheet of energy", text: "1\n401.20元/MWh", refused: "says 元/MWh" },

  // 24 values.
  { name: "24 hourly kWh", text: lines(hours), energy: hoursWh, says: "each hour divided by four" },
  {
    name: "24 hourly kW",
    text: lines(hours),
    unit: "kW",
    energy: powersWh,
    says: "each hour's power in its four quarters",
  },
  { name: "24 hourly kWh from left to right", text: lines(hours, "\t"), energy: hoursWh },
  { name: "24 hourly kWh pasted at noon are still the day", text: lines(hours), slot: 48, energy: hoursWh },
  { name: "24 hourly kWh and blank lines", text: `${lines(hours)}\r\n\r\n\r\n`, energy: hoursWh },
  {
    name: "24 hourly kWh that four does not divide",
    text: lines(same(1, 24).map(() => "0.007")),
    energy: count(24, String).flatMap(() => [2, 2, 2, 1]),
    says: "in 24 of them earlier quarters hold 1 Wh more",
  },
  { name: "24 hourly MWh by the heading", text: `MWh\n${lines(count(24, () => "1.2"))}`, energy: same(300_000, 96) },
  {
    name: "24 hours of four quarters",
    text: lines(count(24, (h) => count(4, (q) => String(h * 4 + q + 1)).join("\t"))),
    energy: dayWh,
  },
  {
    name: "24 hours of four quarters with their hours before them",
    text: lines(count(24, (h) => [hhmm(h * 60), ...count(4, (q) => String(h * 4 + q + 1))].join("\t"))),
    energy: dayWh,
  },
  {
    name: "24 slots of this sheet are six hours",
    text: lines(day.slice(0, 24)),
    slot: 8,
    isOwn: true,
    from: 8,
    energy: dayWh.slice(0, 24),
  },

  // Energy and price.
  {
    name: "energy and price",
    text: lines(other.map((text) => `${text}\t401.20`)),
    energy: otherWh,
    price: same(40_120, 96),
    says: "prices with them",
  },
  {
    name: "energy and price with headings the other way round",
    text: `价格(元/MWh)\t电量(kWh)\n${lines(other.map((text) => `401.20\t${text}`))}`,
    energy: otherWh,
    price: same(40_120, 96),
  },
  { name: "prices a kWh by the heading", text: "电量\t电价（元/kWh）\n1\t0.4012", energy: [1000], price: [40_120] },
  { name: "prices in 分/kWh", text: "1\t40.12 分/kWh", energy: [1000], price: [40_120] },
  {
    name: "prices with a sign of currency",
    text: "1\t¥401.20\n2\t￥1,401.2",
    energy: [1000, 2000],
    price: [40_120, 140_120],
  },
  {
    name: "24 hours of energy and price",
    text: lines(hours.map((text, hour) => `${text}\t${400 + hour}`)),
    energy: hoursWh,
    price: hoursWh.map((_, slot) => 40_000 + Math.floor(slot / 4) * 100),
  },
  {
    name: "energy above price, from left to right, under times",
    text: lines(
      [
        ["", ...count(96, (s) => hhmm(s * 15))],
        ["电量", ...other],
        ["价格", ...other.map(() => "300")],
      ].map((row) => row.join("\t")),
    ),
    energy: otherWh,
    price: same(30_000, 96),
  },
  { name: "semicolons between columns", text: "1;401.20\n2;402", energy: [1000, 2000], price: [40_120, 40_200] },
  {
    name: "a blank price of a slot without energy",
    text: "1\t300\n0\t\n3\t310",
    energy: [1000, 0, 3000],
    price: [30_000, 35_000, 31_000],
  },
  { name: "a blank price of a slot with energy", text: "1\t300\n2\t", refused: "Line 2, column 2 is blank" },
  {
    name: "a price finer than a fen",
    text: "1\t300\n2\t300.125",
    refused: 'Line 2, column 2 ("300.125") is finer than 0.01 CNY/MWh',
  },
  { name: "a word among prices", text: "1\t300\n2\t面议", refused: 'Line 2, column 2 ("面议")' },
  { name: "three columns", text: "1\t2\t3\n1\t2\t3", refused: "has 3 columns" },
  {
    name: "prices in the layer of prices",
    text: "300\n310.5",
    layer: "price",
    price: [30_000, 31_050],
    says: "read as prices",
  },
  { name: "24 hourly prices", text: lines(count(24, () => "300")), layer: "price", price: same(30_000, 96) },
  {
    name: "prices under their name in the layer of energy",
    text: "价格\n300\n310",
    refused: "show prices and paste again",
  },
  {
    name: "energy under its unit in the layer of prices",
    text: "电量 kWh\n300\n310",
    layer: "price",
    refused: "show energy and paste again",
  },

  // A column of times.
  { name: "times at the beginning of slots", text: lines(day.map((t, s) => `${hhmm(s * 15)}\t${t}`)), energy: dayWh },
  { name: "times at the end of slots", text: lines(day.map((t, s) => `${hhmm(s * 15 + 15)}\t${t}`)), energy: dayWh },
  {
    name: "times at the end of slots, midnight as 00:00",
    text: lines(day.map((t, s) => `${hhmm((s * 15 + 15) % 1440)}\t${t}`)),
    energy: dayWh,
  },
  {
    name: "stretches of time",
    text: lines(day.map((t, s) => `${hhmm(s * 15)}-${hhmm(s * 15 + 15)}\t${t}`)),
    energy: dayWh,
  },
  {
    name: "dates and times with a heading",
    text: lines(["时间\t电量(kWh)", ...day.map((t, s) => `2026/11/30 ${hhmm(s * 15)}:00\t${t}`)], "\r\n"),
    energy: dayWh,
  },
  { name: "points P1 to P96", text: lines(day.map((t, s) => `P${s + 1}\t${t}`)), energy: dayWh },
  {
    name: "counted slots before energy and price",
    text: lines(day.map((t, s) => `${s + 1}\t${t}\t300`)),
    energy: dayWh,
    price: same(30_000, 96),
  },
  {
    name: "counted slots before energy, under a heading",
    text: lines(["时段\t电量", ...day.map((t, s) => `${s + 1}\t${t}`)]),
    energy: dayWh,
  },
  {
    name: "a first column that may count or be energy",
    text: lines(day.map((t, s) => `${s + 1}\t${t}`)),
    refused: "Column 1 counts the rows",
  },
  { name: "hours before energy", text: lines(hours.map((t, h) => `${h}:00\t${t}`)), energy: hoursWh },
  {
    name: "part of the day by its stretches, wherever the cursor is",
    text: "09:00–09:15\t5\n09:15–09:30\t6",
    slot: 3,
    from: 36,
    energy: [5000, 6000],
  },
  {
    name: "part of the day by its hours",
    text: "9:00\t400\n10:00\t800",
    slot: 36,
    from: 36,
    energy: [...same(100_000, 4), ...same(200_000, 4)],
  },
  { name: "times that belong elsewhere", text: "09:00\t5\n09:15\t6", slot: 3, refused: "The first line is of 09:00" },
  { name: "a time that is missing", text: "09:00\t5\n09:30\t6\n09:45\t7", slot: 36, refused: "Line 2, column 1" },
  {
    name: "a time twice",
    text: lines(day.map((t, s) => `${hhmm(s === 9 ? 120 : s * 15)}\t${t}`)),
    refused: 'Line 10, column 1 ("02:00")',
  },
  { name: "half hours", text: "09:00\t5\n09:30\t6", slot: 36, refused: "Line 2, column 1" },
  { name: "a word among times", text: "09:00\t5\n谷\t6", slot: 36, refused: 'Line 2, column 1 ("谷")' },

  // Parts.
  { name: "three values at 09:00", text: "1\n2\n3", slot: 36, from: 36, energy: [1000, 2000, 3000] },
  { name: "four values from left to right", text: "1\t2\t3\t4", slot: 36, from: 36, energy: [1000, 2000, 3000, 4000] },
  { name: "one value", text: "1.5", slot: 95, from: 95, energy: [1500] },
  { name: "a part that runs past midnight", text: "1\n2\n3", slot: 94, refused: "run past midnight" },
  { name: "97 values", text: lines([...day, "97"]), refused: "97 values" },
  { name: "two days", text: lines([...day, ...day]), refused: "192 values" },
  {
    name: "96 values of which the night is blank",
    text: lines(day.map((t, s) => (s < 24 || s > 72 ? "" : t))),
    energy: dayWh.map((wh, s) => (s < 24 || s > 72 ? 0 : wh)),
  },
  {
    name: "24 values and 72 blank slots are no day of hours",
    text: `${lines(day.map((t, s) => (s < 24 ? t : "")))}\n`,
    energy: dayWh.map((wh, s) => (s < 24 ? wh : 0)),
  },
  {
    name: "23 values of Windows are no day of hours",
    text: `${lines(day.slice(0, 23), "\r\n")}\r\n`,
    energy: dayWh.slice(0, 23),
  },
  {
    name: "95 values of Windows are a part",
    text: `${lines(day.slice(0, 95), "\r\n")}\r\n`,
    slot: 1,
    from: 1,
    energy: dayWh.slice(0, 95),
  },
  { name: "nothing", text: "", refused: "nothing to paste" },
  { name: "blank cells", text: "\t\n\t\n", refused: "nothing to paste" },
];
