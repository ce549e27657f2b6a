import { concat, numberToHex, zeroAddress, zeroHash } from "viem";
import { differenceSource, tradeSource } from "../../sdk/debts/source.ts";
import { type ChainEvent, event } from "./eventChain.ts";
import * as market from "./market.ts";

const { accountOf, digestOf, level } = market;

export const DAY = 20_779;
const NEXT = DAY + 1;
export const [GRID, PLANT, FACTORY, BANK, SUPPLIER] = [1, 2, 3, 4, 5];
/** Settlement banks, of which the second is not enrolled yet. */
export const [FIRST_BANK, SECOND_BANK] = [BANK, 6] as const;
const [GENERATOR, LOAD] = [1n, 2n];
export const STRANGER = numberToHex(0x5747, { size: 20 });
export const NEW_ACCOUNT = numberToHex(0xacd004, { size: 20 });
/** A P-256 key behind a verifier, as an ERC-7913 signer. */
export const FACTOR = concat([numberToHex(0x7913, { size: 20 }), digestOf("x"), digestOf("y")]);
const [SELL, BUY] = [digestOf("sell order"), digestOf("buy order")];
/** Of the day after next, in cash, with green certificates; the buyer is a contract, which signs on chain. */
export const LATER = DAY + 2;
export const GREEN_BUY = digestOf("green buy order");
const GREEN = { greenCertificates: true, sellOrder: digestOf("green sell order"), buyOrder: GREEN_BUY };
const DEAL = { seller: PLANT, buyer: FACTORY, sellerMeter: GENERATOR, buyerMeter: LOAD, day: DAY };

/** What the factory owes the plant and the supplier. */
const OWED = { debtor: FACTORY, creditor: PLANT, dueDay: DAY + 30 };
const CLAIM = { debtor: FACTORY, creditor: SUPPLIER };
const RULES = {
  ...{ effectiveDay: 0, wetFrom: 601, wetUntil: 1031, bondRateBp: 500, maxPaymentDays: 90, smallSellerPaymentDays: 60 },
  ...{ maxAdvanceDays: 40, cutOffLeadSeconds: 28_800, gateLeadSeconds: 3600 },
  ...{ marginNoticeSeconds: 86_400, lotWh: 1000, wet: { floor: 0, cap: 50_000 }, dry: { floor: 0, cap: 60_000 } },
  ...{ gridCompany: GRID, balancingAccount: GRID, smallPlantW: 1, largePlantW: 2, smallPlantVoltage: 1 },
  ...{ largePlantPath: 2, bondPolicy: zeroAddress, tariffs: [0n, 1n, 2n, 3n, 4n, 5n] as const, deviationRules: [] },
};

