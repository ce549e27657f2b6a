import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { SKIP_REASONS, TRADE_STATUSES } from "../../../sdk/market/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { debt } from "../debts/schema.ts";
import { participant } from "../identity/schema.ts";
import { energySource, meter, meterDay, voltage } from "../metering/schema.ts";

export const tradeStatus = onchainEnum("trade_status", wordsOf(TRADE_STATUSES));
export const skipReason = onchainEnum("skip_reason", wordsOf(SKIP_REASONS));

// the index's own words
export const orderSide = onchainEnum("order_side", ["sell", "buy"]);

export const zone = onchainTable("zone", (p) => ({
  id: p.int8({ mode: "number" }).primaryKey(),
  /** Empty for a root. */
  parentId: p.int8({ mode: "number" }),
  voltage: voltage().notNull(),
  name: p.text().notNull(),
}));

export const ruleSet = onchainTable("rule_set", (p) => ({
  id: p.integer().primaryKey(),
  effectiveDay: p.integer().notNull(),
  effectiveDate: p.text().notNull(),
  ruleHash: p.hex().notNull(),
  /** As published; amounts as decimal text. */
  rules: p.jsonb().notNull(),
  publishedAt: p.bigint().notNull(),
  publishedTx: p.hex().notNull(),
  /** When it was taken back, before its day. */
  withdrawnAt: p.bigint(),
}));

/** Price curves by hash, fen per MWh. */
export const priceCurve = onchainTable("price_curve", (p) => ({
  hash: p.hex().primaryKey(),
  price: p.integer().array().notNull(),
}));

/** The one price curve of a round, zone and day. */
export const roundPrice = onchainTable(
  "round_price",
  (p) => ({
    round: p.bigint().notNull(),
    zoneId: p.int8({ mode: "number" }).notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    priceHash: p.hex().notNull(),
    pricedAt: p.bigint().notNull(),
    pricedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.round, table.zoneId, table.day] }) }),
);

/** Prices and volumes of one slot, by the zone of the selling meter. A row exists once the slot is priced or traded. */
export const priceSlot = onchainTable(
  "price_slot",
  (p) => ({
    zoneId: p.int8({ mode: "number" }).notNull(),
    day: p.integer().notNull(),
    slot: p.integer().notNull(),
    date: p.text().notNull(),
    /** Uniform price of the latest round that priced the slot; empty when only bilateral trades were made. */
    price: p.integer(),
    round: p.bigint(),
    /** Contracted in all, and how much of it by bilateral trades. */
    contractedWh: p.bigint().notNull(),
    bilateralWh: p.bigint().notNull(),
    deliveredWh: p.bigint().notNull(),
    /** Sum of Wh x price, exact: a millionth is fen. */
    amountMicroFen: p.bigint().notNull(),
    /** amountMicroFen / contractedWh, rounded half up, to be shown; empty when nothing was traded. */
    averagePrice: p.integer(),
    trades: p.integer().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.zoneId, table.day, table.slot] }), byDay: index().on(table.day) }),
);

/** A signed order once it was filled, by its EIP-712 digest. A bilateral trade is signed as such and has no orders. */
export const order = onchainTable(
  "order",
  (p) => ({
    digest: p.hex().primaryKey(),
    side: orderSide().notNull(),
    traderId: p.integer().notNull(),
    account: p.hex().notNull(),
    meterId: p.bigint().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** Whether nothing is left to fill. */
    complete: p.boolean().notNull(),
    filled: p.integer().array().notNull(),
    filledWh: p.bigint().notNull(),
    /** Used so far of the most the order can be made to pay or hold as bond. */
    usedFen: p.bigint().notNull(),
    firstFilledAt: p.bigint().notNull(),
    lastFilledAt: p.bigint().notNull(),
    lastFilledTx: p.hex().notNull(),
  }),
  (table) => ({ byTrader: index().on(table.traderId) }),
);

/** Nonces a trader took back: one, or a page of 256. */
export const cancellation = onchainTable("cancellation", (p) => ({
  id: p.text().primaryKey(),
  traderId: p.integer(),
  account: p.hex().notNull(),
  nonce: p.bigint(),
  page: p.bigint(),
  cancelledAt: p.bigint().notNull(),
  cancelledTx: p.hex().notNull(),
}));

