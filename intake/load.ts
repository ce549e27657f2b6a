import { readFile } from "node:fs/promises";
import type { Sentence } from "../sdk/types/sentence.ts";
import { type DayPick, type Mapping, MappingError, parseMapping } from "./mapping.ts";
import { type MeterDay, readMeterDays } from "./readings.ts";

/** Reads a mapping file. */
export async function loadMapping(path: string): Promise<Mapping> {
  const text = await read(path, { en: "mapping", zh: "映射" });
  let json: unknown;
  try {
    json = JSON.parse(text.toString("utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new MappingError({
      en: `The mapping ${path} is not valid JSON: ${reason}.`,
      zh: `映射 ${path} 不是有效的 JSON：${reason}。`,
    });
  }
  return parseMapping(json);
}

/** Takes the days asked for out of a file of readings by a mapping file. */
export async function loadMeterDays(readings: string, mapping: string, days?: DayPick[]): Promise<MeterDay[]> {
  return readMeterDays(
    await read(readings, { en: "file of readings", zh: "读数文件" }),
    await loadMapping(mapping),
    days,
  );
}

async function read(path: string, what: Sentence): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const reason = isMissing
      ? { en: "there is no such file", zh: "文件不存在" }
      : { en: String(error), zh: String(error) };
    throw new MappingError({
      en: `The ${what.en} ${path} cannot be read: ${reason.en}.`,
      zh: `无法读取${what.zh} ${path}：${reason.zh}。`,
    });
  }
}