/** Two trades of one meter day that is metered short, a receivable of the second, and a day that lapses. */
export const STORY: ChainEvent[] = [
  granted(1n, market.REGISTRARS[0], 1_795_000_000),
  granted(1n, market.REGISTRARS[1], 1_795_000_000),
  granted(1n, market.REGISTRARS[1], 1_795_000_001, 86_400),
  event("AccessManager", "RoleRevoked", { roleId: 1n, account: market.REGISTRARS[1] }),
  // A role of which the platform knows nothing.
  granted(77n, market.REGISTRARS[0], 5),
  event("MarketRules", "ZoneAdded", { zone: 1, parent: 0, voltage: 5, name: "四川 Sichuan" }),
  event("MarketRules", "ZoneAdded", { zone: 2, parent: 1, voltage: 1, name: "都江堰" }),
  event("MarketRules", "RuleSetPublished", { id: 1, effectiveDay: 0, ruleHash: digestOf("rules"), rules: RULES }),
  event("MarketRules", "RuleSetPublished", {
    ...{ id: 2, effectiveDay: DAY + 100, ruleHash: digestOf("other rules"), rules: RULES },
  }),
  event("MarketRules", "RuleSetWithdrawn", { id: 2, effectiveDay: DAY + 100 }),
  event("MeterRegistry", "WindowsChanged", { fromDay: DAY - 100, reportDays: 3, objectionHours: 72 }),
  event("MeterRegistry", "WindowsChanged", { fromDay: DAY + 100, reportDays: 5, objectionHours: 48 }),
  event("MeterRegistry", "WindowsWithdrawn", { fromDay: DAY + 100 }),
  ...market.enrol(GRID, "gridCompany"),
  ...market.enrol(PLANT, "generator"),
  ...market.enrol(FACTORY, "consumer"),
  ...market.enrol(BANK, "bank"),
  ...market.enrol(SUPPLIER, "supplier"),
  market.registerMeter(GENERATOR, PLANT, "generation"),
  market.registerMeter(LOAD, FACTORY, "consumption"),
  market.openBank(FIRST_BANK, 2_000_000n),
  market.openBank(SECOND_BANK),
  ...market.issue(PLANT, 100_000n, SECOND_BANK),
  ...market.issue(FACTORY, 500_000n, FIRST_BANK),
  ...market.issue(BANK, 900_000n, FIRST_BANK),
  // A bilateral trade: 1,000 Wh in slots 0 to 3 at 400 元/MWh.
  market.priceCurve(level(40_000, 0, 4)),
  market.openTrade(1n, DEAL, [level(1000, 0, 4), level(40_000, 0, 4)]),
  market.hold(FACTORY, 167n),
  // Both set margin aside for rounds; the plant takes most of it back after them.
  ...market.lockMargin(PLANT, 50n),
  ...market.lockMargin(FACTORY, 200n),
  event("TradeEscrow", "MarginLocked", { participant: FACTORY, lockedFen: 0n, termsFen: 1000n }),
  market.announceRelease(PLANT, 40n, 0n, 1_795_000_000n),
  // An auction at 300 元/MWh: 1,000 Wh in slots 2 to 5, on terms; a second leg is left out.
  ...market.priceZone(7n, level(30_000, 0, 48), { day: DAY, paymentDays: 30 }),
  event("TradeEscrow", "Skipped", { round: 7n, sellOrder: SELL, sale: 0n, leg: 1n, reason: 19 }),
  market.openTrade(2n, DEAL, [level(1000, 2, 6), level(30_000, 0, 48)], {
    ...{ round: 7n, paymentDays: 30, sellOrder: SELL, buyOrder: BUY },
  }),
  market.fill(7n, SELL, false, 5n),
  market.fill(7n, BUY, true, 127n),
  market.drawMargin(7n, [
    [PLANT, 5n],
    [FACTORY, 7n, 120n],
  ]),
  // Metered 1,500 Wh where both trades meet, nothing afterwards.
  market.report(GENERATOR, DAY, level(1500, 0, 4)),
  event("MeterRegistry", "MeterTraderNamed", {
    ...{ meter: GENERATOR, trader: PLANT, nextTrader: SUPPLIER, nextTraderFrom: DAY + 2 },
  }),
  event("MeterRegistry", "MeterTraderNamed", {
    ...{ meter: LOAD, trader: FACTORY, nextTrader: SUPPLIER, nextTraderFrom: DAY + 2 },
  }),
  event("MeterRegistry", "MeterTraderNamed", { meter: LOAD, trader: FACTORY, nextTrader: 0, nextTraderFrom: 0 }),
  event("MeterRegistry", "MeterDayAccepted", { meter: GENERATOR, day: DAY, participant: PLANT, version: 1 }),
  event("ObjectionDesk", "MeterDayObjected", {
    ...{ meter: GENERATOR, day: DAY, participant: FACTORY, version: 1 },
    ...{ curveHash: digestOf("curve"), reasonHash: digestOf("reason") },
  }),
  market.finalise(GENERATOR, DAY),
  ...market.settle(1n, [1n, 4000n, 160n], [2n, 1000n, 30n, 3n]),
  ...market.payHeld(FACTORY, PLANT, 160n),
  ...market.payHeld(FACTORY, GRID, 7n),
  ...market.payHeld(FACTORY, GRID, 7n),
  ...market.payHeld(PLANT, GRID, 3n),
  market.releaseHeld(PLANT, 2n),
  market.owe(1n, { ...OWED, amountFen: 30n, source: tradeSource(2n) }),
  // Nobody claims what the second trade delivered.
  ...market.claimKwh(1n, DEAL, 4000n),
  event("TradeEscrow", "SurplusMinted", { meter: GENERATOR, day: DAY, owner: PLANT, energyWh: 1000n }),
  market.mintKwh(GENERATOR, DAY, 2, 1000n),
  // The final reading turns out too low: the second trade is adjusted, and one of the differences is paid late.
  event("MeterRegistry", "MeterDayCorrected", {
    ...{ meter: GENERATOR, day: DAY, version: 2, quality: 1, adjustableAt: 1_800_000_000 },
    curve: market.packed(level(2000, 0, 4)),
  }),
  event("AdjustmentDesk", "TradeAdjusted", {
    ...{ id: 2n, version: 2, differenceWh: 1000n },
    outcome: { deliveredWh: 2000n, energyFen: 60n, networkFen: 7n, deviationFen: 2n, invoiced: false },
  }),
  ...difference(2n, 0, 30n),
  ...difference(3n, 2, 4n),
  market.payDebt(2n, 30n, 1n),
  market.discharge(2n),
  // The other was too much by three; a debt the other way is set off against the rest.
  event("DebtLedger", "DebtReduced", { id: 3n, amountFen: 3n }),
  market.owe(
    4n,
    { ...OWED, debtor: PLANT, creditor: FACTORY, amountFen: 9n, source: tradeSource(8n) },
    "DeviationCharge",
  ),
  event("DebtLedger", "DebtSetOff", { id: 3n, against: 4n, amountFen: 1n, lateFeeFen: 0n }),
  market.discharge(3n),
  event("DebtLedger", "DebtSetOff", { id: 4n, against: 3n, amountFen: 1n, lateFeeFen: 0n }),
  event("DebtLedger", "DebtStoodStill", { id: 4n, until: 1_800_000_000 }),
  event("DebtLedger", "PosterApproved", { poster: market.NOTARY, code: 1 }),
  event("DebtLedger", "ClaimBookApproved", { book: market.BOOK, number: 1 }),
  // Both trades are counted, a debt of the factory's is in arrears until it is discharged, and a third trade counts for nothing.
  ...[1n, 2n].map((id) =>
    event("CreditLedger", "TradeCounted", {
      ...{ id, seller: PLANT, buyer: FACTORY, contractedWh: 4000n, deliveredWh: id === 1n ? 4000n : 1000n },
      ...{ charged: id === 2n, late: false, ruled: false },
    }),
  ),
  event("CreditLedger", "TradeLeftOut", { id: 9n, seller: PLANT, buyer: FACTORY }),
  debtCounted(2, false),
  debtCounted(3, false),
  debtCounted(4, false),
  debtCounted(1, true),
  market.reportRoot(1n, DAY, [[LOAD, level(60)]]),
  event("MeterRegistry", "RootFinalised", { root: 1n }),
  event("KwhToken", "TransferSingle", {
    ...{ operator: accountOf(3), from: accountOf(3), to: zeroAddress, id: (1n << 32n) | BigInt(DAY), value: 1500n },
  }),
  event("KwhToken", "KwhRetired", {
    ...{ participant: FACTORY, holder: accountOf(3), id: (1n << 32n) | BigInt(DAY), consumptionMeter: LOAD },
    amountWh: 1500n,
  }),
  // The claim becomes a receivable; the bank buys it, a part goes on to a supplier, the factory pays, holders collect.
  ...market.issueReceivable(1n, 1n, { ...OWED, issueDay: NEXT, faceFen: 30n }),
  units(zeroAddress, accountOf(PLANT), 30n),
  event("FinancingDesk", "FinancingRequested", {
    ...{ id: 1n, receivable: 1n, requester: PLANT },
    request: {
      ...{ requester: PLANT, status: 1, lastDay: NEXT + 2, maxRateBp: 4_294_967_295, units: 30n },
      ...{ receivable: 1n },
    },
  }),
  market.hold(BANK, 29n),
  event("FinancingDesk", "BidPlaced", {
    ...{ id: 1n, request: 1n, bidder: BANK },
    bid: {
      ...{ request: 1n, bidder: BANK, status: 1, recourse: false, rateBp: 385, lastDay: NEXT + 2 },
      ...{ heldFen: 29n, paidFen: 0n, subject: zeroHash },
    },
    toAffiliate: true,
  }),
  ...market.payHeld(BANK, PLANT, 28n),
  market.releaseHeld(BANK, 1n),
  units(accountOf(PLANT), accountOf(BANK), 30n),
  event("FinancingDesk", "Financed", { id: 1n, request: 1n, receivable: 1n, units: 30n, paidFen: 28n, daysToDue: 29n }),
  event("FinancingDesk", "FinancingRegistered", { id: 1n, registrationNumber: "0123\u00004567" }),
  units(accountOf(BANK), accountOf(SUPPLIER), 10n),
  market.payDebt(1n, 30n),
  market.discharge(1n),
  units(accountOf(SUPPLIER), zeroAddress, 10n),
  event("Receivables", "ReceivableCollected", {
    ...{ id: 1n, holder: accountOf(SUPPLIER), participant: SUPPLIER, amountFen: 10n },
  }),
  // The supplier drafts a claim on the factory, which confirms and pays it late; another draft is withdrawn.
  event("FinanceRules", "FinanceTermsPublished", {
    ...{ effectiveDay: 0, terms: { effectiveDay: 0, longestTenorDays: 180, lateRateBp: 1800, graceDays: 5 } },
  }),
  event("FinanceRules", "FinanceTermsPublished", {
    ...{
      effectiveDay: DAY + 100,
      terms: { effectiveDay: DAY + 100, longestTenorDays: 90, lateRateBp: 1800, graceDays: 5 },
    },
  }),
  event("FinanceRules", "FinanceTermsWithdrawn", { effectiveDay: DAY + 100 }),
  event("FinanceRules", "CalendarAnnounced", { daysOff: [DAY + 40, DAY + 41], workdays: [DAY + 41] }),
  drafted(1n, DAY + 20),
  drafted(2n, 4_294_967_295),
  // For a day on which the same two traded: the invoice may be for what the trades claim.
  drafted(3n, DAY + 20, PLANT, DAY),
  market.owe(5n, { ...CLAIM, dueDay: DAY + 20, amountFen: 1_000n, source: digestOf("invoice") }, "ConfirmedClaim"),
  ...market.issueReceivable(2n, 5n, { ...CLAIM, issueDay: DAY, dueDay: DAY + 22, faceFen: 1_000n }, digestOf("file")),
  units(zeroAddress, accountOf(SUPPLIER), 1_000n, 2n),
  event("DraftingDesk", "ClaimConfirmed", { id: 1n, receivable: 2n, digest: digestOf("confirmation") }),
  event("DraftingDesk", "DraftCancelled", { id: 2n }),
  event("DraftingDesk", "DraftRefused", { id: 3n, reasonHash: digestOf("wrong amount") }),
  pledged(1n, 700n),
  event("Receivables", "EncumbranceReleased", { encumbrance: 1n }),
  pledged(2n, 600n),
  market.payDebt(5n, 1_000n, 5n),
  market.discharge(5n),
  event("Receivables", "LateFeeCollected", {
    ...{ id: 2n, holder: accountOf(SUPPLIER), participant: SUPPLIER, amountFen: 5n },
  }),
  units(accountOf(SUPPLIER), zeroAddress, 1_000n, 2n),
  event("Receivables", "ReceivableCollected", {
    ...{ id: 2n, holder: accountOf(SUPPLIER), participant: SUPPLIER, amountFen: 1_000n },
  }),
  event("Receivables", "EncumbrancePaid", { encumbrance: 2n, amountFen: 600n, unitsLeft: 0n }),
  // The next day: nothing is reported in time; a late reading makes an invoice.
  market.openTrade(3n, { ...DEAL, day: NEXT }, [level(1000, 0, 1), level(40_000, 0, 4)]),
  event("MeterRegistry", "MeterDayLapsed", { meter: GENERATOR, day: NEXT }),
  event("TradeEscrow", "TradeLapsed", { id: 3n }),
  market.report(GENERATOR, NEXT, level(1000, 0, 1)),
  market.finalise(GENERATOR, NEXT, true),
  ...market.settle(2n, [3n, 1000n, 40n, 0n, true]),
  // The same two orders of another day match continuously, at a price that two submissions share, and then in the auction.
  event("TradeEscrow", "OrderPresigned", { account: accountOf(FACTORY), order: GREEN_BUY }),
  event("TradeEscrow", "OrderPresigned", { account: accountOf(FACTORY), order: GREEN_BUY }),
  event("TradeEscrow", "OrderPresigned", { account: STRANGER, order: GREEN_BUY }),
  ...market.priceZone(8n, level(30_000, 0, 48), { day: LATER, continuous: true }),
  market.openTrade(4n, { ...DEAL, day: LATER }, [level(1000, 0, 2), level(30_000, 0, 48)], { round: 8n, ...GREEN }),
  market.fill(8n, GREEN.sellOrder, false, 5n),
  market.fill(8n, GREEN_BUY, false, 67n),
  market.drawMargin(8n, [
    [PLANT, 5n],
    [FACTORY, 67n],
  ]),
  ...market.priceZone(8n, level(30_000, 0, 48), { day: LATER, continuous: true }),
  ...market.priceZone(9n, level(29_000, 0, 48), { day: LATER }),
  market.openTrade(5n, { ...DEAL, day: LATER }, [level(1000, 2, 3), level(29_000, 0, 48)], { round: 9n, ...GREEN }),
  market.fill(9n, GREEN.sellOrder, false, 10n),
  market.fill(9n, GREEN_BUY, true, 103n),
  market.drawMargin(9n, [
    [PLANT, 5n],
    [FACTORY, 36n],
  ]),
  // An arbiter divides what is held for the last one.
  ...market.rule(3n, 5n, 12n),
  // Of what the plant takes back, rounds have left 35; what the factory said first no longer holds.
  ...market.releaseMargin(PLANT, 35n),
  market.announceRelease(FACTORY, 50n, 880n, 1_795_086_400n),
  market.announceRelease(FACTORY, 20n, 100n, 1_795_086_400n),
  // A renewal that waits is replaced by another, which is turned down; the participant stays what it was.
  proposal(SUPPLIER, 4_294_967_295),
  proposal(SUPPLIER, 40_000),
  event("ParticipantRegistry", "ParticipantRejected", { id: SUPPLIER, registrar: market.REGISTRARS[1] }),
  // Another is approved, and with it a second factor.
  proposal(GRID, 40_000),
  event("ParticipantRegistry", "ParticipantApproved", {
    ...{ id: GRID, account: accountOf(GRID), registrar: market.REGISTRARS[1] },
  }),
  event("ParticipantRegistry", "SecondFactorChanged", { id: GRID, factor: 1, signer: FACTOR }),
  // The grid company confirms a payment beyond its limit, and makes it.
  event("SecondFactor", "SubjectConfirmed", { participant: GRID, subject: digestOf("payment"), factor: 1 }),
  event("SecondFactor", "ExposureRecorded", {
    ...{ participant: GRID, day: DAY, subject: digestOf("trade"), amountFen: 4_000_000n, exposureFen: 4_000_000n },
  }),
  event("SecondFactor", "ExposureRecorded", {
    ...{ participant: GRID, day: DAY, subject: digestOf("payment"), amountFen: 2_000_000n, exposureFen: 6_000_000n },
  }),
  event("SecondFactor", "ConfirmationUsed", { participant: GRID, subject: digestOf("payment"), factor: 1 }),
  event("TradeEscrow", "NonceCancelled", { trader: accountOf(FACTORY), kind: 1, day: LATER, nonce: 4_294_967_295 }),
  event("TradeEscrow", "NoncePageCancelled", { trader: accountOf(PLANT), kind: 0, day: LATER, page: 4_294_967_295 }),
  event("TradeEscrow", "NoncePageCancelled", { trader: STRANGER, kind: 2, day: LATER, page: 1 }),
  // The bank's key is lost: one replacement is objected to, another withdrawn, the third completed; its units follow.
  event("Receivables", "ReceivableEncumbered", {
    ...{ encumbrance: 3n, id: 1n, holder: accountOf(BANK), pledgee: GRID, units: 5n, registrationNumber: "0123" },
  }),
  newAccount("AccountProposed", { registrar: market.REGISTRARS[0], reasonHash: digestOf("a mistake") }),
  newAccount("ReplacementObjected", {}),
  newAccount("AccountProposed", { registrar: market.REGISTRARS[0], reasonHash: digestOf("a doubt") }),
  newAccount("ReplacementWithdrawn", { registrar: market.REGISTRARS[1] }),
  newAccount("AccountProposed", { registrar: market.REGISTRARS[0], reasonHash: digestOf("lost key") }),
  newAccount("AccountApproved", { registrar: market.REGISTRARS[1], completableAt: 1_800_000_000 }),
  newAccount("AccountReplaced", { former: accountOf(BANK) }),
  event("Receivables", "EncumbranceFollowed", { encumbrance: 3n, holder: NEW_ACCOUNT }),
  units(accountOf(BANK), NEW_ACCOUNT, 20n),
  // Banks settle what crossed between them. The plant's word is taken back, the factory moves by both banks' words; then its
  // former bank fails, and two registrars move the grid company, which was paid before it had an account.
  event("DepositToken", "BanksSettled", {
    ...{ fromBank: FIRST_BANK, toBank: SECOND_BANK, amountFen: 188n, bankReference: digestOf("central bank") },
  }),
  event("DepositToken", "AccountOpened", { participant: GRID, bank: FIRST_BANK }),
  confirmed(PLANT, SECOND_BANK, FIRST_BANK, true),
  confirmed(PLANT, SECOND_BANK, FIRST_BANK, false),
  confirmed(FACTORY, SECOND_BANK, SECOND_BANK, true),
  confirmed(FACTORY, FIRST_BANK, SECOND_BANK, true),
  moved(FACTORY),
  market.openBank(FIRST_BANK, 0n),
  event("DepositToken", "MoveProposed", {
    ...{ participant: GRID, toBank: SECOND_BANK, registrar: market.REGISTRARS[0], reasonHash: digestOf("failed") },
  }),
  event("DepositToken", "MoveApproved", { participant: GRID, toBank: SECOND_BANK, registrar: market.REGISTRARS[1] }),
  confirmed(GRID, FIRST_BANK, SECOND_BANK, true),
  confirmed(GRID, SECOND_BANK, SECOND_BANK, true),
  moved(GRID),
  event("DepositToken", "MoveProposed", {
    ...{ participant: BANK, toBank: SECOND_BANK, registrar: market.REGISTRARS[0], reasonHash: digestOf("failed") },
  }),
  // Two days come under a root; one of them gets a word of its own.
  market.reportRoot(2n, LATER, [
    [GENERATOR, level(100, 0, 1)],
    [LOAD, level(200, 0, 1)],
  ]),
  event("MeterRegistry", "MeterDayRecorded", { meter: GENERATOR, day: LATER, root: 2n }),
];

