import { type Context, ponder } from "ponder:registry";
import { DEBT_MARKS } from "../../../sdk/credit/enums.ts";
import { nameOf } from "../../../sdk/types/words.ts";
import { creditCounter } from "./schema.ts";

type Row = typeof creditCounter.$inferSelect;
type Changes = Partial<Omit<Row, "participantId">>;

ponder.on("CreditLedger:TradeCounted", async ({ event, context: { db } }) => {
  const { seller, buyer, contractedWh, deliveredWh, charged, late, ruled } = event.args;
  await change(db, seller, (row) => ({
    ...{ sales: row.sales + 1, salesCharged: row.salesCharged + Number(charged) },
    ...{ salesLate: row.salesLate + Number(late), salesRuled: row.salesRuled + Number(ruled) },
    ...{ soldWh: row.soldWh + contractedWh, soldDeliveredWh: row.soldDeliveredWh + deliveredWh },
  }));
  await change(db, buyer, (row) => ({
    ...{ purchases: row.purchases + 1, purchasesCharged: row.purchasesCharged + Number(charged) },
    ...{ purchasesLate: row.purchasesLate + Number(late), purchasesRuled: row.purchasesRuled + Number(ruled) },
    ...{ boughtWh: row.boughtWh + contractedWh, boughtDeliveredWh: row.boughtDeliveredWh + deliveredWh },
  }));
});

ponder.on("CreditLedger:TradeLeftOut", async ({ event, context: { db } }) => {
  for (const participant of [event.args.seller, event.args.buyer]) {
    await change(db, participant, (row) => ({ tradesLeftOut: row.tradesLeftOut + 1 }));
  }
});

ponder.on("CreditLedger:DebtCounted", async ({ event, context: { db } }) => {
  const { debtor, mark, daysLate, ends } = event.args;
  await change(db, debtor, (row): Changes => {
    switch (nameOf(DEBT_MARKS, mark)) {
      case "OnTime":
        return { dischargedOnTime: row.dischargedOnTime + 1 };
      case "Late":
        return {
          ...{ dischargedLate: row.dischargedLate + 1, daysLate: row.daysLate + daysLate },
          arrearsStanding: row.arrearsStanding - Number(ends),
        };
      case "Default":
        return { defaults: row.defaults + 1 };
      case "Arrears":
        return { arrears: row.arrears + 1, arrearsStanding: row.arrearsStanding + Number(!ends) };
      case "WrittenOff":
        return { writtenOff: row.writtenOff + 1 };
      default:
        return {};
    }
  });
});

async function change(db: Context["db"], participantId: number, by: (row: Row) => Changes): Promise<void> {
  await db
    .insert(creditCounter)
    .values({
      ...{ participantId, sales: 0, salesCharged: 0, salesLate: 0, salesRuled: 0, soldWh: 0n, soldDeliveredWh: 0n },
      ...{ purchases: 0, purchasesCharged: 0, purchasesLate: 0, purchasesRuled: 0 },
      ...{ boughtWh: 0n, boughtDeliveredWh: 0n, tradesLeftOut: 0 },
      ...{
        dischargedOnTime: 0,
        dischargedLate: 0,
        daysLate: 0,
        defaults: 0,
        arrears: 0,
        arrearsStanding: 0,
        writtenOff: 0,
      },
    })
    .onConflictDoNothing();
  await db.update(creditCounter, { participantId }).set(by);
}
