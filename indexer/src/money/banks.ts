import { type Context, ponder } from "ponder:registry";
import { eventId, moment } from "../types/events.ts";
import { changeAccount } from "./changeAccount.ts";
import { accountMove, bankSettlement, pendingMove, settlementBank } from "./schema.ts";

type Amounts = Omit<typeof settlementBank.$inferSelect, "participantId" | "capFen">;

const NOTHING: Amounts = {
  ...{ issuedFen: 0n, redeemedFen: 0n, receivedFen: 0n, paidFen: 0n },
  ...{ positionFen: 0n, depositsFen: 0n },
};

ponder.on("DepositToken:CapChanged", async ({ event, context: { db } }) => {
  const { bank, capFen } = event.args;
  await db
    .insert(settlementBank)
    .values({ participantId: bank, capFen, ...NOTHING })
    .onConflictDoUpdate({ capFen });
});

/** A participant may have been paid before. */
ponder.on("DepositToken:AccountOpened", async ({ event, context: { db } }) => {
  const { participant, bank } = event.args;
  const { balanceFen } = await changeAccount(db, participant, () => ({ bankId: bank }));
  await changeBank(db, bank, { depositsFen: balanceFen });
});

ponder.on("DepositToken:MoveProposed", async ({ event, context: { db } }) => {
  const { participant, toBank, registrar, reasonHash } = event.args;
  await noteMove(db, participant, toBank, { registrar, reasonHash });
});

/** The word of the closed bank that it stands for is the next event. */
ponder.on("DepositToken:MoveApproved", async ({ event, context: { db } }) => {
  const { participant, toBank } = event.args;
  await noteMove(db, participant, toBank, { registrar: null, reasonHash: null });
});

ponder.on("DepositToken:MoveConfirmed", async ({ event, context: { db } }) => {
  const { participant, by, toBank, confirmed } = event.args;
  if (confirmed) return noteMove(db, participant, toBank, { confirmedById: by });
  const key = { participantId: participant, toBankId: toBank };
  const pending = await db.find(pendingMove, key);
  if (pending?.confirmedById !== by) return;
  if (pending.registrar === null) await db.delete(pendingMove, key);
  else await db.update(pendingMove, key).set({ confirmedById: null });
});

ponder.on("DepositToken:AccountMoved", async ({ event, context: { db } }) => {
  const { participant, fromBank, toBank } = event.args;
  const { balanceFen } = await changeAccount(db, participant, () => ({ bankId: toBank }));
  await changeBank(db, fromBank, { depositsFen: -balanceFen });
  await changeBank(db, toBank, { depositsFen: balanceFen });
  await db.delete(pendingMove, { participantId: participant, toBankId: toBank });
  const { at, tx } = moment(event);
  await db.insert(accountMove).values({
    ...{ id: eventId(event), participantId: participant, fromBankId: fromBank, toBankId: toBank, balanceFen },
    ...{ movedAt: at, movedTx: tx },
  });
});

ponder.on("DepositToken:BanksSettled", async ({ event, context: { db } }) => {
  const { fromBank, toBank, amountFen, bankReference } = event.args;
  await changeBank(db, fromBank, { paidFen: amountFen, positionFen: -amountFen });
  await changeBank(db, toBank, { receivedFen: amountFen, positionFen: amountFen });
  const { at, tx } = moment(event);
  await db.insert(bankSettlement).values({
    ...{ id: eventId(event), fromBankId: fromBank, toBankId: toBank, amountFen, bankReference },
    ...{ settledAt: at, settledTx: tx },
  });
});

/** Adds amounts to a bank's row, which is there since its first cap. */
export async function changeBank(db: Context["db"], participantId: number, by: Partial<Amounts>): Promise<void> {
  await db.update(settlementBank, { participantId }).set((row) => {
    const added = Object.entries(by).map(([name, amountFen]) => [name, row[name as keyof Amounts] + amountFen]);
    return Object.fromEntries(added) as Partial<Amounts>;
  });
}

async function noteMove(
  db: Context["db"],
  participantId: number,
  toBankId: number,
  said: Partial<typeof pendingMove.$inferInsert>,
): Promise<void> {
  await db
    .insert(pendingMove)
    .values({ participantId, toBankId, ...said })
    .onConflictDoUpdate(said);
}
