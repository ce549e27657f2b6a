import { ponder } from "ponder:registry";
import { and, eq } from "ponder";
import { trade } from "../market/schema.ts";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { claimDraft, receivable as receivableTable } from "./schema.ts";

ponder.on("DraftingDesk:ClaimDrafted", async ({ event, context: { db } }) => {
  const { id, debtor, creditor, invoice } = event.args;
  const { at, tx } = moment(event);
  const { sellerId, buyerId, day } = trade;
  const sameDelivery = and(eq(sellerId, creditor), eq(buyerId, invoice.debtor), eq(day, invoice.deliveryDay));
  await db.insert(claimDraft).values({
    ...{ id, status: "drafted", debtorId: debtor, creditorId: creditor, amountFen: invoice.amountFen },
    tradesOfDelivery: await db.sql.$count(trade, sameDelivery),
    // A draft may say what no claim could: whether it can be confirmed shows when it is.
    ...{ ...dayAndDate(invoice.deliveryDay, "delivery"), ...dayAndDate(invoice.dueDay, "due") },
    ...{ invoiceNumber: invoice.number, invoiceHash: invoice.fileHash, draftedAt: at, draftedTx: tx },
  });
});

ponder.on("DraftingDesk:ClaimConfirmed", async ({ event, context: { db } }) => {
  const { id, receivable, digest } = event.args;
  const { at, tx } = moment(event);
  await db.update(claimDraft, { id }).set({
    ...{ status: "confirmed", receivableId: receivable, confirmationDigest: digest },
    ...{ confirmedAt: at, confirmedTx: tx },
  });
  await db.update(receivableTable, { id: receivable }).set({ draftId: id });
});

ponder.on("DraftingDesk:DraftCancelled", async ({ event, context: { db } }) => {
  await db.update(claimDraft, { id: event.args.id }).set({ status: "cancelled", cancelledAt: event.block.timestamp });
});

ponder.on("DraftingDesk:DraftRefused", async ({ event, context: { db } }) => {
  const { id, reasonHash } = event.args;
  await db
    .update(claimDraft, { id })
    .set({ status: "refused", refusalReasonHash: reasonHash, refusedAt: event.block.timestamp });
});
