import { type Context, ponder } from "ponder:registry";
import { type Address, zeroAddress } from "viem";
import { participantAt } from "../identity/participantAt.ts";
import { eventId, moment } from "../types/events.ts";
import { changeBank } from "./banks.ts";
import { changeAccount } from "./changeAccount.ts";
import { depositAccount, depositEntry, depositHold, depositTransfer } from "./schema.ts";

/** Every movement of money, payments out of holds included, is a transfer; mints and burns change one side only. */
ponder.on("DepositToken:Transfer", async ({ event, context: { db } }) => {
  const { from, to, value } = event.args;
  if (value === 0n) return;
  const senderId = from === zeroAddress ? null : await participantAt(db, from);
  const recipientId = to === zeroAddress ? null : await participantAt(db, to);
  const fromBank = await changeBalance(db, senderId, -value);
  const toBank = await changeBalance(db, recipientId, value);
  if (fromBank !== toBank) {
    if (fromBank !== null) await changeBank(db, fromBank, { depositsFen: -value });
    if (toBank !== null) await changeBank(db, toBank, { depositsFen: value });
  }
  if (senderId === null || recipientId === null) return;
  const { at, tx } = moment(event);
  await db.insert(depositTransfer).values({
    ...{ id: eventId(event), senderId, recipientId, amountFen: value },
    ...{ transferredAt: at, transferredTx: tx },
  });
});

ponder.on("DepositToken:Issued", async ({ event, context: { db } }) => {
  const { participant, bank, amountFen, bankReference } = event.args;
  await changeAccount(db, participant, (row) => ({ issuedFen: row.issuedFen + amountFen }));
  await changeBank(db, bank, { issuedFen: amountFen, positionFen: amountFen });
  await book(db, event, { participantId: participant, bankId: bank, kind: "issued", amountFen, bankReference });
});

ponder.on("DepositToken:Redeemed", async ({ event, context: { db } }) => {
  const { participant, bank, amountFen, bankReference } = event.args;
  await changeAccount(db, participant, (row) => ({ redeemedFen: row.redeemedFen + amountFen }));
  await changeBank(db, bank, { redeemedFen: amountFen, positionFen: -amountFen });
  await book(db, event, { participantId: participant, bankId: bank, kind: "redeemed", amountFen, bankReference });
});

ponder.on("DepositToken:FrozenChanged", async ({ event, context: { db } }) => {
  const { participant, frozen, reason } = event.args;
  await changeAccount(db, participant, () => ({ frozen, frozenReason: frozen ? reason : null }));
});

ponder.on("DepositToken:NotaryOptIn", async ({ event, context: { db } }) => {
  const { participant, notary, allowed } = event.args;
  await changeAccount(db, participant, () => ({}));
  await db
    .insert(depositHold)
    .values({ participantId: participant, notary, allowed, heldFen: 0n })
    .onConflictDoUpdate({ allowed });
});

ponder.on("DepositToken:Held", async ({ event, context: { db } }) => {
  const { notary, payers, amountsFen } = event.args;
  for (const [index, payer] of payers.entries()) await changeHold(db, payer, notary, amountsFen[index] ?? 0n);
});

ponder.on("DepositToken:HoldsReduced", async ({ event, context: { db } }) => {
  const { notary, moves } = event.args;
  for (const { payer, amountFen } of moves) await changeHold(db, payer, notary, -amountFen);
});

/** Answers the bank that keeps the account, if there is an account and a bank. */
async function changeBalance(db: Context["db"], participantId: number | null, byFen: bigint) {
  if (participantId === null) return null;
  const { bankId } = await changeAccount(db, participantId, (row) => ({ balanceFen: row.balanceFen + byFen }));
  return bankId;
}

/** A hold exists since its holder opted in to the notary; but anybody can move nothing out of a hold that never was. */
async function changeHold(db: Context["db"], participantId: number, notary: Address, byFen: bigint) {
  if (byFen === 0n) return;
  await db.update(depositAccount, { participantId }).set((row) => ({ heldFen: row.heldFen + byFen }));
  await db.update(depositHold, { participantId, notary }).set((row) => ({ heldFen: row.heldFen + byFen }));
}

async function book(
  db: Context["db"],
  event: Parameters<typeof moment>[0],
  entry: Omit<typeof depositEntry.$inferInsert, "id" | "bookedAt" | "bookedTx">,
) {
  const { at, tx } = moment(event);
  await db.insert(depositEntry).values({ id: eventId(event), ...entry, bookedAt: at, bookedTx: tx });
}