/** What any stranger can make the contracts emit: movements of nothing, out of and into what never was. */
export const JUNK: ChainEvent[] = [
  event("DepositToken", "HoldsReduced", {
    notary: STRANGER,
    moves: [{ payer: 4_000_000_000, payee: 0, amountFen: 0n }],
  }),
  event("DepositToken", "Transfer", { from: zeroAddress, to: accountOf(PLANT), value: 0n }),
  event("KwhToken", "TransferSingle", {
    operator: STRANGER,
    from: STRANGER,
    to: STRANGER,
    id: 2n ** 255n - 1n,
    value: 0n,
  }),
  event("KwhToken", "TransferBatch", {
    ...{ operator: STRANGER, from: STRANGER, to: STRANGER, ids: [2n ** 256n - 1n], values: [0n] },
  }),
  event("Receivables", "TransferSingle", { operator: STRANGER, from: STRANGER, to: STRANGER, id: 99n, value: 0n }),
];

function granted(roleId: bigint, account: `0x${string}`, since: number, delay = 0): ChainEvent {
  return event("AccessManager", "RoleGranted", { roleId, account, delay, since, newMember: delay === 0 });
}

function confirmed(participant: number, by: number, toBank: number, isConfirmed: boolean): ChainEvent {
  return event("DepositToken", "MoveConfirmed", { participant, by, toBank, confirmed: isConfirmed });
}

