import { CsvError, parse } from "csv-parse/sync";
import { type Hex, isHex, size, stringToHex } from "viem";
import { DujiangError } from "../../sdk/types/errors.ts";
import { type Fen, parseYuan } from "../../sdk/types/units.ts";

/** Thrown with every line of a statement that cannot be taken, and why. */
export class StatementError extends DujiangError {}

export const KINDS = ["issued", "redeemed"] as const;

/** A line of the settlement bank's statement: money received for deposits issued, or paid out for deposits redeemed. */
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
  if (known === undefined) throw new StatementError(`"${kind}" is not a kind of booking: write issued or redeemed.`);
  return { reference: referenceOf(reference), kind: known, amountFen: parseYuan(amount) };
}

/** 32 bytes as they are on chain, or a text that fits them, padded with zeros as wallets do. */
function referenceOf(text: string): Hex {
  if (isHex(text) && size(text) === 32) return text.toLowerCase() as Hex;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > 0 && bytes < 32) return stringToHex(text, { size: 32 });
  throw new StatementError(`"${text}" is not a reference: write 0x and 64 digits, or a text of at most 31 bytes.`);
}
