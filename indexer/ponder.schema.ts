/**
 * What the indexer keeps: tables named as people speak.
 *
 * Energy is in Wh, money in fen, prices in fen per MWh, times in unix seconds, rates in basis points. A curve is an array
 * of 96 on its row. A day is there twice: as the number the contracts use and as the date people read. One file, because
 * Ponder takes the text of this one to decide whether tables that exist can be continued.
 */
import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";

// ---- words: the position in the list is the number the contracts use

export const participantStatus = onchainEnum("participant_status", [
  "none",
  "proposed",
  "active",
  "suspended",
  "rejected",
]);
export const firmSize = onchainEnum("firm_size", ["unspecified", "micro", "small", "medium", "large"]);
export const decision = onchainEnum("decision", ["pending", "approved", "rejected", "replaced"]);
export const direction = onchainEnum("direction", ["none", "generation", "consumption"]);
export const voltage = onchainEnum("voltage", ["below1kV", "kV10", "kV35", "kV110", "kV220", "kV500"]);
export const energySource = onchainEnum("energy_source", [
  "none",
  "hydroRunOfRiver",
  "hydroSeasonal",
  "hydroAnnual",
  "wind",
  "solar",
  "thermal",
  "storage",
]);
export const dayState = onchainEnum("day_state", ["none", "reported", "final", "lapsed", "lateReported", "lateFinal"]);
export const quality = onchainEnum("quality", ["measured", "estimated"]);
export const tradeStatus = onchainEnum("trade_status", ["none", "open", "settled", "lapsed", "ruled"]);
export const orderSide = onchainEnum("order_side", ["sell", "buy"]);
export const skipReason = onchainEnum("skip_reason", [
  "none",
  "invalidBands",
  "wrongTotals",
  "invalidSignature",
  "expired",
  "cancelled",
  "traderNotGood",
  "meterNotTradable",
  "paymentTermTooLong",
  "staleFill",
  "stalePosition",
  "aboveCapacity",
  "unknownPrice",
  "buyOrderSkipped",
  "paymentTermsDiffer",
  "sameParty",
  "notEligible",
  "nothingToFill",
  "exceedsOrder",
  "exceedsMaximum",
  "insufficientBalance",
  "secondFactorMissing",
]);
export const payableKind = onchainEnum("payable_kind", ["energy", "networkCharge", "deviationCharge"]);
export const payableStatus = onchainEnum("payable_status", ["none", "due", "paid", "assigned"]);
export const depositEntryKind = onchainEnum("deposit_entry_kind", ["issued", "redeemed"]);
export const receivableStatus = onchainEnum("receivable_status", [
  "none",
  "outstanding",
  "defaulted",
  "recovering",
  "writtenOff",
  "repaid",
]);
export const draftStatus = onchainEnum("draft_status", ["none", "drafted", "confirmed", "cancelled", "refused"]);
export const replacementStatus = onchainEnum("replacement_status", [
  "proposed",
  "approved",
  "objected",
  "withdrawn",
  "completed",
]);
export const encumbranceStatus = onchainEnum("encumbrance_status", ["live", "paid", "released"]);
/** What a payment of a debtor goes towards; late fee comes first. */
export const paymentPart = onchainEnum("payment_part", ["faceValue", "lateFee"]);
export const requestStatus = onchainEnum("request_status", ["none", "open", "financed", "cancelled"]);
export const bidStatus = onchainEnum("bid_status", ["none", "funded", "accepted", "released"]);

// ---- identity

export const participant = onchainTable("participant", (p) => ({
  id: p.integer().primaryKey(),
  status: participantStatus().notNull(),
  /** The wallet the participant acts with now. */
  account: p.hex().notNull(),
  size: firmSize().notNull(),
  kinds: p.text().array().notNull(),
  /** Last day of validity, inclusive; the date is empty when the day lies past the year 9999. */
  validUntil: p.bigint().notNull(),
  validUntilDate: p.text(),
  credentialHash: p.hex().notNull(),
  /** ERC-7913 signer; `0x` for none. */
  secondFactor: p.hex().notNull(),
  /** Number of the second factor in force, 0 for none. */
  factor: p.integer().notNull().default(0),
  /** What the participant may commit in a day with its key alone; of meaning only with a second factor. */
  exposureLimitFen: p.bigint().notNull(),
  /** Participants with the same controller are affiliates; all zero if nobody is declared. */
  controller: p.hex().notNull(),
  suspensionReason: p.hex(),
  /** How often the participant was proposed: once, and once more for each renewal. */
  proposals: p.integer().notNull(),
  /** How often another account was proposed. */
  replacements: p.integer().notNull().default(0),
  proposedAt: p.bigint().notNull(),
  approvedAt: p.bigint(),
}));

/** What one registrar proposed and a second one decided, in the order of proposal. */
export const participantProposal = onchainTable(
  "participant_proposal",
  (p) => ({
    participantId: p.integer().notNull(),
    number: p.integer().notNull(),
    decision: decision().notNull(),
    proposedBy: p.hex().notNull(),
    decidedBy: p.hex(),
    account: p.hex().notNull(),
    size: firmSize().notNull(),
    kinds: p.text().array().notNull(),
    validUntil: p.bigint().notNull(),
    validUntilDate: p.text(),
    credentialHash: p.hex().notNull(),
    secondFactor: p.hex().notNull(),
    exposureLimitFen: p.bigint().notNull(),
    controller: p.hex().notNull(),
    proposedAt: p.bigint().notNull(),
    decidedAt: p.bigint(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.number] }) }),
);

