import { CsvError, parse } from "csv-parse/sync";
import type { Hex } from "viem";
import { bankReference } from "../../sdk/money/bankReference.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import { type Fen, parseYuan } from "../../sdk/types/units.ts";

/** Thrown with every line of a statement that cannot be taken, and why. */
export class StatementError extends DujiangError {}

export const KINDS = ["issued", "redeemed", "received", "paid"] as const;

/**
 * A line of a settlement bank's statement: money received for deposits issued or paid out for deposits redeemed, and money
 * received from another settlement bank or paid to one.
 */
export interface Booking {
  reference: Hex;
  kind: (typeof KINDS)[number];
  amountFen: Fen;
}

/** Reads CSV with the columns `reference`, `kind` and `amount` (元); all lines or none. */
export function readStatement(csv: string): Booking[] {
  const problems: string[] = [];
  const bookings = records(csv).flatMap(({ record, info }) => {
    try {
      return [booking(record)];
    } catch (error) {
      if (!(error instanceof DujiangError)) throw error;
      problems.push(`Line ${info.lines}: ${error.message}`);
      return [];
    }
  });
  if (problems.length > 0) throw new StatementError(problems.join("\n"));
  return bookings;
}

interface Line {
  record: Record<string, string | undefined>;
  info: { lines: number };
}

function records(csv: string): Line[] {
  try {
    const options = { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true };
    const lines = parse(csv, options) as unknown as Line[];
    const missing = ["reference", "kind", "amount"].filter((column) => lines[0] && !(column in lines[0].record));
    if (missing.length === 0) return lines;
    throw new StatementError(
      `The statement has no column ${missing.join(" and no column ")}: name it in the first line.`,
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new StatementError(`The statement is not valid CSV: ${error.message}.`);
  }
}

function booking({ reference = "", kind = "", amount = "" }: Line["record"]): Booking {
  const known = KINDS.find((name) => name === kind);
  if (known === undefined)
    throw new StatementError(
      `"${kind}" is not a kind of booking: write ${KINDS.slice(0, -1).join(", ")} or ${KINDS.at(-1)}.`,
    );
  return { reference: bankReference(reference), kind: known, amountFen: parseYuan(amount) };
}
