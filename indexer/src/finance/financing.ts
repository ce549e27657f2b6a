import { ponder } from "ponder:registry";
import { dayOf } from "../../../sdk/types/time.ts";
import { countFor, countOn } from "../kpi/count.ts";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { storable } from "../types/values.ts";
import { countCreditorPaid } from "./countCreditorPaid.ts";
import { bid, financing, financingRequest, receivable as receivableTable } from "./schema.ts";

ponder.on("FinancingDesk:FinancingRequested", async ({ event, context: { db } }) => {
  const { id, receivable, requester, request } = event.args;
  const { at, tx } = moment(event);
  await db.insert(financingRequest).values({
    ...{ id, status: "open", receivableId: receivable, requesterId: requester },
    ...{ units: request.units, maxRateBp: BigInt(request.maxRateBp) },
    ...{ ...dayAndDate(request.lastDay, "last"), requestedAt: at, requestedTx: tx },
  });
  await countOn(db, dayOf(at), { requests: 1 });
  await countFor(db, requester, dayOf(at), { requests: 1 });
});

ponder.on("FinancingDesk:RequestCancelled", async ({ event, context: { db } }) => {
  await db
    .update(financingRequest, { id: event.args.id })
    .set({ status: "cancelled", cancelledAt: event.block.timestamp });
});

ponder.on("FinancingDesk:BidPlaced", async ({ event, context: { db } }) => {
  const { id, request, bidder, bid: placed, toAffiliate } = event.args;
  const { at, tx } = moment(event);
  await db.insert(bid).values({
    ...{ id, status: "funded", requestId: request, bidderId: bidder },
    ...{ rateBp: BigInt(placed.rateBp), recourse: placed.recourse, heldFen: placed.heldFen, toAffiliate },
    ...{ ...dayAndDate(placed.lastDay, "last"), placedAt: at, placedTx: tx },
  });
  await countOn(db, dayOf(at), { bidFen: placed.heldFen });
  await countFor(db, bidder, dayOf(at), { bids: 1 });
});

ponder.on("FinancingDesk:BidReleased", async ({ event, context: { db } }) => {
  await db
    .update(bid, { id: event.args.id })
    .set({ status: "released", heldFen: 0n, releasedAt: event.block.timestamp });
});

ponder.on("FinancingDesk:Financed", async ({ event, context: { db } }) => {
  const { id, request, receivable, units, paidFen, daysToDue } = event.args;
  const { at, tx } = moment(event);
  const accepted = await db.update(bid, { id }).set({ status: "accepted", heldFen: 0n, paidFen, acceptedAt: at });
  const { requesterId, requestedAt } = await db
    .update(financingRequest, { id: request })
    .set({ status: "financed", financedAt: at });
  await db.insert(financing).values({
    ...{
      id,
      requestId: request,
      receivableId: receivable,
      requesterId,
      financierId: accepted.bidderId,
      units,
      paidFen,
    },
    ...{ rateBp: accepted.rateBp, recourse: accepted.recourse, daysToDue: Number(daysToDue) },
    ...{ financedAt: at, financedTx: tx },
  });
  await countOn(db, dayOf(at), { financings: 1, requestToMoneySeconds: at - requestedAt });
  await countOn(db, dayOf(requestedAt), { requestsFinanced: 1 });
  await countOn(db, dayOf(accepted.placedAt), { bidPaidFen: paidFen });
  const claim = await db.find(receivableTable, { id: receivable });
  if (claim?.creditorId === requesterId) await countCreditorPaid(db, claim.debtId, at, paidFen);
});

ponder.on("FinancingDesk:FinancingRegistered", async ({ event, context: { db } }) => {
  const { id, registrationNumber } = event.args;
  await db.update(financing, { id }).set({ registrationNumber: storable(registrationNumber) });
});