/** Every second factor a participant ever had, numbered from 1 in the order of enrolment. */
export const secondFactor = onchainTable(
  "second_factor",
  (p) => ({
    participantId: p.integer().notNull(),
    number: p.integer().notNull(),
    signer: p.hex().notNull(),
    enrolledAt: p.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.number] }) }),
);

/** What second factors confirmed: orders, trades, transfers and bids, by digest or subject. */
export const confirmation = onchainTable(
  "confirmation",
  (p) => ({
    participantId: p.integer().notNull(),
    /** Number of the second factor; one that was replaced since no longer counts. */
    factor: p.integer().notNull(),
    subject: p.hex().notNull(),
    confirmedAt: p.bigint().notNull(),
    confirmedTx: p.hex().notNull(),
    /** When what happens only once happened. */
    usedAt: p.bigint(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.factor, table.subject] }) }),
);

/** What a participant with a second factor committed on a day, the day it did so and not that of delivery. */
export const exposureDay = onchainTable(
  "exposure_day",
  (p) => ({
    participantId: p.integer().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    exposureFen: p.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.day] }) }),
);

/** Whose an address is, or was until another account took its place. */
export const account = onchainTable(
  "account",
  (p) => ({
    address: p.hex().primaryKey(),
    participantId: p.integer().notNull(),
    since: p.bigint().notNull(),
    replacedAt: p.bigint(),
    replacedBy: p.hex(),
  }),
  (table) => ({ byParticipant: index().on(table.participantId) }),
);

/** Another account that two registrars gave a participant, or wanted to, in the order of proposal. */
export const accountReplacement = onchainTable(
  "account_replacement",
  (p) => ({
    participantId: p.integer().notNull(),
    number: p.integer().notNull(),
    status: replacementStatus().notNull(),
    former: p.hex().notNull(),
    account: p.hex().notNull(),
    reasonHash: p.hex().notNull(),
    proposedBy: p.hex().notNull(),
    approvedBy: p.hex(),
    withdrawnBy: p.hex(),
    /** From when on it could be completed, unless the account in force objected. */
    completableAt: p.bigint(),
    proposedAt: p.bigint().notNull(),
    endedAt: p.bigint(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.number] }) }),
);

// ---- metering

export const meter = onchainTable(
  "meter",
  (p) => ({
    id: p.bigint().primaryKey(),
    ownerId: p.integer().notNull(),
    /** Who may trade for the meter. */
    traderId: p.integer().notNull(),
    zoneId: p.int8({ mode: "number" }).notNull(),
    direction: direction().notNull(),
    voltage: voltage().notNull(),
    source: energySource().notNull(),
    capacityW: p.bigint().notNull(),
    active: p.boolean().notNull(),
    assetHash: p.hex().notNull(),
    registeredAt: p.bigint().notNull(),
    registeredTx: p.hex().notNull(),
  }),
  (table) => ({ byOwner: index().on(table.ownerId), byTrader: index().on(table.traderId) }),
);

/** One meter and day, "3-2026-11-22": what was metered, what was sold, what became of both. */
export const meterDay = onchainTable(
  "meter_day",
  (p) => ({
    id: p.text().primaryKey(),
    meterId: p.bigint().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    state: dayState().notNull(),
    /** Version in force, 0 before the first report. */
    version: p.integer().notNull(),
    quality: quality(),
    finalisableAt: p.bigint(),
    /** Curve of the version in force. */
    metered: p.integer().array(),
    meteredWh: p.bigint(),
    /** Curve contracted so far: the sum of the day's trades. */
    position: p.integer().array().notNull(),
    positionWh: p.bigint().notNull(),
    /** Wh minted for deliveries and surplus. */
    mintedWh: p.bigint().notNull(),
    /** Wh beyond the position, minted to the owner; empty before. */
    surplusWh: p.bigint(),
    /** Wh of other meters' generation retired against this consumption. */
    retiredWh: p.bigint().notNull(),
    reportedAt: p.bigint(),
    reportedTx: p.hex(),
    finalisedAt: p.bigint(),
    finalisedTx: p.hex(),
    lapsedAt: p.bigint(),
    lapsedTx: p.hex(),
    /** Correction of the final day in force, and from when trades can be adjusted by it; empty if there is none. */
    correctedVersion: p.integer(),
    corrected: p.integer().array(),
    correctedWh: p.bigint(),
    adjustableAt: p.bigint(),
    correctedAt: p.bigint(),
    correctedTx: p.hex(),
  }),
  (table) => ({ byMeter: index().on(table.meterId, table.day), byDay: index().on(table.day) }),
);

/** Every reported version of a meter day, corrections after finalisation included; none edits an old one. */
export const meterDayVersion = onchainTable(
  "meter_day_version",
  (p) => ({
    meterDayId: p.text().notNull(),
    version: p.integer().notNull(),
    quality: quality().notNull(),
    metered: p.integer().array().notNull(),
    meteredWh: p.bigint().notNull(),
    reportedAt: p.bigint().notNull(),
    reportedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.meterDayId, table.version] }) }),
);

