import type { Hex } from "viem";
import { IntakeRejected } from "../../intake/problem.ts";
import { readTable, type Table } from "../../intake/table.ts";
import { bankReference } from "../../sdk/money/bankReference.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import { joined, type Sentence } from "../../sdk/types/sentence.ts";
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
  const problems: Sentence[] = [];
  const { header, rows } = tableOf(csv);
  const wrong = COLUMNS.filter((column) => header.filter((heading) => heading === column).length !== 1);
  if (wrong.length > 0 && header.length > 0) {
    const [column] = wrong;
    throw new StatementError(
      header.includes(column!)
        ? {
            en: `The statement has several columns ${column}: it needs one.`,
            zh: `对账单有多列 ${column}：只能有一列。`,
          }
        : {
            en: `The statement has no column ${wrong.join(" and no column ")}: name it in the first line.`,
            zh: `对账单没有列 ${wrong.join("、")}：请在首行写明。`,
          },
    );
  }
  const bookings = rows.flatMap(({ line, cells }) => {
    try {
      if (cells.length !== header.length) {
        throw new StatementError({
          en: `it has ${cells.length} columns, the first line ${header.length}.`,
          zh: `有 ${cells.length} 列，而首行有 ${header.length} 列。`,
        });
      }
      const cell = (column: keyof Line) => (cells[header.indexOf(column)] ?? "").trim();
      return [booking({ reference: cell("reference"), kind: cell("kind"), amount: cell("amount") })];
    } catch (error) {
      if (!(error instanceof DujiangError)) throw error;
      problems.push(atLine(line, error.sentences));
      return [];
    }
  });
  if (problems.length > 0) throw new StatementError(joined(problems));
  return bookings;
}

const atLine = (line: number, { en, zh }: Sentence): Sentence => ({
  en: `Line ${line}: ${en}`,
  zh: `第 ${line} 行：${zh}`,
});

function tableOf(csv: Uint8Array | string): Table {
  try {
    return readTable(csv, { delimiter: ",", skipLines: 0, footerLines: 0, headerRows: 1 });
  } catch (error) {
    if (!(error instanceof IntakeRejected)) throw error;
    const [{ line, reason } = { reason: error.sentences }] = error.problems;
    throw new StatementError(atLine(line ?? 1, reason));
  }
}

function booking({ reference, kind, amount }: Line): Booking {
  const known = KINDS.find((name) => name === kind);
  if (known === undefined)
    throw new StatementError({
      en: `"${kind}" is not a kind of booking: write ${KINDS.join(" or ")}.`,
      zh: `“${kind}”不是记账类别：请填写 ${KINDS.join(" 或 ")}。`,
    });
  return { reference: bankReference(reference), kind: known, amountFen: parseYuan(amount) };
}
