import { type Context, ponder } from "ponder:registry";
import { type Address, maxUint256 } from "viem";
import { NONCES_PER_PAGE } from "../../../sdk/market/nonce.ts";
import { participantAt } from "../identity/participantAt.ts";
import { dayAndDate } from "../types/days.ts";
import { eventId, moment } from "../types/events.ts";
import { word } from "../types/words.ts";
import { cancellation, nonceKind, order, presignedOrder, skippedLeg, skipReason } from "./schema.ts";

/** Comes after the trades that filled the orders, in the same transaction. */
ponder.on("TradeEscrow:OrdersFilled", async ({ event, context: { db } }) => {
  for (const { order: digest, complete, usedFen } of event.args.fills) {
    await db.update(order, { digest }).set({ complete, usedFen });
  }
});

ponder.on("TradeEscrow:Skipped", async ({ event, context: { db } }) => {
  const { round, sellOrder, sale, leg, reason } = event.args;
  const { at, tx } = moment(event);
  await db.insert(skippedLeg).values({
    ...{ id: eventId(event), round, sellOrderDigest: sellOrder, sale, leg: leg === maxUint256 ? null : leg },
    ...{ reason: word(skipReason, reason), skippedAt: at, skippedTx: tx },
  });
});

ponder.on("TradeEscrow:OrderPresigned", async ({ event, context: { db } }) => {
  const { account, order: digest } = event.args;
  const { at, tx } = moment(event);
  await db
    .insert(presignedOrder)
    .values({ account, digest, traderId: await participantAt(db, account), presignedAt: at, presignedTx: tx })
    .onConflictDoNothing();
});

ponder.on("TradeEscrow:NonceCancelled", async ({ event, context: { db } }) => {
  const nonce = BigInt(event.args.nonce);
  await cancel(db, event, { firstNonce: nonce, lastNonce: nonce });
});

ponder.on("TradeEscrow:NoncePageCancelled", async ({ event, context: { db } }) => {
  const nonces = BigInt(NONCES_PER_PAGE);
  const firstNonce = BigInt(event.args.page) * nonces;
  await cancel(db, event, { firstNonce, lastNonce: firstNonce + nonces - 1n });
});

async function cancel(
  db: Context["db"],
  event: Parameters<typeof eventId>[0] & { args: { trader: Address; kind: number; day: number } },
  nonces: Pick<typeof cancellation.$inferInsert, "firstNonce" | "lastNonce">,
) {
  const { trader: account, kind, day } = event.args;
  const { at, tx } = moment(event);
  await db.insert(cancellation).values({
    ...{ id: eventId(event), traderId: await participantAt(db, account), account, ...dayAndDate(day), ...nonces },
    ...{ kind: word(nonceKind, kind), cancelledAt: at, cancelledTx: tx },
  });
}