export const meterDayAcceptance = onchainTable(
  "meter_day_acceptance",
  (p) => ({
    meterDayId: p.text().notNull(),
    participantId: p.integer().notNull(),
    version: p.integer().notNull(),
    acceptedAt: p.bigint().notNull(),
    acceptedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.meterDayId, table.participantId, table.version] }) }),
);

// ---- rules and prices

export const zone = onchainTable("zone", (p) => ({
  id: p.int8({ mode: "number" }).primaryKey(),
  /** Empty for a root. */
  parentId: p.int8({ mode: "number" }),
  voltage: voltage().notNull(),
  name: p.text().notNull(),
}));

export const ruleSet = onchainTable("rule_set", (p) => ({
  id: p.integer().primaryKey(),
  effectiveDay: p.bigint().notNull(),
  effectiveDate: p.text(),
  ruleHash: p.hex().notNull(),
  /** As published; amounts as decimal text. */
  rules: p.jsonb().notNull(),
  publishedAt: p.bigint().notNull(),
  publishedTx: p.hex().notNull(),
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

// ---- trading

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
    /** Of the most the order can be made to pay or pledge. */
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

/** Money owed out of a settled trade. */
export const payable = onchainTable(
  "payable",
  (p) => ({
    tradeId: p.bigint().notNull(),
    kind: payableKind().notNull(),
    status: payableStatus().notNull(),
    debtorId: p.integer().notNull(),
    creditorId: p.integer().notNull(),
    dueDay: p.integer().notNull(),
    dueDate: p.text().notNull(),
    amountFen: p.bigint().notNull(),
    recordedAt: p.bigint().notNull(),
    paidAt: p.bigint(),
    paidTx: p.hex(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.tradeId, table.kind] }),
    byDebtor: index().on(table.debtorId),
    byCreditor: index().on(table.creditorId),
  }),
);

/** What a corrected reading changed about a settled trade: what it comes to by that version. */
export const adjustment = onchainTable(
  "adjustment",
  (p) => ({
    tradeId: p.bigint().notNull(),
    /** Of the seller's meter day. */
    version: p.integer().notNull(),
    /** More, or less, than by the version before. */
    differenceWh: p.bigint().notNull(),
    deliveredWh: p.bigint().notNull(),
    energyFen: p.bigint().notNull(),
    networkFen: p.bigint().notNull(),
    deviationFen: p.bigint().notNull(),
    adjustedAt: p.bigint().notNull(),
    adjustedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.tradeId, table.version] }) }),
);

/** A difference that somebody owes out of an adjustment. */
export const adjustmentDifference = onchainTable(
  "adjustment_difference",
  (p) => ({
    tradeId: p.bigint().notNull(),
    version: p.integer().notNull(),
    kind: payableKind().notNull(),
    status: payableStatus().notNull(),
    debtorId: p.integer().notNull(),
    creditorId: p.integer().notNull(),
    dueDay: p.integer().notNull(),
    dueDate: p.text().notNull(),
    amountFen: p.bigint().notNull(),
    /** Late fee, annual rate, basis points, actual/360; and what was paid of it with the difference. */
    lateRateBp: p.bigint().notNull(),
    lateFeeFen: p.bigint(),
    recordedAt: p.bigint().notNull(),
    paidAt: p.bigint(),
    paidTx: p.hex(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.tradeId, table.version, table.kind] }),
    byDebtor: index().on(table.debtorId),
    byCreditor: index().on(table.creditorId),
  }),
);

/** What is counted of a participant's reliability, see docs/credit/grades.md; the grade is the ledger's to tell, by the day. */
export const creditCounter = onchainTable("credit_counter", (p) => ({
  participantId: p.integer().primaryKey(),
  /** Trades on either side: all, with a deviation charge, settled late, ruled on; energy of those settled. */
  sales: p.integer().notNull(),
  salesCharged: p.integer().notNull(),
  salesLate: p.integer().notNull(),
  salesRuled: p.integer().notNull(),
  soldWh: p.bigint().notNull(),
  soldDeliveredWh: p.bigint().notNull(),
  purchases: p.integer().notNull(),
  purchasesCharged: p.integer().notNull(),
  purchasesLate: p.integer().notNull(),
  purchasesRuled: p.integer().notNull(),
  boughtWh: p.bigint().notNull(),
  boughtDeliveredWh: p.bigint().notNull(),
  /** Trades that count for nothing: between affiliates, or meters of one owner. */
  tradesLeftOut: p.integer().notNull(),
  /** Receivables owed: repaid on time, late and by how many days in all, unpaid after grace, and for 60 days. */
  repaidOnTime: p.integer().notNull(),
  repaidLate: p.integer().notNull(),
  daysLate: p.integer().notNull(),
  defaults: p.integer().notNull(),
  arrears: p.integer().notNull(),
  /** Of the arrears, not repaid. */
  arrearsStanding: p.integer().notNull(),
  writtenOff: p.integer().notNull(),
}));

// ---- tokens