export const trade = onchainTable(
  "trade",
  (p) => ({
    id: p.bigint().primaryKey(),
    status: tradeStatus().notNull(),
    sellerId: p.integer().notNull(),
    buyerId: p.integer().notNull(),
    sellerMeterId: p.bigint().notNull(),
    buyerMeterId: p.bigint().notNull(),
    sellerMeterDayId: p.text().notNull(),
    buyerMeterDayId: p.text().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** 0 for a bilateral trade; then both digests are the same. */
    round: p.bigint().notNull(),
    sellOrderDigest: p.hex().notNull(),
    buyOrderDigest: p.hex().notNull(),
    ruleSetId: p.integer().notNull(),
    source: energySource().notNull(),
    paymentDays: p.integer().notNull(),
    /** Network tariff, thousandths of a fen per MWh. */
    tariff: p.bigint().notNull(),
    /** Curves: sold, its price, sold before it by the meter day, delivered. */
    contracted: p.integer().array().notNull(),
    price: p.integer().array().notNull(),
    positionBefore: p.integer().array().notNull(),
    delivered: p.integer().array(),
    contractedWh: p.bigint().notNull(),
    deliveredWh: p.bigint(),
    /** What is due if everything is delivered, and the seller's bond. */
    contractedEnergyFen: p.bigint().notNull(),
    contractedNetworkFen: p.bigint().notNull(),
    bondFen: p.bigint().notNull(),
    /** What delivery came to: paid, or owed when invoiced. After a ruling, what was awarded. */
    energyFen: p.bigint(),
    networkFen: p.bigint(),
    deviationFen: p.bigint(),
    invoiced: p.boolean(),
    /** Whether its reading was corrected, before settlement or, as an adjustment, after it. */
    corrected: p.boolean().notNull(),
    priceHash: p.hex().notNull(),
    scheduleHash: p.hex().notNull(),
    /** Who receives the proceeds instead of the seller. */
    payeeId: p.integer(),
    frozenUntil: p.bigint(),
    receivableId: p.bigint(),
    openedAt: p.bigint().notNull(),
    openedTx: p.hex().notNull(),
    settledAt: p.bigint(),
    settledTx: p.hex(),
    lapsedAt: p.bigint(),
    lapsedTx: p.hex(),
    ruledAt: p.bigint(),
    ruledTx: p.hex(),
  }),
  (table) => ({
    bySeller: index().on(table.sellerId),
    byBuyer: index().on(table.buyerId),
    byMeterDay: index().on(table.sellerMeterDayId),
    byBuyerMeterDay: index().on(table.buyerMeterDayId),
    bySellOrder: index().on(table.sellOrderDigest),
    byBuyOrder: index().on(table.buyOrderDigest),
    byDay: index().on(table.day),
  }),
);

/** What a round left out, with the reason. */
export const skippedLeg = onchainTable(
  "skipped_leg",
  (p) => ({
    id: p.text().primaryKey(),
    round: p.bigint().notNull(),
    sellOrderDigest: p.hex().notNull(),
    sale: p.bigint().notNull(),
    /** Empty when the whole sale was left out. */
    leg: p.bigint(),
    reason: skipReason().notNull(),
    skippedAt: p.bigint().notNull(),
    skippedTx: p.hex().notNull(),
  }),
  (table) => ({ byRound: index().on(table.round) }),
);

export const participantMarketRelations = relations(participant, ({ many }) => ({
  sales: many(trade, { relationName: "seller" }),
  purchases: many(trade, { relationName: "buyer" }),
  orders: many(order),
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

export const roundPriceRelations = relations(roundPrice, ({ one }) => ({
  zone: one(zone, { fields: [roundPrice.zoneId], references: [zone.id] }),
  curve: one(priceCurve, { fields: [roundPrice.priceHash], references: [priceCurve.hash] }),
}));

export const priceSlotRelations = relations(priceSlot, ({ one }) => ({
  zone: one(zone, { fields: [priceSlot.zoneId], references: [zone.id] }),
}));

export const orderRelations = relations(order, ({ one, many }) => ({
  trader: one(participant, { fields: [order.traderId], references: [participant.id] }),
  meter: one(meter, { fields: [order.meterId], references: [meter.id] }),
  sales: many(trade, { relationName: "sellOrder" }),
  purchases: many(trade, { relationName: "buyOrder" }),
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
  ruleSet: one(ruleSet, { fields: [trade.ruleSetId], references: [ruleSet.id] }),
  debts: many(debt),
}));

export const skippedLegRelations = relations(skippedLeg, ({ one }) => ({
  sellOrder: one(order, { fields: [skippedLeg.sellOrderDigest], references: [order.digest] }),
}));

export const debtMarketRelations = relations(debt, ({ one }) => ({
  trade: one(trade, { fields: [debt.tradeId], references: [trade.id] }),
}));
