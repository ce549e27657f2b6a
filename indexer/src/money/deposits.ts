import { type Context, ponder } from "ponder:registry";
import { type Address, zeroAddress } from "viem";
import { participantAt } from "../identity/participantAt.ts";
import { eventId, moment } from "../types/events.ts";
import { depositAccount, depositEntry, depositHold, depositTransfer } from "./schema.ts";

type Account = typeof depositAccount.$inferSelect;

/** Every movement of money, payments out of holds included, is a transfer; mints and burns change one side only. */
ponder.on("DepositToken:Transfer", async ({ event, context: { db } }) => {
  const { from, to, value } = event.args;
  if (value === 0n) return;
  const senderId = from === zeroAddress ? null : await participantAt(db, from);
  const recipientId = to === zeroAddress ? null : await participantAt(db, to);
  if (senderId !== null) await changeAccount(db, senderId, (row) => ({ balanceFen: row.balanceFen - value }));
  if (recipientId !== null) await changeAccount(db, recipientId, (row) => ({ balanceFen: row.balanceFen + value }));
  if (senderId === null || recipientId === null) return;
  const { at, tx } = moment(event);
  await db.insert(depositTransfer).values({
    ...{ id: eventId(event), senderId, recipientId, amountFen: value },
    ...{ transferredAt: at, transferredTx: tx },
  });
});

ponder.on("DepositToken:Issued", async ({ event, context: { db } }) => {
  const { participant, amountFen, bankReference } = event.args;
  await changeAccount(db, participant, (row) => ({ issuedFen: row.issuedFen + amountFen }));
  await book(db, event, { participantId: participant, kind: "issued", amountFen, bankReference });
});

ponder.on("DepositToken:Redeemed", async ({ event, context: { db } }) => {
  const { participant, amountFen, bankReference } = event.args;
  await changeAccount(db, participant, (row) => ({ redeemedFen: row.redeemedFen + amountFen }));
  await book(db, event, { participantId: participant, kind: "redeemed", amountFen, bankReference });
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

async function changeAccount(db: Context["db"], participantId: number, change: (row: Account) => Partial<Account>) {
  await db
    .insert(depositAccount)
    .values({ participantId, balanceFen: 0n, heldFen: 0n, issuedFen: 0n, redeemedFen: 0n, frozen: false })
    .onConflictDoNothing();
  await db.update(depositAccount, { participantId }).set(change);
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