export const depositAccount = onchainTable("deposit_account", (p) => ({
  /** Wider than participants' numbers are: anybody can make the token name any number as payer of nothing. */
  participantId: p.int8({ mode: "number" }).primaryKey(),
  /** Holds included. */
  balanceFen: p.bigint().notNull(),
  heldFen: p.bigint().notNull(),
  issuedFen: p.bigint().notNull(),
  redeemedFen: p.bigint().notNull(),
  frozen: p.boolean().notNull(),
  frozenReason: p.hex(),
}));

/** What one notary contract holds of one participant. */
export const depositHold = onchainTable(
  "deposit_hold",
  (p) => ({
    participantId: p.int8({ mode: "number" }).notNull(),
    notary: p.hex().notNull(),
    /** Whether the holder lets the notary place new holds. */
    allowed: p.boolean().notNull(),
    heldFen: p.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.notary] }) }),
);

/** Deposits issued against money the bank received, and redeemed. */
export const depositEntry = onchainTable(
  "deposit_entry",
  (p) => ({
    id: p.text().primaryKey(),
    participantId: p.integer().notNull(),
    kind: depositEntryKind().notNull(),
    amountFen: p.bigint().notNull(),
    bankReference: p.hex().notNull(),
    bookedAt: p.bigint().notNull(),
    bookedTx: p.hex().notNull(),
  }),
  (table) => ({ byParticipant: index().on(table.participantId) }),
);

/** Money that went from one participant to another. */
export const depositTransfer = onchainTable(
  "deposit_transfer",
  (p) => ({
    id: p.text().primaryKey(),
    senderId: p.integer().notNull(),
    recipientId: p.integer().notNull(),
    amountFen: p.bigint().notNull(),
    transferredAt: p.bigint().notNull(),
    transferredTx: p.hex().notNull(),
  }),
  (table) => ({ bySender: index().on(table.senderId), byRecipient: index().on(table.recipientId) }),
);

/** kWh of one meter day in one account. */
export const kwhBalance = onchainTable(
  "kwh_balance",
  (p) => ({
    holder: p.hex().notNull(),
    meterDayId: p.text().notNull(),
    participantId: p.integer(),
    meterId: p.bigint().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    tokenId: p.bigint().notNull(),
    energyWh: p.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.holder, table.meterDayId] }),
    byParticipant: index().on(table.participantId),
  }),
);

/** kWh retired against the holder's own metered use of the same day. */
export const retirement = onchainTable(
  "retirement",
  (p) => ({
    id: p.text().primaryKey(),
    participantId: p.integer().notNull(),
    holder: p.hex().notNull(),
    /** Where the energy was generated, and where it was used. */
    meterDayId: p.text().notNull(),
    consumptionMeterId: p.bigint().notNull(),
    consumptionDayId: p.text().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    energyWh: p.bigint().notNull(),
    retiredAt: p.bigint().notNull(),
    retiredTx: p.hex().notNull(),
  }),
  (table) => ({ byParticipant: index().on(table.participantId) }),
);

// ---- finance

/** What a supplier says it is owed; once the debtor has confirmed, a receivable. */
export const claimDraft = onchainTable(
  "claim_draft",
  (p) => ({
    id: p.bigint().primaryKey(),
    status: draftStatus().notNull(),
    debtorId: p.integer().notNull(),
    creditorId: p.integer().notNull(),
    amountFen: p.bigint().notNull(),
    deliveryDay: p.integer().notNull(),
    deliveryDate: p.text(),
    /** As agreed; the receivable falls due on the next business day. */
    dueDay: p.bigint().notNull(),
    /** Empty when the day lies past the year 9999. */
    dueDate: p.text(),
    invoiceNumber: p.bigint().notNull(),
    /** keccak256 of the VAT invoice's file. */
    invoiceHash: p.hex().notNull(),
    receivableId: p.bigint(),
    /** EIP-712 digest that the debtor signed. */
    confirmationDigest: p.hex(),
    draftedAt: p.bigint().notNull(),
    draftedTx: p.hex().notNull(),
    confirmedAt: p.bigint(),
    confirmedTx: p.hex(),
    cancelledAt: p.bigint(),
    /** keccak256 of the file in which the debtor says why not. */
    refusalReasonHash: p.hex(),
    refusedAt: p.bigint(),
  }),
  (table) => ({ byDebtor: index().on(table.debtorId), byCreditor: index().on(table.creditorId) }),
);

/** What receivables obey from a day on. */
export const financeTerm = onchainTable("finance_term", (p) => ({
  effectiveDay: p.bigint().primaryKey(),
  effectiveDate: p.text(),
  longestTenorDays: p.integer().notNull(),
  lateRateBp: p.bigint().notNull(),
  publishedAt: p.bigint().notNull(),
  publishedTx: p.hex().notNull(),
}));

/** Days of which the calendar says something else than the weekday does. */
export const calendarDay = onchainTable("calendar_day", (p) => ({
  day: p.bigint().primaryKey(),
  date: p.text(),
  businessDay: p.boolean().notNull(),
  announcedAt: p.bigint().notNull(),
}));

