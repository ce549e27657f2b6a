import type { Hex } from "viem";
import { IntakeRejected } from "../../intake/problem.ts";
import { readTable, type Table } from "../../intake/table.ts";
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

const COLUMNS = ["reference", "kind", "amount"] as const;
type Line = Record<(typeof COLUMNS)[number], string>;

/** Reads CSV with the columns `reference`, `kind` and `amount` (元); all lines or none. */
export function readStatement(csv: Uint8Array | string): Booking[] {
  const problems: string[] = [];
  const { header, rows } = tableOf(csv);
  const wrong = COLUMNS.filter((column) => header.filter((heading) => heading === column).length !== 1);
  if (wrong.length > 0 && header.length > 0) {
    const [column] = wrong;
    throw new StatementError(
      header.includes(column!)
        ? `The statement has several columns ${column}: it needs one.`
        : `The statement has no column ${wrong.join(" and no column ")}: name it in the first line.`,
    );
  }
  const bookings = rows.flatMap(({ line, cells }) => {
    try {
      if (cells.length !== header.length) {
        throw new StatementError(`it has ${cells.length} columns, the first line ${header.length}.`);
      }
      const cell = (column: keyof Line) => (cells[header.indexOf(column)] ?? "").trim();
      return [booking({ reference: cell("reference"), kind: cell("kind"), amount: cell("amount") })];
    } catch (error) {
      if (!(error instanceof DujiangError)) throw error;
      problems.push(`Line ${line}: ${error.message}`);
      return [];
    }
  });
  if (problems.length > 0) throw new StatementError(problems.join("\n"));
  return bookings;
}

function tableOf(csv: Uint8Array | string): Table {
  try {
    return readTable(csv, { delimiter: ",", skipLines: 0, footerLines: 0, headerRows: 1 });
  } catch (error) {
    if (!(error instanceof IntakeRejected)) throw error;
    const [{ line, reason } = { reason: "" }] = error.problems;
    throw new StatementError(`Line ${line ?? 1}: ${reason}`);
  }
}

function booking({ reference, kind, amount }: Line): Booking {
  const known = KINDS.find((name) => name === kind);
  if (known === undefined)
    throw new StatementError(
      `"${kind}" is not a kind of booking: write ${KINDS.slice(0, -1).join(", ")} or ${KINDS.at(-1)}.`,
    );
  return { reference: bankReference(reference), kind: known, amountFen: parseYuan(amount) };
}
