import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { NONCE_KINDS, SKIP_REASONS, TRADE_STATUSES } from "../../../sdk/market/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { debt } from "../debts/schema.ts";
import { participant } from "../identity/schema.ts";
import { energySource, meter, meterDay, voltage } from "../metering/schema.ts";
import { depositHold } from "../money/schema.ts";

export const tradeStatus = onchainEnum("trade_status", wordsOf(TRADE_STATUSES));
export const skipReason = onchainEnum("skip_reason", wordsOf(SKIP_REASONS));
export const nonceKind = onchainEnum("nonce_kind", wordsOf(NONCE_KINDS));

// the index's own words
export const orderSide = onchainEnum("order_side", ["sell", "buy"]);
export const marginMovementKind = onchainEnum("margin_movement_kind", [
  "locked",
  "allowed",
  "drawn",
  "announced",
  "released",
]);

/** A part of the grid with a price of its own. */
export const zone = onchainTable("zone", (p) => ({
  /** Number of the zone. */
  id: p.int8({ mode: "number" }).primaryKey(),
  /** The zone it lies in; null for a root. */
  parentId: p.int8({ mode: "number" }),
  /** Its voltage. */
  voltage: voltage().notNull(),
  /** Its name. */
  name: p.text().notNull(),
}));

/** The market's rules from a day on. */
export const ruleSet = onchainTable("rule_set", (p) => ({
  /** Number of the rule set. */
  id: p.integer().primaryKey(),
  /** The first day on which trades are opened under it. */
  effectiveDay: p.integer().notNull(),
  effectiveDate: p.text().notNull(),
  /** keccak256 of the rules. */
  ruleHash: p.hex().notNull(),
  /** The rules as published. */
  rules: p.jsonb().notNull(),
  publishedAt: p.bigint().notNull(),
  publishedTx: p.hex().notNull(),
  /** When it was taken back, before its day. */
  withdrawnAt: p.bigint(),
}));

/** Price curves by hash, fen per MWh. */
export const priceCurve = onchainTable("price_curve", (p) => ({
  /** keccak256 of the curve. */
  hash: p.hex().primaryKey(),
  /** Fen per MWh. */
  price: p.integer().array().notNull(),
}));

/** A price curve of a round: the one of a zone, day and payment term if it is an auction, else of any number of submissions. */
export const roundPrice = onchainTable(
  "round_price",
  (p) => ({
    /** Number of the round. */
    round: p.bigint().notNull(),
    zoneId: p.int8({ mode: "number" }).notNull(),
    /** The day of delivery. */
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** Days after delivery until payment; 0 = cash. */
    paymentDays: p.integer().notNull(),
    /** Whether the round matched continuously, before the cut-off, or cleared an auction, after it. */
    continuous: p.boolean().notNull(),
    /** Names the curve of prices. */
    priceHash: p.hex().notNull(),
    /** Unix second and transaction of the first submission at this price. */
    pricedAt: p.bigint().notNull(),
    pricedTx: p.hex().notNull(),
  }),
  (table) => ({
    pk: primaryKey({
      columns: [table.round, table.zoneId, table.day, table.paymentDays, table.continuous, table.priceHash],
    }),
    byDay: index().on(table.day),
  }),
);

/** Prices and volumes of one slot, by the zone of the selling meter. A row exists once the slot is priced or traded. */
export const priceSlot = onchainTable(
  "price_slot",
  (p) => ({
    zoneId: p.int8({ mode: "number" }).notNull(),
    /** The day of delivery. */
    day: p.integer().notNull(),
    /** Quarter-hour of the day: 0 is 00:00 to 00:15 at UTC+8. */
    slot: p.integer().notNull(),
    date: p.text().notNull(),
    /** Price of the latest round that priced the slot, fen per MWh; empty when only bilateral trades were made. */
    price: p.integer(),
    /** Number of the round that priced it last; null when none did. */
    round: p.bigint(),
    /** Payment term of that round, days after delivery; other terms have prices of their own. */
    paymentDays: p.integer(),
    /** Whether that round matched continuously, or cleared an auction. */
    continuous: p.boolean(),
    /** Contracted in all. */
    contractedWh: p.bigint().notNull(),
    /** Of it contracted by bilateral trades. */
    bilateralWh: p.bigint().notNull(),
    /** Of it delivered in settled trades. */
    deliveredWh: p.bigint().notNull(),
    /** Sum of Wh x price, exact: a millionth is fen. */
    amountMicroFen: p.bigint().notNull(),
    /** amountMicroFen / contractedWh, fen per MWh, rounded half up, to be shown; empty when nothing was traded. */
    averagePrice: p.integer(),
    /** How many trades have energy in it. */
    trades: p.integer().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.zoneId, table.day, table.slot] }), byDay: index().on(table.day) }),
);

