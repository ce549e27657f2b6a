/** Reads the curves of a trading day by hand, so that nothing of the product vouches for itself. Imports nothing of it. */
import { readFileSync } from "node:fs";

/** Rows of a simple CSV file: no quotes, comments after #. */
function rows(file: string | URL): string[][] {
  return readFileSync(file, "utf8")
    .split(/\r?\n/)
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(","));
}

/** Decimal text x factor, rounded half up, without a binary float. */
function times(text: string, factor: bigint): bigint {
  const [, whole = "0", , fraction = "", , exponent = "0"] = /^(\d+)(\.(\d+))?(e([+-]?\d+))?$/i.exec(text) ?? [];
  const shift = fraction.length - Number(exponent);
  const number = BigInt(whole + fraction) * factor;
  if (shift <= 0) return number * 10n ** BigInt(-shift);
  const divisor = 10n ** BigInt(shift);
  return (number + divisor / 2n) / divisor;
}

/** The columns of generation, kW in quarter hours: a quarter of it is Wh. */
export function typicalGeneration(file: string | URL, date: string): Map<string, number[]> {
  const [head = [], ...body] = rows(file);
  const ofDay = body.filter(([time = ""]) => time.startsWith(date));
  return new Map(
    head.slice(1).map((name, index) => [name, ofDay.map((row) => Number(times(row[index + 1] ?? "", 250n)))]),
  );
}

/** A row for each meter and day, kWh in quarter hours. */
export function typicalConsumption(file: string | URL, date: string): Map<string, number[]> {
  const ofDay = rows(file).filter(([day]) => day === date);
  return new Map(ofDay.map(([, name = "", ...values]) => [name, values.map((value) => Number(times(value, 1000n)))]));
}

/** A column of half-hours in kW; an odd Wh goes to the first of the two quarters. */
export function halfHours(file: string | URL, date: string, column: string): number[] {
  const [head = [], ...body] = rows(file);
  const place = head.indexOf(column);
  return body
    .filter(([time = ""]) => time.startsWith(date))
    .flatMap((row) => {
      const wh = times(row[place] ?? "", 500n);
      return [Number(wh - wh / 2n), Number(wh / 2n)];
    });
}