export const receivable = onchainTable(
  "receivable",
  (p) => ({
    id: p.bigint().primaryKey(),
    status: receivableStatus().notNull(),
    debtorId: p.integer().notNull(),
    creditorId: p.integer().notNull(),
    /** Where it comes from: a trade, or a draft that the debtor confirmed. */
    tradeId: p.bigint(),
    draftId: p.bigint(),
    /** Of debtor, creditor and source: used once. */
    key: p.hex().notNull(),
    /** keccak256 of the VAT invoice; empty if none was given. */
    invoiceHash: p.hex(),
    issueDay: p.integer().notNull(),
    issueDate: p.text().notNull(),
    dueDay: p.integer().notNull(),
    dueDate: p.text().notNull(),
    graceDays: p.integer().notNull(),
    /** Late fee, annual rate, basis points, actual/360. */
    lateRateBp: p.bigint().notNull(),
    faceFen: p.bigint().notNull(),
    repaidFen: p.bigint().notNull(),
    collectedFen: p.bigint().notNull(),
    lateFeePaidFen: p.bigint().notNull(),
    lateFeeCollectedFen: p.bigint().notNull(),
    frozenUntil: p.bigint(),
    issuedAt: p.bigint().notNull(),
    issuedTx: p.hex().notNull(),
    repaidAt: p.bigint(),
    defaultedAt: p.bigint(),
    defaultedTx: p.hex(),
    /** Pursued since, by a holder or its pledgee; given up since; and what either rests on. */
    recoveringAt: p.bigint(),
    recoveringTx: p.hex(),
    recovererId: p.integer(),
    recoveryEvidenceHash: p.hex(),
    writtenOffAt: p.bigint(),
    writtenOffTx: p.hex(),
    writeOffEvidenceHash: p.hex(),
  }),
  (table) => ({ byDebtor: index().on(table.debtorId), byCreditor: index().on(table.creditorId) }),
);

/** Units (fen of face value) of one receivable in one account. */
export const receivableUnit = onchainTable(
  "receivable_unit",
  (p) => ({
    receivableId: p.bigint().notNull(),
    holder: p.hex().notNull(),
    participantId: p.integer(),
    units: p.bigint().notNull(),
    collectedFen: p.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.receivableId, table.holder] }),
    byParticipant: index().on(table.participantId),
  }),
);

/** A pledge of units that stay with their holder: whom what they bring is paid to first. */
export const encumbrance = onchainTable(
  "encumbrance",
  (p) => ({
    id: p.bigint().primaryKey(),
    status: encumbranceStatus().notNull(),
    receivableId: p.bigint().notNull(),
    holder: p.hex().notNull(),
    holderId: p.integer(),
    pledgeeId: p.integer().notNull(),
    units: p.bigint().notNull(),
    paidFen: p.bigint().notNull(),
    /** Number in the registration system (中登). */
    registrationNumber: p.text().notNull(),
    pledgedAt: p.bigint().notNull(),
    pledgedTx: p.hex().notNull(),
    endedAt: p.bigint(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId), byPledgee: index().on(table.pledgeeId) }),
);

/** A claim, or a part of it, passed on. */
export const receivableTransfer = onchainTable(
  "receivable_transfer",
  (p) => ({
    id: p.text().primaryKey(),
    receivableId: p.bigint().notNull(),
    senderId: p.integer(),
    recipientId: p.integer(),
    from: p.hex().notNull(),
    to: p.hex().notNull(),
    units: p.bigint().notNull(),
    transferredAt: p.bigint().notNull(),
    transferredTx: p.hex().notNull(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId) }),
);

/** A payment of the debtor, or the part of it that goes towards one thing. */
export const repayment = onchainTable(
  "repayment",
  (p) => ({
    id: p.text().primaryKey(),
    receivableId: p.bigint().notNull(),
    debtorId: p.integer().notNull(),
    part: paymentPart().notNull(),
    amountFen: p.bigint().notNull(),
    /** Of this part in all, this payment included. */
    repaidFen: p.bigint().notNull(),
    repaidAt: p.bigint().notNull(),
    repaidTx: p.hex().notNull(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId) }),
);

/** A payment to a holder, or the part of it that is a share of one thing. */
export const collection = onchainTable(
  "collection",
  (p) => ({
    id: p.text().primaryKey(),
    receivableId: p.bigint().notNull(),
    participantId: p.integer().notNull(),
    holder: p.hex().notNull(),
    part: paymentPart().notNull(),
    amountFen: p.bigint().notNull(),
    collectedAt: p.bigint().notNull(),
    collectedTx: p.hex().notNull(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId), byParticipant: index().on(table.participantId) }),
);

export const financingRequest = onchainTable(
  "financing_request",
  (p) => ({
    id: p.bigint().primaryKey(),
    status: requestStatus().notNull(),
    receivableId: p.bigint().notNull(),
    requesterId: p.integer().notNull(),
    units: p.bigint().notNull(),
    /** Highest annual rate accepted, basis points. */
    maxRateBp: p.bigint().notNull(),
    lastDay: p.integer().notNull(),
    lastDate: p.text().notNull(),
    requestedAt: p.bigint().notNull(),
    requestedTx: p.hex().notNull(),
    cancelledAt: p.bigint(),
    financedAt: p.bigint(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId), byRequester: index().on(table.requesterId) }),
);