/** A signed order once it was filled, by its EIP-712 digest. A bilateral trade is signed as such and has no orders. */
export const order = onchainTable(
  "order",
  (p) => ({
    /** EIP-712 digest of the order. */
    digest: p.hex().primaryKey(),
    /** Whether it sells or buys. */
    side: orderSide().notNull(),
    traderId: p.integer().notNull(),
    /** Address of the account that signed it. */
    account: p.hex().notNull(),
    meterId: p.bigint().notNull(),
    /** The day of delivery. */
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** Days after delivery until payment; 0 = cash. */
    paymentDays: p.integer().notNull(),
    /** Whether green certificates go with the energy. */
    greenCertificates: p.boolean().notNull(),
    /** Whether nothing is left to fill. */
    complete: p.boolean().notNull(),
    /** Wh filled in each quarter-hour. */
    filled: p.integer().array().notNull(),
    /** Filled in all. */
    filledWh: p.bigint().notNull(),
    /** Filled by continuous matches; the rest by auctions. */
    continuousWh: p.bigint().notNull(),
    /** Used so far of the most the order can be made to pay or hold as bond. */
    usedFen: p.bigint().notNull(),
    /** When it was filled for the first time. */
    firstFilledAt: p.bigint().notNull(),
    lastFilledAt: p.bigint().notNull(),
    lastFilledTx: p.hex().notNull(),
  }),
  (table) => ({ byTrader: index().on(table.traderId) }),
);

/** An order that an account signed on chain. Anybody can sign anything: only its trader's word counts. */
export const presignedOrder = onchainTable(
  "presigned_order",
  (p) => ({
    /** Who signed. */
    account: p.hex().notNull(),
    /** EIP-712 digest of the order. */
    digest: p.hex().notNull(),
    /** Empty if the account is no participant's. */
    traderId: p.integer(),
    /** When it was signed for the first time. */
    presignedAt: p.bigint().notNull(),
    presignedTx: p.hex().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.account, table.digest] }),
    byTrader: index().on(table.traderId),
  }),
);

/** Nonces of a delivery day that a trader took back: one, or a page of them. Each kind has nonces of its own. */
export const cancellation = onchainTable(
  "cancellation",
  (p) => ({
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    /** Empty if the account is no participant's. */
    traderId: p.integer(),
    /** Address of the account that took them back. */
    account: p.hex().notNull(),
    /** Of what they are nonces: sell orders, buy orders or bilateral trades. */
    kind: nonceKind().notNull(),
    /** The day of delivery. */
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** The first nonce taken back. */
    firstNonce: p.bigint().notNull(),
    /** The last nonce taken back: the first itself, or 112 in all for a page. */
    lastNonce: p.bigint().notNull(),
    cancelledAt: p.bigint().notNull(),
    cancelledTx: p.hex().notNull(),
  }),
  (table) => ({ byTrader: index().on(table.traderId), byDay: index().on(table.day) }),
);

/** What a participant has set aside for rounds (交易保证金). */
export const margin = onchainTable("margin", (p) => ({
  /** Whose it is. */
  participantId: p.integer().primaryKey(),
  /** Who holds it, together with what is held for trades. */
  escrow: p.hex().notNull(),
  /** Money held that rounds have not drawn: for payments in cash, network charges and bonds. */
  lockedFen: p.bigint().notNull(),
  /** What rounds may still buy on terms for it. */
  termsFen: p.bigint().notNull(),
  /** Money it has said it takes back, 0 if none; until then rounds draw on it, and only what they leave comes back. */
  announcedLockedFen: p.bigint().notNull(),
  /** Purchases on terms it has said it takes back, 0 if none. */
  announcedTermsFen: p.bigint().notNull(),
  /** Unix second from which anybody can release it; empty if nothing is announced. */
  releasableAt: p.bigint(),
  /** Money that rounds drew in all. */
  drawnLockedFen: p.bigint().notNull(),
  /** Purchases on terms that rounds drew in all. */
  drawnTermsFen: p.bigint().notNull(),
}));

