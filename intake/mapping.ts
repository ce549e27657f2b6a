import { z } from "zod";
import { parseDecimal } from "../sdk/types/decimal.ts";
import { DujiangError } from "../sdk/types/errors.ts";
import { parseDay } from "../sdk/types/time.ts";
import { timeFormat } from "./timeFormat.ts";
import { zoneOf } from "./zone.ts";

/** Thrown when a mapping does not describe a file. */
export class MappingError extends DujiangError {}

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A text that `read` accepts; what it says about others becomes the reason. */
const checked = (read: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      read(text);
    } catch (error) {
      // What cannot be read cannot be compared with its neighbours either: checks of the whole mapping wait for it.
      context.addIssue({ code: "custom", message: sentence(error), continue: false });
    }
  });

const positive = checked((text) => {
  if (parseDecimal(text).digits <= 0n) throw new MappingError(`"${text}" is not a number above 0, written like "1.5".`);
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

const meter = z.strictObject({
  meter: z.string().min(1),
  direction: z.enum(["generation", "consumption"]),
  column: column.optional().describe("the column of its values, where a row is an interval"),
  where: z
    .array(z.strictObject({ column, is: z.string() }))
    .default([])
    .describe("only rows that hold these texts"),
  scale: positive.default("1").describe("a multiplier, such as the ratio of the current transformers"),
  capacityKw: positive.optional(),
});

const layout = z.discriminatedUnion("rows", [
  z.strictObject({
    rows: z.literal("intervals"),
    time: timeText.extend({ marks: z.enum(["start", "end"]) }),
    date: checked(parseDay).optional().describe("the date of every row, where the file is a profile with times only"),
  }),
  z.strictObject({
    rows: z.literal("days"),
    date: timeText,
    firstColumn: column.describe("the column of the day's first interval; the others follow it"),
  }),
]);

const schema = z
  .strictObject({
    encoding: z.enum(["utf-8", "gb18030"]).default("utf-8"),
    delimiter: z.string().length(1).default(","),
    comment: z.string().min(1).optional().describe("lines that begin with this are skipped"),
    skipLines: z.int().min(0).default(0),
    headerRows: z.int().min(0).default(1),
    decimalMark: z.enum([".", ","]).default("."),
    zone: checked(zoneOf).default("Asia/Shanghai").describe("the zone whose calendar days and clock are read"),
    writtenIn: checked(zoneOf).optional().describe("the zone in which times are written, where it is another"),
    resolutionMinutes: z.union([z.literal(15), z.literal(30), z.literal(60)]),
    unit: z.enum(["W", "kW", "MW", "Wh", "kWh", "MWh"]),
    layout,
    meters: z.array(meter).min(1),
    days: z.array(day).optional(),
  })
  .superRefine(({ layout, meters, writtenIn, decimalMark, delimiter }, context) => {
    const complain = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: "custom", message, path });
    const fields = timeFormat(layout.rows === "days" ? layout.date.format : layout.time.format).fields;
    const dated = fields.has("year") && fields.has("month") && fields.has("date");
    if (layout.rows === "days") {
      if (!dated)
        complain("A date format needs a year, a month and a day, like yyyy-MM-dd.", "layout", "date", "format");
      if (writtenIn !== undefined) complain("Rows that are whole days are already days of the zone.", "writtenIn");
    } else {
      const given = layout.date !== undefined;
      if (!fields.has("hour")) complain("A time format needs an hour, like HH:mm.", "layout", "time", "format");
      if (!given && !dated)
        complain(
          "A time format needs a year, a month and a day, or a fixed date beside it.",
          "layout",
          "time",
          "format",
        );
      if (given && fields.has("date"))
        complain("The format already reads a date, so no fixed date fits.", "layout", "date");
      if (given && (writtenIn !== undefined || fields.has("offset"))) {
        complain("A profile of times only is already on the clock of the zone.", "layout", "date");
      }
      if (writtenIn !== undefined && fields.has("offset"))
        complain("Each time already carries its own offset.", "writtenIn");
    }
    meters.forEach((entry, index) => {
      if ((entry.column === undefined) !== (layout.rows === "days")) {
        const what =
          layout.rows === "days" ? "has no column of its own: its values follow firstColumn" : "needs a column";
        complain(`Meter "${entry.meter}" ${what}.`, "meters", index, "column");
      }
      if (meters.findIndex(({ meter }) => meter === entry.meter) !== index) {
        complain(`Meter "${entry.meter}" is named twice.`, "meters", index, "meter");
      }
    });
    if (decimalMark === delimiter) complain("The decimal mark cannot also be the delimiter.", "decimalMark");
  });

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
  const reasons = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  throw new MappingError(`The mapping does not describe a file of readings:\n${reasons.join("\n")}`);
}

/** Checks days given beside a mapping. */
export function parseDayPicks(json: unknown): DayPick[] {
  const result = z.array(day).safeParse(json);
  if (result.success) return result.data;
  throw new MappingError(
    `The days asked for cannot be read:\n${result.error.issues.map(({ message }) => message).join("\n")}`,
  );
}