function moved(participant: number): ChainEvent {
  return event("DepositToken", "AccountMoved", { participant, fromBank: FIRST_BANK, toBank: SECOND_BANK });
}

function debtCounted(mark: number, ends: boolean): ChainEvent {
  return event("CreditLedger", "DebtCounted", { id: 9n, debtor: FACTORY, mark, day: DAY, daysLate: 70, ends });
}

/** What the factory owes more by the second version of the day. */
function difference(debt: bigint, amount: number, amountFen: bigint): ChainEvent[] {
  const source = differenceSource({ trade: 2n, version: 2, amount });
  return [
    market.owe(debt, { ...OWED, amountFen, source }, "Adjustment"),
    event("AdjustmentDesk", "DifferencePosted", { id: 2n, version: 2, amount, debt }),
  ];
}

function units(from: `0x${string}`, to: `0x${string}`, value: bigint, id = 1n): ChainEvent {
  return event("Receivables", "TransferSingle", { operator: from, from, to, id, value });
}

function pledged(encumbrance: bigint, amount: bigint): ChainEvent {
  return event("Receivables", "ReceivableEncumbered", {
    ...{ encumbrance, id: 2n, holder: accountOf(SUPPLIER), pledgee: BANK, units: amount },
    registrationNumber: "0123\u00004567",
  });
}

function drafted(id: bigint, dueDay: number, creditor = SUPPLIER, deliveryDay = DAY - 5): ChainEvent {
  const invoice = { debtor: FACTORY, deliveryDay, dueDay, amountFen: 1_000n };
  return event("DraftingDesk", "ClaimDrafted", {
    ...{ id, debtor: FACTORY, creditor },
    invoice: { ...invoice, number: 26512000000012345678n, fileHash: digestOf("file") },
  });
}

type Step = "AccountProposed" | "AccountApproved" | "ReplacementObjected" | "ReplacementWithdrawn" | "AccountReplaced";
function newAccount(step: Step, values: object): ChainEvent {
  return event("ParticipantRegistry", step, { id: BANK, account: NEW_ACCOUNT, ...values });
}

function proposal(id: number, validUntil: number): ChainEvent {
  const application = {
    ...{ account: accountOf(id), size: 2, validUntil, kinds: 512, credentialHash: digestOf("renewal") },
    ...{ secondFactor: FACTOR, exposureLimitFen: 5_000_000n, controller: digestOf("group") },
  };
  return event("ParticipantRegistry", "ParticipantProposed", { id, registrar: market.REGISTRARS[0], application });
}