/** Each change of a margin: money locked, purchases on terms allowed, drawn by a round, a release announced, released. */
export const marginMovement = onchainTable(
  "margin_movement",
  (p) => ({
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    /** Whose margin. */
    participantId: p.integer().notNull(),
    /** What happened. */
    kind: marginMovementKind().notNull(),
    /** How much money; an announcement changes none and replaces the one before. */
    lockedFen: p.bigint().notNull(),
    /** How much may be bought on terms, likewise. */
    termsFen: p.bigint().notNull(),
    /** Which round drew it; empty for all else. */
    round: p.bigint(),
    /** Unix second from which what is announced can be released; empty for all else. */
    releasableAt: p.bigint(),
    /** When. */
    movedAt: p.bigint().notNull(),
    movedTx: p.hex().notNull(),
  }),
  (table) => ({
    byParticipant: index().on(table.participantId),
    byRound: index().on(table.round),
    byTx: index().on(table.movedTx),
  }),
);

/** Energy of a day sold by one meter to another. */
export const trade = onchainTable(
  "trade",
  (p) => ({
    /** Number of the trade. */
    id: p.bigint().primaryKey(),
    /** Where it stands. */
    status: tradeStatus().notNull(),
    sellerId: p.integer().notNull(),
    buyerId: p.integer().notNull(),
    sellerMeterId: p.bigint().notNull(),
    buyerMeterId: p.bigint().notNull(),
    /** The day of the selling meter. */
    sellerMeterDayId: p.text().notNull(),
    /** The day of the buying meter. */
    buyerMeterDayId: p.text().notNull(),
    /** The day of delivery. */
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** Zone of the selling meter. */
    zoneId: p.int8({ mode: "number" }).notNull(),
    /** Number of the round, 0 for a bilateral trade; then both digests are the same. */
    round: p.bigint().notNull(),
    /** Whether its round matched continuously; if not, it cleared an auction, or there was none. */
    continuous: p.boolean().notNull(),
    /** EIP-712 digest of what the seller signed. */
    sellOrderDigest: p.hex().notNull(),
    /** EIP-712 digest of what the buyer signed. */
    buyOrderDigest: p.hex().notNull(),
    /** The rules it is under. */
    ruleSetId: p.integer().notNull(),
    /** What drives the generator. */
    source: energySource().notNull(),
    /** Days after delivery until payment; 0 = cash. */
    paymentDays: p.integer().notNull(),
    /** Whether green certificates go with the energy. */
    greenCertificates: p.boolean().notNull(),
    /** Network tariff, thousandths of a fen per MWh. */
    tariff: p.bigint().notNull(),
    /** Wh sold in each quarter-hour. */
    contracted: p.integer().array().notNull(),
    /** Its price, fen per MWh. */
    price: p.integer().array().notNull(),
    /** Wh sold before it by the meter day. */
    positionBefore: p.integer().array().notNull(),
    /** Wh delivered; null until it is settled. */
    delivered: p.integer().array(),
    /** Sold in all. */
    contractedWh: p.bigint().notNull(),
    /** Delivered in all; null until it is settled. */
    deliveredWh: p.bigint(),
    /** Minted to the buyer of what was delivered; null until it is settled. */
    claimedWh: p.bigint(),
    /** Due for energy if everything is delivered. */
    contractedEnergyFen: p.bigint().notNull(),
    /** Due for the network if everything is delivered. */
    contractedNetworkFen: p.bigint().notNull(),
    /** The seller's bond. */
    bondFen: p.bigint().notNull(),
    /** Paid for energy, or owed when invoiced; after a ruling, what was awarded. */
    energyFen: p.bigint(),
    /** Paid for the network. */
    networkFen: p.bigint(),
    /** Charged to the seller for what is missing. */
    deviationFen: p.bigint(),
    /** Whether payment was left to an invoice. */
    invoiced: p.boolean(),
    /** Whether its reading was corrected, before settlement or, as an adjustment, after it. */
    corrected: p.boolean().notNull(),
    /** Names the curve of prices. */
    priceHash: p.hex().notNull(),
    /** keccak256 of energy and prices as they were signed. */
    scheduleHash: p.hex().notNull(),
    /** keccak256 of its id and terms: what stands for it in the book of its day and, with the outcome, among the outcomes kept. */
    commitment: p.hex().notNull(),
    /** Which call settled or ruled on it; null before. */
    settlement: p.bigint(),
    /** Its place among the outcomes of that call, from 0. */
    outcomePlace: p.integer(),
    /** Who receives the proceeds instead of the seller. */
    payeeId: p.integer(),
    /** Until when an arbiter holds it up; null if none does. */
    frozenUntil: p.bigint(),
    /** The receivable it was financed by. */
    receivableId: p.bigint(),
    openedAt: p.bigint().notNull(),
    openedTx: p.hex().notNull(),
    settledAt: p.bigint(),
    settledTx: p.hex(),
    lapsedAt: p.bigint(),
    lapsedTx: p.hex(),
    ruledAt: p.bigint(),
    ruledTx: p.hex(),
    claimedAt: p.bigint(),
    claimedTx: p.hex(),
  }),
  (table) => ({
    bySeller: index().on(table.sellerId),
    byBuyer: index().on(table.buyerId),
    byMeterDay: index().on(table.sellerMeterDayId),
    byBuyerMeterDay: index().on(table.buyerMeterDayId),
    bySellOrder: index().on(table.sellOrderDigest),
    byBuyOrder: index().on(table.buyOrderDigest),
    byDay: index().on(table.day),
    bySettlement: index().on(table.settlement),
  }),
);