export const bid = onchainTable(
  "bid",
  (p) => ({
    id: p.bigint().primaryKey(),
    status: bidStatus().notNull(),
    requestId: p.bigint().notNull(),
    bidderId: p.integer().notNull(),
    /** Annual rate, basis points, actual/360. */
    rateBp: p.bigint().notNull(),
    recourse: p.boolean().notNull(),
    lastDay: p.integer().notNull(),
    lastDate: p.text().notNull(),
    /** Held from bidding until acceptance or release. */
    heldFen: p.bigint().notNull(),
    paidFen: p.bigint(),
    placedAt: p.bigint().notNull(),
    placedTx: p.hex().notNull(),
    acceptedAt: p.bigint(),
    releasedAt: p.bigint(),
  }),
  (table) => ({ byRequest: index().on(table.requestId), byBidder: index().on(table.bidderId) }),
);

/** An accepted bid, under the bid's number. */
export const financing = onchainTable(
  "financing",
  (p) => ({
    id: p.bigint().primaryKey(),
    requestId: p.bigint().notNull(),
    receivableId: p.bigint().notNull(),
    requesterId: p.integer().notNull(),
    financierId: p.integer().notNull(),
    units: p.bigint().notNull(),
    paidFen: p.bigint().notNull(),
    rateBp: p.bigint().notNull(),
    recourse: p.boolean().notNull(),
    daysToDue: p.integer().notNull(),
    /** Number in the registration system (中登). */
    registrationNumber: p.text(),
    financedAt: p.bigint().notNull(),
    financedTx: p.hex().notNull(),
  }),
  (table) => ({ byReceivable: index().on(table.receivableId), byFinancier: index().on(table.financierId) }),
);

// ---- key figures, as docs/kpi.md defines them

/** Counters of one Shanghai day that add up over days; shares and averages are computed when asked for, never stored. */
export const kpiDay = onchainTable("kpi_day", (p) => ({
  day: p.integer().primaryKey(),
  date: p.text().notNull(),
  /** Approved for the first time. */
  participantsRegistered: p.integer().notNull(),
  tradesOpened: p.integer().notNull(),
  /** Settled on this day, and how many of them by a corrected reading, or adjusted by one until now. */
  tradesSettled: p.integer().notNull(),
  tradesCorrected: p.integer().notNull(),
  /** What came to sellers for energy, and the sum of each amount x the seconds since the end of its delivery day. */
  sellersPaidFen: p.bigint().notNull(),
  sellersPaidFenSeconds: p.bigint().notNull(),
  /** Requests of this day, and how many of them were financed until now. */
  requests: p.integer().notNull(),
  requestsFinanced: p.integer().notNull(),
  /** Financings of this day, and the sum of their seconds since the request. */
  financings: p.integer().notNull(),
  requestToMoneySeconds: p.bigint().notNull(),
  /** Money held for bids of this day, and how much of it was paid until now. */
  bidFen: p.bigint().notNull(),
  bidPaidFen: p.bigint().notNull(),
  /** Face value falling due on this day; of it paid by then, and paid later; unpaid when it defaulted, paid after that, and
   * unpaid when it was written off. */
  dueFen: p.bigint().notNull(),
  paidInTimeFen: p.bigint().notNull(),
  paidLateFen: p.bigint().notNull(),
  defaultedFen: p.bigint().notNull(),
  recoveredFen: p.bigint().notNull(),
  writtenOffFen: p.bigint().notNull(),
}));

/** What one participant did on one Shanghai day; who did nothing has no row. */
export const kpiParticipantDay = onchainTable(
  "kpi_participant_day",
  (p) => ({
    participantId: p.integer().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    tradesSold: p.integer().notNull(),
    tradesBought: p.integer().notNull(),
    /** For financing. */
    requests: p.integer().notNull(),
    bids: p.integer().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.day] }), byDay: index().on(table.day) }),
);

// ---- relations

export const participantRelations = relations(participant, ({ one, many }) => ({
  credit: one(creditCounter, { fields: [participant.id], references: [creditCounter.participantId] }),
  proposalHistory: many(participantProposal),
  accountHistory: many(account),
  replacementHistory: many(accountReplacement),
  meters: many(meter, { relationName: "owner" }),
  tradedMeters: many(meter, { relationName: "trader" }),
  sales: many(trade, { relationName: "seller" }),
  purchases: many(trade, { relationName: "buyer" }),
  orders: many(order),
  deposit: one(depositAccount, { fields: [participant.id], references: [depositAccount.participantId] }),
  depositEntries: many(depositEntry),
  depositsSent: many(depositTransfer, { relationName: "sender" }),
  depositsReceived: many(depositTransfer, { relationName: "recipient" }),
  kwhBalances: many(kwhBalance),
  retirements: many(retirement),
  payablesOwed: many(payable, { relationName: "debtor" }),
  payablesDue: many(payable, { relationName: "creditor" }),
  differencesOwed: many(adjustmentDifference, { relationName: "debtor" }),
  differencesDue: many(adjustmentDifference, { relationName: "creditor" }),
  receivablesOwed: many(receivable, { relationName: "debtor" }),
  receivablesIssued: many(receivable, { relationName: "creditor" }),
  encumbrancesGiven: many(encumbrance, { relationName: "pledgor" }),
  encumbrancesHeld: many(encumbrance, { relationName: "pledgee" }),
  draftsOwed: many(claimDraft, { relationName: "debtor" }),
  draftsIssued: many(claimDraft, { relationName: "creditor" }),
  receivableUnits: many(receivableUnit),
  financingRequests: many(financingRequest),
  bids: many(bid),
  financings: many(financing, { relationName: "financier" }),
  collections: many(collection),
  kpiDays: many(kpiParticipantDay),
}));

