import { ponder } from "ponder:registry";
import { DEBT_CODES } from "../../../sdk/debts/enums.ts";
import { tradeOfDebt } from "../../../sdk/debts/source.ts";
import { dayOf } from "../../../sdk/types/time.ts";
import { nameOf } from "../../../sdk/types/words.ts";
import { countOn } from "../kpi/count.ts";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { word } from "../types/words.ts";
import { businessDayFrom } from "./calendar.ts";
import { claimBook, debt, debtCode, debtPoster } from "./schema.ts";

ponder.on("DebtLedger:DebtPosted", async ({ event, context: { db } }) => {
  const { id, debtor, creditor, code, dueDay, amountFen, source } = event.args;
  const { at, tx } = moment(event);
  const lastPaymentDay = await businessDayFrom(db, dueDay);
  await db.insert(debt).values({
    ...{ id, code: word(debtCode, code), status: "outstanding", debtorId: debtor, creditorId: creditor },
    ...{ ...dayAndDate(dayOf(at), "issue"), ...dayAndDate(dueDay, "due") },
    ...{ ...dayAndDate(lastPaymentDay, "lastPayment"), amountFen },
    ...{ paidFen: 0n, lateFeePaidFen: 0n, reducedFen: 0n, claimed: false },
    ...{ source, tradeId: tradeOfDebt(nameOf(DEBT_CODES, code), source) ?? null, postedAt: at, postedTx: tx },
  });
  await countOn(db, lastPaymentDay, { dueFen: amountFen });
});

ponder.on("DebtLedger:DebtReduced", async ({ event, context: { db } }) => {
  const { id, amountFen } = event.args;
  const { lastPaymentDay, defaultedAt, writtenOffAt } = await db
    .update(debt, { id })
    .set((row) => ({ reducedFen: row.reducedFen + amountFen }));
  // It was never owed.
  await countOn(db, lastPaymentDay, {
    dueFen: -amountFen,
    ...(defaultedAt === null ? {} : { defaultedFen: -amountFen }),
    ...(writtenOffAt === null ? {} : { writtenOffFen: -amountFen }),
  });
});

ponder.on("DebtLedger:DebtDischarged", async ({ event, context: { db } }) => {
  const { at, tx } = moment(event);
  await db.update(debt, { id: event.args.id }).set({ status: "discharged", dischargedAt: at, dischargedTx: tx });
});

ponder.on("DebtLedger:DebtClaimed", async ({ event, context: { db } }) => {
  await db.update(debt, { id: event.args.id }).set({ claimed: true });
});

ponder.on("DebtLedger:DebtDefaulted", async ({ event, context: { db } }) => {
  const { id, unpaidFen } = event.args;
  const { at, tx } = moment(event);
  const { lastPaymentDay } = await db
    .update(debt, { id })
    .set({ status: "defaulted", defaultedAt: at, defaultedTx: tx });
  await countOn(db, lastPaymentDay, { defaultedFen: unpaidFen });
});

ponder.on("DebtLedger:DebtStoodStill", async ({ event, context: { db } }) => {
  const { id, until } = event.args;
  await db.update(debt, { id }).set({ standsStillUntil: until === 0 ? null : BigInt(until) });
});

ponder.on("DebtLedger:RecoveryStarted", async ({ event, context: { db } }) => {
  const { id, claimant: recovererId, evidenceHash: recoveryEvidenceHash } = event.args;
  const { at: recoveringAt, tx: recoveringTx } = moment(event);
  await db
    .update(debt, { id })
    .set({ status: "recovering", recoveringAt, recoveringTx, recovererId, recoveryEvidenceHash });
});

ponder.on("DebtLedger:DebtWrittenOff", async ({ event, context: { db } }) => {
  const { id, unpaidFen, evidenceHash: writeOffEvidenceHash } = event.args;
  const { at: writtenOffAt, tx: writtenOffTx } = moment(event);
  const { lastPaymentDay } = await db
    .update(debt, { id })
    .set({ status: "writtenOff", writtenOffAt, writtenOffTx, writeOffEvidenceHash });
  await countOn(db, lastPaymentDay, { writtenOffFen: unpaidFen });
});

ponder.on("DebtLedger:PosterApproved", async ({ event, context: { db } }) => {
  const { poster, code } = event.args;
  const { at: approvedAt, tx: approvedTx } = moment(event);
  await db
    .insert(debtPoster)
    .values({ poster, code: word(debtCode, code), approvedAt, approvedTx })
    .onConflictDoNothing();
});

ponder.on("DebtLedger:ClaimBookApproved", async ({ event, context: { db } }) => {
  const { at: approvedAt, tx: approvedTx } = moment(event);
  const { book, number } = event.args;
  await db.insert(claimBook).values({ book, number, approvedAt, approvedTx }).onConflictDoNothing();
});