/** The outcomes that one call kept: out of the leaves anybody proves one of them, to `claimKwh`, `adjust` or a contract of its own. */
export const outcomeTree = onchainTable("outcome_tree", (p) => ({
  /** Calls that settle or rule count from 1. */
  settlement: p.bigint().primaryKey(),
  /** keccak256 of each trade's commitment and outcome, in the order of their events; `sdk/types/merkleTree.ts` makes proofs of them. */
  leaves: p.hex().array().notNull(),
  /** The root of the Merkle tree over them, which the escrow keeps. */
  root: p.hex().notNull(),
}));

/** What a round left out, with the reason. */
export const skippedLeg = onchainTable(
  "skipped_leg",
  (p) => ({
    /** Block and place in it of the event, and of the leg. */
    id: p.text().primaryKey(),
    /** Number of the round. */
    round: p.bigint().notNull(),
    /** EIP-712 digest of the sell order. */
    sellOrderDigest: p.hex().notNull(),
    /** Place of the sale in the round, from 0. */
    sale: p.bigint().notNull(),
    /** Place of the leg in the sale, from 0; null when the whole sale was left out. */
    leg: p.bigint(),
    /** Why. */
    reason: skipReason().notNull(),
    skippedAt: p.bigint().notNull(),
    skippedTx: p.hex().notNull(),
  }),
  (table) => ({ byRound: index().on(table.round) }),
);

export const participantMarketRelations = relations(participant, ({ one, many }) => ({
  sales: many(trade, { relationName: "seller" }),
  purchases: many(trade, { relationName: "buyer" }),
  orders: many(order),
  presignedOrders: many(presignedOrder),
  cancellations: many(cancellation),
  margin: one(margin, { fields: [participant.id], references: [margin.participantId] }),
  marginMovements: many(marginMovement),
}));

export const meterMarketRelations = relations(meter, ({ one }) => ({
  zone: one(zone, { fields: [meter.zoneId], references: [zone.id] }),
}));

export const meterDayMarketRelations = relations(meterDay, ({ many }) => ({
  sales: many(trade, { relationName: "sellerMeterDay" }),
  purchases: many(trade, { relationName: "buyerMeterDay" }),
}));

export const zoneRelations = relations(zone, ({ one, many }) => ({
  parent: one(zone, { relationName: "parent", fields: [zone.parentId], references: [zone.id] }),
  children: many(zone, { relationName: "parent" }),
  meters: many(meter),
  priceSlots: many(priceSlot),
  roundPrices: many(roundPrice),
}));

export const roundPriceRelations = relations(roundPrice, ({ one, many }) => ({
  zone: one(zone, { fields: [roundPrice.zoneId], references: [zone.id] }),
  curve: one(priceCurve, { fields: [roundPrice.priceHash], references: [priceCurve.hash] }),
  trades: many(trade),
}));

export const priceSlotRelations = relations(priceSlot, ({ one }) => ({
  zone: one(zone, { fields: [priceSlot.zoneId], references: [zone.id] }),
}));

export const orderRelations = relations(order, ({ one, many }) => ({
  trader: one(participant, { fields: [order.traderId], references: [participant.id] }),
  meter: one(meter, { fields: [order.meterId], references: [meter.id] }),
  sales: many(trade, { relationName: "sellOrder" }),
  purchases: many(trade, { relationName: "buyOrder" }),
  presigned: one(presignedOrder, {
    fields: [order.account, order.digest],
    references: [presignedOrder.account, presignedOrder.digest],
  }),
}));