export const kpiParticipantDayRelations = relations(kpiParticipantDay, ({ one }) => ({
  participant: one(participant, { fields: [kpiParticipantDay.participantId], references: [participant.id] }),
}));

export const participantProposalRelations = relations(participantProposal, ({ one }) => ({
  participant: one(participant, { fields: [participantProposal.participantId], references: [participant.id] }),
}));

export const accountRelations = relations(account, ({ one }) => ({
  participant: one(participant, { fields: [account.participantId], references: [participant.id] }),
}));

export const accountReplacementRelations = relations(accountReplacement, ({ one }) => ({
  participant: one(participant, { fields: [accountReplacement.participantId], references: [participant.id] }),
}));

export const zoneRelations = relations(zone, ({ one, many }) => ({
  parent: one(zone, { relationName: "parent", fields: [zone.parentId], references: [zone.id] }),
  children: many(zone, { relationName: "parent" }),
  meters: many(meter),
  priceSlots: many(priceSlot),
  roundPrices: many(roundPrice),
}));

export const meterRelations = relations(meter, ({ one, many }) => ({
  owner: one(participant, { relationName: "owner", fields: [meter.ownerId], references: [participant.id] }),
  trader: one(participant, { relationName: "trader", fields: [meter.traderId], references: [participant.id] }),
  zone: one(zone, { fields: [meter.zoneId], references: [zone.id] }),
  days: many(meterDay),
}));

export const meterDayRelations = relations(meterDay, ({ one, many }) => ({
  meter: one(meter, { fields: [meterDay.meterId], references: [meter.id] }),
  versions: many(meterDayVersion),
  acceptances: many(meterDayAcceptance),
  sales: many(trade, { relationName: "sellerMeterDay" }),
  purchases: many(trade, { relationName: "buyerMeterDay" }),
  kwhBalances: many(kwhBalance),
  /** kWh of this day's generation that were retired, and kWh retired against this day's consumption. */
  retirements: many(retirement, { relationName: "origin" }),
  retiredHere: many(retirement, { relationName: "consumption" }),
}));

export const meterDayVersionRelations = relations(meterDayVersion, ({ one }) => ({
  meterDay: one(meterDay, { fields: [meterDayVersion.meterDayId], references: [meterDay.id] }),
}));

export const meterDayAcceptanceRelations = relations(meterDayAcceptance, ({ one }) => ({
  meterDay: one(meterDay, { fields: [meterDayAcceptance.meterDayId], references: [meterDay.id] }),
  participant: one(participant, { fields: [meterDayAcceptance.participantId], references: [participant.id] }),
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
  payables: many(payable),
  adjustments: many(adjustment),
  receivable: one(receivable, {
    relationName: "tradeReceivable",
    fields: [trade.receivableId],
    references: [receivable.id],
  }),
}));

export const skippedLegRelations = relations(skippedLeg, ({ one }) => ({
  sellOrder: one(order, { fields: [skippedLeg.sellOrderDigest], references: [order.digest] }),
}));

export const payableRelations = relations(payable, ({ one }) => ({
  trade: one(trade, { fields: [payable.tradeId], references: [trade.id] }),
  debtor: one(participant, { relationName: "debtor", fields: [payable.debtorId], references: [participant.id] }),
  creditor: one(participant, { relationName: "creditor", fields: [payable.creditorId], references: [participant.id] }),
}));

export const creditCounterRelations = relations(creditCounter, ({ one }) => ({
  participant: one(participant, { fields: [creditCounter.participantId], references: [participant.id] }),
}));

export const adjustmentRelations = relations(adjustment, ({ one, many }) => ({
  trade: one(trade, { fields: [adjustment.tradeId], references: [trade.id] }),
  differences: many(adjustmentDifference),
}));

export const adjustmentDifferenceRelations = relations(adjustmentDifference, ({ one }) => ({
  adjustment: one(adjustment, {
    fields: [adjustmentDifference.tradeId, adjustmentDifference.version],
    references: [adjustment.tradeId, adjustment.version],
  }),
  debtor: one(participant, {
    relationName: "debtor",
    fields: [adjustmentDifference.debtorId],
    references: [participant.id],
  }),
  creditor: one(participant, {
    relationName: "creditor",
    fields: [adjustmentDifference.creditorId],
    references: [participant.id],
  }),
}));

export const depositAccountRelations = relations(depositAccount, ({ one, many }) => ({
  participant: one(participant, { fields: [depositAccount.participantId], references: [participant.id] }),
  holds: many(depositHold),
}));

export const depositHoldRelations = relations(depositHold, ({ one }) => ({
  depositAccount: one(depositAccount, {
    fields: [depositHold.participantId],
    references: [depositAccount.participantId],
  }),
}));

export const depositEntryRelations = relations(depositEntry, ({ one }) => ({
  participant: one(participant, { fields: [depositEntry.participantId], references: [participant.id] }),
}));

export const depositTransferRelations = relations(depositTransfer, ({ one }) => ({
  sender: one(participant, {
    relationName: "sender",
    fields: [depositTransfer.senderId],
    references: [participant.id],
  }),
  recipient: one(participant, {
    relationName: "recipient",
    fields: [depositTransfer.recipientId],
    references: [participant.id],
  }),
}));

