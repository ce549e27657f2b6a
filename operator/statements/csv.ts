import { formatDay } from "../../sdk/index.ts";
import type { Statement } from "./statement.ts";

const COLUMNS = [
  ...["date", "participant", "trade", "version", "state", "role", "sellerMeter", "buyerMeter"],
  ...[
    "contractedWh",
    "deliveredWh",
    "claimedWh",
    "deviationWh",
    "item",
    "payer",
    "payee",
    "amountFen",
    "dueDate",
    "debt",
  ],
];

/** A row for each payment; a line without one has a row of its own. Amounts in fen, energy in Wh, received with a plus. */
export function statementCsv(statements: readonly Statement[]): string {
  const rows = statements.flatMap(rowsOf);
  return [COLUMNS, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function rowsOf({ participant, day, lines }: Statement) {
  return lines.flatMap(({ payments, ...line }) => {
    const { trade, version, state, role, sellerMeter, buyerMeter, contractedWh, deliveredWh, claimedWh, deviationWh } =
      line;
    const first = [formatDay(day), participant, trade, version, state, role, sellerMeter, buyerMeter];
    const energy = [contractedWh, deliveredWh ?? "", claimedWh ?? "", deviationWh ?? ""];
    const amounts = payments.map(({ item, payer, payee, amountFen, dueDay, debt }) => [
      ...[item, payer, payee, payee === participant ? amountFen : -amountFen],
      ...[dueDay === undefined ? "" : formatDay(dueDay), debt ?? ""],
    ]);
    return (amounts.length === 0 ? [["", "", "", "", "", ""]] : amounts).map((amount) => [
      ...first,
      ...energy,
      ...amount,
    ]);
  });
}
