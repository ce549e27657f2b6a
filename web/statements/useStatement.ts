import { useAllTrades } from "../indexed/index.ts";
import { useOperator } from "../operator/index.ts";
import type { RangeStatement } from "./compareStatement.ts";
import { STATED } from "./statementQuery.ts";

export interface Range {
  from: string;
  to: string;
  /** Only of trades from or to these. */
  meters: readonly string[];
}

/** What the market operator answers, as JSON or as a table for a spreadsheet. */
export const statementPath = (participant: number, { from, to, meters }: Range, as?: "csv"): string => {
  const asked = new URLSearchParams({ from, to });
  if (meters.length > 0) asked.set("meters", meters.join(","));
  if (as !== undefined) asked.set("as", as);
  return `/statements/${participant}?${asked}`;
};

/** The market operator's statement of some days, and beside it what the index has of them. */
export function useStatement(participant: number, range: Range) {
  const stated = useOperator<RangeStatement>(statementPath(participant, range));
  const where = {
    AND: [
      { OR: [{ sellerId: participant }, { buyerId: participant }] },
      { date_gte: range.from, date_lte: range.to },
      ...(range.meters.length === 0
        ? []
        : [{ OR: [{ sellerMeterId_in: [...range.meters] }, { buyerMeterId_in: [...range.meters] }] }]),
    ],
  };
  const indexed = useAllTrades(STATED, where);
  return { stated, indexed };
}