export const presignedOrderRelations = relations(presignedOrder, ({ one }) => ({
  trader: one(participant, { fields: [presignedOrder.traderId], references: [participant.id] }),
  /** Once it was filled. */
  order: one(order, {
    fields: [presignedOrder.account, presignedOrder.digest],
    references: [order.account, order.digest],
  }),
}));

export const marginRelations = relations(margin, ({ one, many }) => ({
  participant: one(participant, { fields: [margin.participantId], references: [participant.id] }),
  hold: one(depositHold, {
    fields: [margin.participantId, margin.escrow],
    references: [depositHold.participantId, depositHold.notary],
  }),
  movements: many(marginMovement),
}));

export const depositHoldMarketRelations = relations(depositHold, ({ one }) => ({
  margin: one(margin, {
    fields: [depositHold.participantId, depositHold.notary],
    references: [margin.participantId, margin.escrow],
  }),
}));

export const marginMovementRelations = relations(marginMovement, ({ one, many }) => ({
  participant: one(participant, { fields: [marginMovement.participantId], references: [participant.id] }),
  margin: one(margin, { fields: [marginMovement.participantId], references: [margin.participantId] }),
  sales: many(trade, { relationName: "sellerMargin" }),
  purchases: many(trade, { relationName: "buyerMargin" }),
}));

export const cancellationRelations = relations(cancellation, ({ one }) => ({
  trader: one(participant, { fields: [cancellation.traderId], references: [participant.id] }),
}));

export const tradeRelations = relations(trade, ({ one, many }) => ({
  seller: one(participant, { relationName: "seller", fields: [trade.sellerId], references: [participant.id] }),
  buyer: one(participant, { relationName: "buyer", fields: [trade.buyerId], references: [participant.id] }),
  payee: one(participant, { relationName: "payee", fields: [trade.payeeId], references: [participant.id] }),
  sellerMeter: one(meter, { relationName: "sellerMeter", fields: [trade.sellerMeterId], references: [meter.id] }),
  buyerMeter: one(meter, { relationName: "buyerMeter", fields: [trade.buyerMeterId], references: [meter.id] }),
  sellerMeterDay: one(meterDay, {
    relationName: "sellerMeterDay",
    fields: [trade.sellerMeterDayId],
    references: [meterDay.id],
  }),
  buyerMeterDay: one(meterDay, {
    relationName: "buyerMeterDay",
    fields: [trade.buyerMeterDayId],
    references: [meterDay.id],
  }),
  sellOrder: one(order, { relationName: "sellOrder", fields: [trade.sellOrderDigest], references: [order.digest] }),
  buyOrder: one(order, { relationName: "buyOrder", fields: [trade.buyOrderDigest], references: [order.digest] }),
  zone: one(zone, { fields: [trade.zoneId], references: [zone.id] }),
  roundPrice: one(roundPrice, {
    fields: [trade.round, trade.zoneId, trade.day, trade.paymentDays, trade.continuous, trade.priceHash],
    references: [
      roundPrice.round,
      roundPrice.zoneId,
      roundPrice.day,
      roundPrice.paymentDays,
      roundPrice.continuous,
      roundPrice.priceHash,
    ],
  }),
  // What the submission that opened it drew of either side, for this trade and others.
  sellerMargin: one(marginMovement, {
    relationName: "sellerMargin",
    fields: [trade.round, trade.openedTx, trade.sellerId],
    references: [marginMovement.round, marginMovement.movedTx, marginMovement.participantId],
  }),
  buyerMargin: one(marginMovement, {
    relationName: "buyerMargin",
    fields: [trade.round, trade.openedTx, trade.buyerId],
    references: [marginMovement.round, marginMovement.movedTx, marginMovement.participantId],
  }),
  ruleSet: one(ruleSet, { fields: [trade.ruleSetId], references: [ruleSet.id] }),
  outcomes: one(outcomeTree, { fields: [trade.settlement], references: [outcomeTree.settlement] }),
  debts: many(debt),
}));

export const outcomeTreeRelations = relations(outcomeTree, ({ many }) => ({ trades: many(trade) }));

export const skippedLegRelations = relations(skippedLeg, ({ one }) => ({
  sellOrder: one(order, { fields: [skippedLeg.sellOrderDigest], references: [order.digest] }),
}));

export const debtMarketRelations = relations(debt, ({ one }) => ({
  trade: one(trade, { fields: [debt.tradeId], references: [trade.id] }),
}));
