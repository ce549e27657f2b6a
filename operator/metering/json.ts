import { z } from "@hono/zod-openapi";
import { BatchRejected, rejectWhole, shown } from "./problem.ts";
import type { RawReading } from "./rawReading.ts";

const READING = z.strictObject({
  meter: z.string().openapi({ description: "asset number", example: "5130001234567" }),
  date: z.string().openapi({ format: "date", example: "2026-11-22" }),
  quality: z
    .string()
    .default("measured")
    .openapi({ enum: ["measured", "estimated"] }),
  kWh: z
    .array(z.union([z.number(), z.string(), z.null()]))
    .openapi({ description: "96 values, 00:00-00:15 first; text keeps more than 15 digits exact" }),
});

/** What `POST /readings` takes as JSON, and what a `.json` file holds. */
export const JSON_BATCH = z.strictObject({ readings: z.array(READING) }).openapi("ReadingsBatch");

/** The same as CSV in JSON. A number is taken as the text in which JSON writes it. */
export function readJson(text: string): RawReading[] {
  const result = JSON_BATCH.safeParse(parse(text));
  if (!result.success) throw misfit(result.error);
  return result.data.readings.map(({ meter, date, quality, kWh }, index) => ({
    ...{ place: index + 1, meter: meter.trim(), date, quality },
    values: kWh.map((value) => (value === null ? "" : String(value).trim())),
  }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What other programs take for numbers, JSON does not.
    const bare = /[[:,]\s*([+-]?(?:\.\d+|\d+\.)|\+\d[\d.]*)\s*[\],}]/.exec(text)?.[1];
    if (bare !== undefined) {
      return rejectWhole({
        en: `The batch is not JSON: "${shown(bare)}" is no number there. Write a digit on both sides of the point and no plus, or the value as text.`,
        zh: `该批次不是有效的 JSON：“${shown(bare)}”不是其中的数值。小数点两侧须有数字且不带正号，或写作文本。`,
      });
    }
    return rejectWhole({
      en: "The batch is not JSON: it was cut off, or something else was written.",
      zh: "该批次不是有效的 JSON：可能被截断，或内容有误。",
    });
  }
}

function misfit({ issues: [issue] }: z.ZodError): BatchRejected {
  const path = shown((issue?.path ?? []).map(String).join("."));
  const [of, index] = issue?.path ?? [];
  const place = of === "readings" && typeof index === "number" ? index + 1 : null;
  const words = {
    en: `${path === "" ? "The batch" : path} is not as documented: readings is a list of {"meter", "date", "quality", "kWh"}, with kWh a list of 96 numbers.`,
    zh: `${path === "" ? "该批次" : path} 与文档不符：readings 应为 {"meter", "date", "quality", "kWh"} 的列表，kWh 为 96 个数值。`,
  };
  return new BatchRejected([{ place, meter: null, slot: null, words }]);
}
