import { type Context, ponder } from "ponder:registry";
import { type Address, maxUint256 } from "viem";
import { participantAt } from "../identity/participantAt.ts";
import { eventId, moment } from "../types/events.ts";
import { word } from "../types/words.ts";
import { cancellation, order, skippedLeg, skipReason } from "./schema.ts";

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

ponder.on("TradeEscrow:NonceCancelled", async ({ event, context: { db } }) => {
  const { trader, nonce } = event.args;
  await cancel(db, event, trader, { nonce });
});

ponder.on("TradeEscrow:NoncePageCancelled", async ({ event, context: { db } }) => {
  const { trader, page } = event.args;
  await cancel(db, event, trader, { page });
});

async function cancel(
  db: Context["db"],
  event: Parameters<typeof eventId>[0],
  account: Address,
  what: { nonce: bigint } | { page: bigint },
) {
  const { at, tx } = moment(event);
  await db.insert(cancellation).values({
    ...{ id: eventId(event), traderId: await participantAt(db, account), account, ...what },
    ...{ cancelledAt: at, cancelledTx: tx },
  });
}
