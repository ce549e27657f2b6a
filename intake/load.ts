import { readFile } from "node:fs/promises";
import { type DayPick, type Mapping, MappingError, parseMapping } from "./mapping.ts";
import { type MeterDay, readMeterDays } from "./readings.ts";

/** Reads a mapping file. */
export async function loadMapping(path: string): Promise<Mapping> {
  const text = await read(path, "mapping");
  let json: unknown;
  try {
    json = JSON.parse(text.toString("utf8"));
  } catch (error) {
    throw new MappingError(`The mapping ${path} is not valid JSON: ${error instanceof Error ? error.message : error}.`);
  }
  return parseMapping(json);
}

/** Takes the days asked for out of a file of readings by a mapping file. */
export async function loadMeterDays(readings: string, mapping: string, days?: DayPick[]): Promise<MeterDay[]> {
  return readMeterDays(await read(readings, "file of readings"), await loadMapping(mapping), days);
}

async function read(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason =
      error instanceof Error && "code" in error && error.code === "ENOENT" ? "there is no such file" : String(error);
    throw new MappingError(`The ${what} ${path} cannot be read: ${reason}.`);
  }
}
