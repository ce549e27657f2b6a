import { z } from "zod";
import { parseDecimal } from "../sdk/types/decimal.ts";
import { DujiangError } from "../sdk/types/errors.ts";
import { type Issue, issueWords, says } from "../sdk/types/issue.ts";
import { joined, type Sentence } from "../sdk/types/sentence.ts";
import { parseDay } from "../sdk/types/time.ts";
import { isEnergy, UNITS } from "./energy.ts";
import { ENCODINGS } from "./text.ts";
import { timeFormat } from "./timeFormat.ts";
import { zoneOf } from "./zone.ts";

/** Thrown when a mapping does not describe a file. */
export class MappingError extends DujiangError {}

/** A text that `read` accepts; what it says about others becomes the reason. */
const checked = (read: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      read(text);
    } catch (error) {
      if (!(error instanceof DujiangError)) throw error;
      // What cannot be read cannot be compared with its neighbours either: checks of the whole mapping wait for it.
      context.addIssue({ code: "custom", message: says(error.sentences), continue: false });
    }
  });

const positive = checked((text) => {
  if (parseDecimal(text).digits <= 0n)
    throw new MappingError({
      en: `"${text}" is not a number above 0, written like "1.5".`,
      zh: `“${text}”不是大于 0 的数，应写成 "1.5" 的形式。`,
    });
});

/** The number of a column from 1 on, its heading, or its headings from top to bottom where there are several header rows. */
const column = z.union([z.int().min(1), z.string(), z.array(z.string()).min(1)]);

const timeText = z.strictObject({
  columns: z.array(column).min(1).describe("joined by one space before they are read"),
  format: checked(timeFormat),
});

const day = z.strictObject({
  source: checked(parseDay).describe("the date in the file"),
  as: checked(parseDay).optional().describe("the delivery day it is read as; the same date if left out"),
  meters: z.array(z.string()).min(1).optional().describe("only for these meters; for all if left out"),
});

/** Only rows that hold these texts. */
const where = z.array(z.strictObject({ column, is: z.string() })).default([]);

const register = z.strictObject({
  column: column.optional().describe("the column of its values, where a row is an interval"),
  where,
});

const meter = z.strictObject({
  meter: z.string().min(1),
  direction: z.enum(["generation", "consumption"]),
  ...register.shape,
  registers: z.array(register).min(1).optional().describe("registers that are added up, instead of one column"),
  part: z
    .enum(["positive", "negative"])
    .optional()
    .describe("of a series that is positive in one direction and negative in the other, the part that is this meter's"),
  status: z
    .strictObject({ column, good: z.array(z.string()).min(1) })
    .optional()
    .describe("a column that must hold one of these texts"),
  scale: positive.default("1").describe("a multiplier, such as the ratio of the current transformers"),
  capacityKw: positive.optional(),
});

const layout = z.discriminatedUnion("rows", [
  z.strictObject({
    rows: z.literal("intervals"),
    time: timeText.extend({
      marks: z.enum(["start", "end", "moment"]).describe("of the interval; or the moment of a cumulative state"),
      dateOf: z
        .enum(["start", "end"])
        .optional()
        .describe("whose date stands beside the end of an interval, where the last one of a day is written 00:00"),
    }),
    date: checked(parseDay).optional().describe("the date of every row, where the file is a profile with times only"),
  }),
  z.strictObject({
    rows: z.literal("days"),
    date: timeText,
    firstColumn: column.describe("the column of the day's first interval; the others follow it"),
    statuses: z.array(z.string()).min(1).optional().describe("good ones, where each value has its status behind it"),
    passOver: z.array(column).default([]).describe("columns behind the day's values that hold something else"),
    records: z
      .strictObject({
        head: z.string().min(1),
        values: z.string().min(1),
        passOver: z.array(z.string()).default([]),
      })
      .optional()
      .describe("what the first cell says, where rows are records: whose the next days are, a day, anything else"),
  }),
]);