export const kwhBalanceRelations = relations(kwhBalance, ({ one }) => ({
  participant: one(participant, { fields: [kwhBalance.participantId], references: [participant.id] }),
  meterDay: one(meterDay, { fields: [kwhBalance.meterDayId], references: [meterDay.id] }),
}));

export const retirementRelations = relations(retirement, ({ one }) => ({
  participant: one(participant, { fields: [retirement.participantId], references: [participant.id] }),
  meterDay: one(meterDay, { relationName: "origin", fields: [retirement.meterDayId], references: [meterDay.id] }),
  consumptionDay: one(meterDay, {
    relationName: "consumption",
    fields: [retirement.consumptionDayId],
    references: [meterDay.id],
  }),
}));

export const receivableRelations = relations(receivable, ({ one, many }) => ({
  debtor: one(participant, { relationName: "debtor", fields: [receivable.debtorId], references: [participant.id] }),
  creditor: one(participant, {
    relationName: "creditor",
    fields: [receivable.creditorId],
    references: [participant.id],
  }),
  trade: one(trade, { relationName: "receivableTrade", fields: [receivable.tradeId], references: [trade.id] }),
  /** Who pursues its debtor. */
  recoverer: one(participant, {
    relationName: "recoverer",
    fields: [receivable.recovererId],
    references: [participant.id],
  }),
  draft: one(claimDraft, {
    relationName: "receivableDraft",
    fields: [receivable.draftId],
    references: [claimDraft.id],
  }),
  units: many(receivableUnit),
  encumbrances: many(encumbrance),
  transfers: many(receivableTransfer),
  repayments: many(repayment),
  collections: many(collection),
  financingRequests: many(financingRequest),
  financings: many(financing),
}));

export const encumbranceRelations = relations(encumbrance, ({ one }) => ({
  receivable: one(receivable, { fields: [encumbrance.receivableId], references: [receivable.id] }),
  holderParticipant: one(participant, {
    relationName: "pledgor",
    fields: [encumbrance.holderId],
    references: [participant.id],
  }),
  pledgee: one(participant, {
    relationName: "pledgee",
    fields: [encumbrance.pledgeeId],
    references: [participant.id],
  }),
}));

export const claimDraftRelations = relations(claimDraft, ({ one }) => ({
  debtor: one(participant, { relationName: "debtor", fields: [claimDraft.debtorId], references: [participant.id] }),
  creditor: one(participant, {
    relationName: "creditor",
    fields: [claimDraft.creditorId],
    references: [participant.id],
  }),
  receivable: one(receivable, {
    relationName: "draftReceivable",
    fields: [claimDraft.receivableId],
    references: [receivable.id],
  }),
}));

export const receivableUnitRelations = relations(receivableUnit, ({ one }) => ({
  receivable: one(receivable, { fields: [receivableUnit.receivableId], references: [receivable.id] }),
  participant: one(participant, { fields: [receivableUnit.participantId], references: [participant.id] }),
}));

export const receivableTransferRelations = relations(receivableTransfer, ({ one }) => ({
  receivable: one(receivable, { fields: [receivableTransfer.receivableId], references: [receivable.id] }),
  sender: one(participant, {
    relationName: "sender",
    fields: [receivableTransfer.senderId],
    references: [participant.id],
  }),
  recipient: one(participant, {
    relationName: "recipient",
    fields: [receivableTransfer.recipientId],
    references: [participant.id],
  }),
}));

export const repaymentRelations = relations(repayment, ({ one }) => ({
  receivable: one(receivable, { fields: [repayment.receivableId], references: [receivable.id] }),
  debtor: one(participant, { fields: [repayment.debtorId], references: [participant.id] }),
}));

export const collectionRelations = relations(collection, ({ one }) => ({
  receivable: one(receivable, { fields: [collection.receivableId], references: [receivable.id] }),
  participant: one(participant, { fields: [collection.participantId], references: [participant.id] }),
}));

export const financingRequestRelations = relations(financingRequest, ({ one, many }) => ({
  receivable: one(receivable, { fields: [financingRequest.receivableId], references: [receivable.id] }),
  requester: one(participant, { fields: [financingRequest.requesterId], references: [participant.id] }),
  bids: many(bid),
  financings: many(financing),
}));

export const bidRelations = relations(bid, ({ one }) => ({
  request: one(financingRequest, { fields: [bid.requestId], references: [financingRequest.id] }),
  bidder: one(participant, { fields: [bid.bidderId], references: [participant.id] }),
  /** Exists once the bid was accepted. */
  financing: one(financing, { fields: [bid.id], references: [financing.id] }),
}));

export const financingRelations = relations(financing, ({ one }) => ({
  bid: one(bid, { fields: [financing.id], references: [bid.id] }),
  request: one(financingRequest, { fields: [financing.requestId], references: [financingRequest.id] }),
  receivable: one(receivable, { fields: [financing.receivableId], references: [receivable.id] }),
  requester: one(participant, {
    relationName: "requester",
    fields: [financing.requesterId],
    references: [participant.id],
  }),
  financier: one(participant, {
    relationName: "financier",
    fields: [financing.financierId],
    references: [participant.id],
  }),
}));