const schema = z
  .strictObject({
    encoding: z.enum(ENCODINGS).optional().describe("found out if left out"),
    delimiter: z.string().length(1).default(","),
    comment: z.string().min(1).optional().describe("lines that begin with this are skipped"),
    skipLines: z.int().min(0).default(0),
    footerLines: z.int().min(0).default(0),
    headerRows: z.int().min(0).default(1),
    decimalMark: z.enum([".", ","]).default("."),
    zone: checked(zoneOf).default("Asia/Shanghai").describe("the zone whose calendar days and clock are read"),
    writtenIn: checked(zoneOf).optional().describe("the zone in which times are written, where it is another"),
    resolutionMinutes: z.literal([1, 3, 5, 10, 15, 30, 60]),
    unit: z.enum(UNITS),
    cumulative: z
      .strictObject({ rollsOverAt: positive.optional().describe("the value at which a register begins at 0 again") })
      .optional()
      .describe("values are states of registers that count on, and energy is their difference"),
    layout,
    meters: z.array(meter).min(1),
    days: z.array(day).optional(),
  })
  .superRefine((mapping, context) => {
    const { decimalMark, delimiter } = mapping;
    const complain: Complain = (message, ...path) => context.addIssue({ code: "custom", message: says(message), path });
    checkTimes(mapping, complain);
    checkMeters(mapping, complain);
    if (decimalMark === delimiter)
      complain(
        { en: "The decimal mark cannot also be the delimiter.", zh: "小数点不能同时用作分隔符。" },
        "decimalMark",
      );
  });

type Complain = (message: Sentence, ...path: (string | number)[]) => void;

function checkTimes({ layout, writtenIn, cumulative, headerRows }: Mapping, complain: Complain): void {
  const format = timeFormat(layout.rows === "days" ? layout.date.format : layout.time.format);
  const { fields } = format;
  const isInstant = fields.has("seconds") || fields.has("milliseconds");
  const dated = fields.has("year") && fields.has("month") && fields.has("date");
  if (layout.rows === "days") {
    if (!dated)
      complain(
        {
          en: "A date format needs a year, a month and a day, like yyyy-MM-dd.",
          zh: "日期格式须含年、月、日，例如 yyyy-MM-dd。",
        },
        "layout",
        "date",
        "format",
      );
    if (writtenIn !== undefined)
      complain(
        { en: "Rows that are whole days are already days of the zone.", zh: "以整天为一行时，日期已是该时区的日期。" },
        "writtenIn",
      );
    if (layout.records !== undefined && headerRows > 0) {
      complain(
        {
          en: "Records have no header: set it to 0, and name columns by their numbers.",
          zh: "记录没有表头：请设为 0，并用列号指定列。",
        },
        "headerRows",
      );
    }
    return;
  }
  const { marks, dateOf } = layout.time;
  const given = layout.date !== undefined;
  if (isInstant && (fields.size > 1 || given || writtenIn !== undefined)) {
    complain(
      { en: "A count of seconds says date, time and zone by itself.", zh: "秒数本身已说明日期、时间与时区。" },
      "layout",
      "time",
      "format",
    );
  }
  if (!isInstant && !fields.has("hour"))
    complain(
      { en: "A time format needs an hour, like HH:mm.", zh: "时间格式须含小时，例如 HH:mm。" },
      "layout",
      "time",
      "format",
    );
  if (!isInstant && !given && !dated) {
    complain(
      {
        en: "A time format needs a year, a month and a day, or a fixed date beside it.",
        zh: "时间格式须含年、月、日，或另给固定日期。",
      },
      "layout",
      "time",
      "format",
    );
  }
  if (given && fields.has("date"))
    complain(
      { en: "The format already reads a date, so no fixed date fits.", zh: "格式已读取日期，不能再给固定日期。" },
      "layout",
      "date",
    );
  if (given && (writtenIn !== undefined || fields.has("offset"))) {
    complain(
      { en: "A profile of times only is already on the clock of the zone.", zh: "只有时间的曲线已是该时区的时钟。" },
      "layout",
      "date",
    );
  }
  if (writtenIn !== undefined && fields.has("offset"))
    complain({ en: "Each time already carries its own offset.", zh: "每个时间已带有自己的偏移。" }, "writtenIn");
  if ((marks === "moment") !== (cumulative !== undefined)) {
    complain(
      {
        en: 'Cumulative states have the "moment" at which they were read, intervals a "start" or an "end".',
        zh: '累计示值对应抄表的 "moment"，区间对应 "start" 或 "end"。',
      },
      "layout",
      "time",
      "marks",
    );
  }
  if (dateOf !== undefined && marks !== "end") {
    complain(
      {
        en: "Only the end of an interval can have another date than its start.",
        zh: "只有区间的终点才可能与起点日期不同。",
      },
      "layout",
      "time",
      "dateOf",
    );
  }
}

function checkMeters({ layout, meters, cumulative, unit }: Mapping, complain: Complain): void {
  if (cumulative !== undefined && !isEnergy(unit))
    complain(
      { en: "A register that counts on counts energy, not power.", zh: "累计计度器计的是电量，不是功率。" },
      "unit",
    );
  meters.forEach((entry, index) => {
    const { registers, part } = entry;
    if (registers !== undefined && entry.column !== undefined) {
      complain(
        {
          en: `Meter "${entry.meter}" has a column or registers, not both.`,
          zh: `计量点“${entry.meter}”只能有列或计度器之一。`,
        },
        "meters",
        index,
        "registers",
      );
    }
    if ((registers ?? [entry]).some((one) => (one.column === undefined) !== (layout.rows === "days"))) {
      const what =
        layout.rows === "days"
          ? {
              en: "has no column of its own: its values follow firstColumn",
              zh: "没有自己的列：其数值接在 firstColumn 之后",
            }
          : { en: "needs a column", zh: "须指定列" };
      const sentence = { en: `Meter "${entry.meter}" ${what.en}.`, zh: `计量点“${entry.meter}”${what.zh}。` };
      complain(sentence, "meters", index, "column");
    }
    if (meters.findIndex(({ meter }) => meter === entry.meter) !== index) {
      complain(
        { en: `Meter "${entry.meter}" is named twice.`, zh: `计量点“${entry.meter}”重复出现。` },
        "meters",
        index,
        "meter",
      );
    }
    if (part !== undefined && cumulative !== undefined) {
      complain(
        { en: "A register that counts on counts one direction.", zh: "累计计度器只计一个方向。" },
        "meters",
        index,
        "part",
      );
    }
    const sameSeries = ({ column, where, registers }: MappedMeter) => JSON.stringify([column, where, registers]);
    const others = meters.filter((other) => sameSeries(other) === sameSeries(entry) && other.part !== part);
    if (part !== undefined && others.every((other) => other.part === undefined)) {
      const missing = part === "positive" ? "negative" : "positive";
      complain(
        {
          en: `Meter "${entry.meter}" takes the ${part} part of a series whose ${missing} part nobody takes: map a meter for it, too.`,
          zh: `计量点“${entry.meter}”取该序列的 ${part} 部分，而 ${missing} 部分无人取用：请为其另设计量点。`,
        },
        ...["meters", index, "part"],
      );
    }
  });
}

/** How a CSV file of meter readings is laid out; see README.md for every field. */
export type Mapping = z.infer<typeof schema>;
export type MappedMeter = Mapping["meters"][number];
export type Column = z.infer<typeof column>;
/** A date in the file, the delivery day it is read as, and the meters it is read for. */
export type DayPick = z.infer<typeof day>;

/** Checks a mapping, as read from its JSON file. */
export function parseMapping(json: unknown): Mapping {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const head = { en: "The mapping does not describe a file of readings:", zh: "映射不能描述读数文件：" };
  throw new MappingError(joined([head, ...result.error.issues.map(reasonOf)]));
}

/** Checks days given beside a mapping. */
export function parseDayPicks(json: unknown): DayPick[] {
  const result = z.array(day).safeParse(json);
  if (result.success) return result.data;
  const head = { en: "The days asked for cannot be read:", zh: "无法读取所指定的日期：" };
  throw new MappingError(joined([head, ...result.error.issues.map(reasonOf)]));
}

function reasonOf(issue: Issue): Sentence {
  const { en, zh } = issueWords(issue);
  const path = issue.path.join(".");
  return path === "" ? { en, zh } : { en: `${path}: ${en}`, zh: `${path}：${zh}` };
}
