import type { Address, ContractFunctionReturnType } from "viem";
import { getBlock, readContract } from "viem/actions";
import type { marketRulesAbi } from "../chain/abi/index.ts";
import { contractOf, marketOf, type Platform } from "../chain/client.ts";
import { slotLimitWh, traderOn } from "../metering/meter.ts";
import { addCurves, ZERO_CURVE } from "../types/curve.ts";
import { DIRECTIONS, FIRM_SIZES, PARTICIPANT_STATUSES, SOURCES, VOLTAGES } from "../types/enums.ts";
import { DAY_SECONDS, type Day, dayOf, startOfDay } from "../types/time.ts";
import type { Fen } from "../types/units.ts";
import { bond, networkCharge } from "./amount.ts";
import { type Band, BandError, bandLabel, bandsToCurves, bandTotals } from "./band.ts";
import { priceLimits, type RuleSet, readConditions, readOrderConditions, readRules } from "./conditions.ts";
import { NONCE_KINDS, type NonceKind } from "./enums.ts";
import { type Finding, finding } from "./finding.ts";
import { nonceKindOf, readMargin } from "./margin.ts";
import { readSold } from "./opened.ts";
import { filledAtOnce, type Order, type OrderCost, orderCost } from "./order.ts";
import type { Trade, TradeConditions } from "./trade.ts";
import { tradeDigest } from "./typedData.ts";

const KV500 = VOLTAGES.indexOf("KV500");
const [GENERATION, CONSUMPTION] = [DIRECTIONS.indexOf("Generation"), DIRECTIONS.indexOf("Consumption")];
const [MICRO, LARGE] = [FIRM_SIZES.indexOf("Micro"), FIRM_SIZES.indexOf("Large")];
/** Of the sources with green certificates. */
const [FIRST_GREEN, LAST_GREEN] = [SOURCES.indexOf("HydroRunOfRiver"), SOURCES.indexOf("Solar")];
const ACTIVE = PARTICIPANT_STATUSES.indexOf("Active");

/** What of the trader's margin backs its open orders already, which the chain does not know: the market operator does. */
export interface OrderReview {
  backing?: OrderCost;
}

/**
 * Everything for which the chain, or the market operator's door, would refuse an order as things stand: read from the node
 * alone, before a wallet is asked. Empty if nothing is wrong. What other orders of the trader cost is `backing`.
 */
export async function reviewOrder(platform: Platform, order: Order, { backing }: OrderReview = {}): Promise<Finding[]> {
  const { side, trader, day } = order;
  const [place, standing, meter, used] = await Promise.all([
    readPlace(platform, day),
    readStanding(platform, trader),
    readMeter(platform, order.meter),
    isNonceTaken(platform, trader, nonceKindOf(side), day, order.nonce),
  ]);
  const { rules, now, hours } = place;
  const found = [...aboutPlace(place, day), ...aboutStanding(standing, trader, dayOf(Math.max(now, hours.gate - 1)))];
  // An order may be opened until the gate of its day.
  if (order.expiry < BigInt(hours.gate)) found.push(finding("Expired", { expiry: order.expiry }));
  if (used) found.push(finding("NonceUsed", { signer: trader, nonce: order.nonce }));
  const aboutRows = aboutBands(order);
  found.push(...aboutRows);
  const { floor, cap } = priceLimits(rules, day);
  // A round has prices within the limits: a sale above them, or a purchase below, meets nobody.
  const outside = order.bands.find(({ price }) => (side === "sell" ? price > cap : price < floor));
  if (outside !== undefined) {
    found.push(finding("PriceOutsideLimits", { slot: outside.fromSlot, price: outside.price, floor, cap }));
  }
  const odd = order.bands.find(({ energyWh }) => energyWh % rules.lotWh !== 0);
  if (odd !== undefined) {
    found.push(finding("NotInLots", { band: bandLabel(odd), energyWh: odd.energyWh, lotWh: rules.lotWh }));
  }
  if (order.greenCertificates) found.push(finding("NoCertificateBook", {}));
  // In a book nobody chooses whom it meets: a small firm's sale must suit a large buyer, too.
  found.push(...aboutTerm(rules, order.paymentDays, side === "sell" ? standing.size : 0, LARGE));
  if (side === "buy") found.push(...(await aboutDefault(platform, standing.id, order.paymentDays)));

  const direction = side === "sell" ? GENERATION : CONSUMPTION;
  const days = [dayOf(now), Math.max(dayOf(now), dayOf(hours.gate - 1))];
  if (!isTradable(meter, standing.id, direction, days)) {
    found.push(finding("MeterNotTradable", { meter: order.meter, trader: standing.id }));
    return found;
  }
  if (side === "sell") {
    const path = await readZoneVoltage(platform, meter.zone);
    if (!isEligible(rules, meter, path)) found.push(finding("NotEligible", { meter: order.meter }));
  }
  // What comes of bands that are none cannot be said.
  if (isNoDay(aboutRows)) return found;
  if (side === "sell") found.push(...(await aboutCapacity(platform, { ...order, capacityW: meter.capacityW })));
  const conditions = await readOrderConditions(platform, order.meter, day);
  const [amountFen, maximumFen] = [filledAtOnce(order, conditions), order.maxFen];
  if (maximumFen < amountFen) found.push(finding("AboveMaximum", { party: trader, amountFen, maximumFen }));
  found.push(...(await aboutMargin(platform, standing.id, orderCost(order, conditions), backing)));
  return found;
}

/** Whose wallet is to sign: what the other party lacks is its own affair until the trade is opened. */
export interface TradeReview {
  signer?: Address;
}

/**
 * Everything for which the chain would refuse a bilateral trade as things stand: read from the node alone, before a wallet is
 * asked. Empty if nothing is wrong.
 */
export async function reviewTrade(platform: Platform, trade: Trade, { signer }: TradeReview = {}): Promise<Finding[]> {
  const { day, bands, totalEnergyWh, totalAmountFen, paymentDays, nonce } = trade;
  const parties = [
    { account: trade.seller, meter: trade.sellerMeter, direction: GENERATION },
    { account: trade.buyer, meter: trade.buyerMeter, direction: CONSUMPTION },
  ] as const;
  const read = ({ account, meter }: (typeof parties)[number]) =>
    Promise.all([
      readStanding(platform, account),
      readMeter(platform, meter),
      isNonceTaken(platform, account, "Trade", day, nonce),
    ]);
  const [place, sides] = await Promise.all([readPlace(platform, day), Promise.all(parties.map(read))]);
  const { rules, now } = place;
  const today = dayOf(now);
  const [[seller, sold], [buyer, bought]] = sides as [(typeof sides)[number], (typeof sides)[number]];
  const found = aboutPlace(place, day);
  if (trade.expiry < BigInt(now)) found.push(finding("Expired", { expiry: trade.expiry }));
  let areMetersGood = true;
  for (const [index, [standing, plant, used]] of sides.entries()) {
    const { account, meter, direction } = parties[index]!;
    found.push(...aboutStanding(standing, account, today));
    if (used) found.push(finding("NonceUsed", { signer: account, nonce }));
    if (isTradable(plant, standing.id, direction, [today])) continue;
    areMetersGood = false;
    found.push(finding("MeterNotTradable", { meter, trader: standing.id }));
  }
  if (seller.id !== 0 && seller.id === buyer.id) found.push(finding("SameParty", { participant: seller.id }));
  found.push(...aboutTerm(rules, paymentDays, seller.size, buyer.size));
  found.push(...(await aboutDefault(platform, buyer.id, paymentDays)));
  const aboutRows = aboutBands(trade);
  found.push(...aboutRows);
  const { floor, cap } = priceLimits(rules, day);
  const outside = bands.find(({ price }) => price < floor || price > cap);
  if (outside !== undefined) {
    found.push(finding("PriceOutsideLimits", { slot: outside.fromSlot, price: outside.price, floor, cap }));
  }
  const isFree = bands.every(({ price }) => price === 0);
  if (totalEnergyWh < BigInt(rules.lotWh) || (totalAmountFen === 0n && !isFree)) {
    found.push(finding("BelowLeast", { energyWh: totalEnergyWh, energyFen: totalAmountFen }));
  }
  if (!areMetersGood) return found;

  const path = await readPathVoltage(platform, sold.zone, bought.zone);
  if (!isEligible(rules, sold, path)) found.push(finding("NotEligible", { meter: trade.sellerMeter }));
  const isGreen = sold.source >= FIRST_GREEN && sold.source <= LAST_GREEN;
  if (trade.greenCertificates && !isGreen) found.push(finding("NoCertificates", { source: SOURCES[sold.source] }));
  if (isNoDay(aboutRows)) return found;
  const { capacityW } = sold;
  found.push(...(await aboutCapacity(platform, { meter: trade.sellerMeter, day, bands, capacityW })));
  const costs = costsOf(trade, await readConditions(platform, trade));
  const [paymentFen, bondFen] = [costs.energyFen + costs.networkFen, costs.bondFen];
  for (const [party, amountFen, maximumFen] of [
    [trade.buyer, paymentFen, trade.maxPaymentFen],
    [trade.seller, bondFen, trade.maxBondFen],
  ] as const) {
    if (amountFen > maximumFen) found.push(finding("AboveMaximum", { party, amountFen, maximumFen }));
  }
  // On terms only the network charge is held, but the buyer is exposed to all of it.
  const heldFen = paymentDays === 0 ? paymentFen : costs.networkFen;
  const subject = tradeDigest(trade, marketOf(platform));
  for (const [account, standing, amountFen, exposedFen] of [
    [trade.seller, seller, bondFen, bondFen],
    [trade.buyer, buyer, heldFen, paymentFen],
  ] as const) {
    if (standing.id === 0 || (signer !== undefined && BigInt(signer) !== BigInt(account))) continue;
    found.push(...(await aboutDeposits(platform, standing.id, amountFen)));
    found.push(...(await aboutExposure(platform, standing, { subject, amountFen: exposedFen, today })));
  }
  return found;
}

/** Whether a plant may sell over a path (隔墙售电): the twin of `_isEligible` in TradeRules.sol. */
export function isEligible(
  { smallPlantW, smallPlantVoltage, largePlantW, largePlantPath }: RuleSet,
  { capacityW, voltage }: Pick<PlantRecord, "capacityW" | "voltage">,
  path: number,
): boolean {
  if (path === KV500) return true;
  const isSmall = capacityW <= smallPlantW && voltage <= smallPlantVoltage;
  return isSmall || (capacityW <= largePlantW && path <= largePlantPath);
}

/** The longest payment term between two sizes of firms: a large buyer pays a small or medium seller sooner. */
export function longestTerm(rules: RuleSet, seller: number, buyer: number): number {
  const isProtected = buyer === LARGE && seller >= MICRO && seller < LARGE;
  return isProtected ? rules.smallSellerPaymentDays : rules.maxPaymentDays;
}

// ------------------------------------------------------------------------------------------------ what the chain has

type PlantRecord = Awaited<ReturnType<typeof readMeter>>;
type Standing = Awaited<ReturnType<typeof readStanding>>;
type Place = Awaited<ReturnType<typeof readPlace>>;

/** The rules in force, and when what can be done for a day by them. */
async function readPlace(platform: Platform, day: Day) {
  const { client, addresses } = platform;
  const accountOf = (id: number) =>
    readContract(client, { ...contractOf(platform, "ParticipantRegistry"), functionName: "accountOf", args: [id] });
  const [rules, { timestamp }, minter] = await Promise.all([
    readRules(platform),
    getBlock(client),
    readContract(client, { ...contractOf(platform, "KwhToken"), functionName: "minterOf", args: [day] }),
  ]);
  const payees = [rules.gridCompany, rules.balancingAccount];
  const accounts = await Promise.all(payees.map(accountOf));
  const start = startOfDay(day);
  return {
    rules,
    now: Number(timestamp),
    minter,
    isInCharge: BigInt(minter) === BigInt(addresses.TradeEscrow),
    strangers: payees.filter((_, index) => BigInt(accounts[index] ?? "0x0") === 0n),
    hours: {
      opensAt: Math.max(0, start - rules.maxAdvanceDays * DAY_SECONDS),
      cutOff: Math.max(0, start - rules.cutOffLeadSeconds),
      gate: Math.max(0, start - rules.gateLeadSeconds),
    },
  };
}

const readStanding = (platform: Platform, account: Address) =>
  readContract(platform.client, {
    ...contractOf(platform, "ParticipantRegistry"),
    functionName: "standingOf",
    args: [account],
  });

const readMeter = (platform: Platform, meter: bigint) =>
  readContract(platform.client, { ...contractOf(platform, "MeterRegistry"), functionName: "meterOf", args: [meter] });

type Zone = ContractFunctionReturnType<typeof marketRulesAbi, "view", "zone">;

async function readZoneVoltage(platform: Platform, zone: number): Promise<Zone[1]> {
  const rules = contractOf(platform, "MarketRules");
  return (await readContract(platform.client, { ...rules, functionName: "zone", args: [zone] }))[1];
}

const readPathVoltage = (platform: Platform, from: number, to: number) =>
  readContract(platform.client, {
    ...contractOf(platform, "MarketRules"),
    functionName: "pathVoltage",
    args: [from, to],
  });

/** Whether a nonce was spent or cancelled, or is that of an order filled in part. */
async function isNonceTaken(platform: Platform, account: Address, kind: NonceKind, day: Day, nonce: number) {
  const escrow = contractOf(platform, "TradeEscrow");
  const args = [account, NONCE_KINDS.indexOf(kind), day, nonce] as const;
  const [isUsed, fill] = await Promise.all([
    readContract(platform.client, { ...escrow, functionName: "isNonceUsed", args }),
    kind === "Trade" ? "0x0" : readContract(platform.client, { ...escrow, functionName: "fillHashOf", args }),
  ]);
  return isUsed || BigInt(fill) !== 0n;
}

// --------------------------------------------------------------------------------------------------- what is found

function aboutPlace({ now, hours, isInCharge, minter, strangers }: Place, day: Day): Finding[] {
  const { opensAt, cutOff: closesAt } = hours;
  return [
    ...(now >= opensAt && now < closesAt ? [] : [finding("GateClosed", { day, opensAt, closesAt })]),
    ...(isInCharge ? [] : [finding("NotInCharge", { day, minter })]),
    ...strangers.map((payee) => finding("UnknownPayee", { payee })),
  ];
}

const aboutStanding = ({ status, validUntil }: Standing, account: Address, until: Day): Finding[] =>
  status === ACTIVE && validUntil >= until ? [] : [finding("ParticipantNotGood", { account })];

function isTradable(meter: PlantRecord, trader: number, direction: number, days: readonly Day[]): boolean {
  return meter.active && meter.direction === direction && days.every((day) => traderOn(meter, day) === trader);
}

function aboutBands({ bands, totalEnergyWh, totalAmountFen }: Order | Trade): Finding[] {
  try {
    const { totalEnergyWh: energyWh, totalAmountFen: amountFen } = bandTotals(bands);
    const isEmpty = bands.length === 0;
    const areTotalsRight = energyWh === totalEnergyWh && amountFen === totalAmountFen;
    return isEmpty
      ? [finding("InvalidBands", {})]
      : areTotalsRight
        ? []
        : [finding("WrongTotals", { energyWh, amountFen })];
  } catch (error) {
    if (!(error instanceof BandError)) throw error;
    // Which band is wrong says more than that one is.
    return [{ ...finding("InvalidBands", {}), sentences: error.sentences }];
  }
}

const isNoDay = (found: readonly Finding[]) => found.some(({ code }) => code === "InvalidBands");

function aboutTerm(rules: RuleSet, paymentDays: number, seller: number, buyer: number): Finding[] {
  const longest = longestTerm(rules, seller, buyer);
  return paymentDays > longest ? [finding("PaymentTermTooLong", { paymentDays, longest })] : [];
}

async function aboutDefault(platform: Platform, buyer: number, paymentDays: number): Promise<Finding[]> {
  if (paymentDays === 0 || buyer === 0) return [];
  const ledger = contractOf(platform, "DebtLedger");
  const args = [buyer] as const;
  const defaults = await readContract(platform.client, { ...ledger, functionName: "defaultsOf", args });
  return defaults > 0 ? [finding("BuyerInDefault", { buyer })] : [];
}

/** Beside what the meter has sold of the day already. */
async function aboutCapacity(
  platform: Platform,
  { meter, day, bands, capacityW }: { meter: bigint; day: Day; bands: readonly Band[]; capacityW: number },
): Promise<Finding[]> {
  const sold = await readSold(platform, meter, day);
  const offered = addCurves(sold?.position ?? ZERO_CURVE, bandsToCurves(bands).energy);
  const capacityWh = slotLimitWh(BigInt(capacityW));
  const slot = offered.findIndex((wh) => BigInt(wh) > capacityWh);
  return slot < 0 ? [] : [finding("AboveCapacity", { meter, day, slot, capacityWh })];
}

/** What is announced to come back covers nothing new. */
async function aboutMargin(
  platform: Platform,
  participant: number,
  cost: OrderCost,
  backing: OrderCost = { lockedFen: 0n, termsFen: 0n },
): Promise<Finding[]> {
  const { lockedFen, termsFen, release } = await readMargin(platform, participant);
  const cover: OrderCost = {
    lockedFen: lockedFen - (release?.lockedFen ?? 0n),
    termsFen: termsFen - (release?.termsFen ?? 0n),
  };
  return (["lockedFen", "termsFen"] as const).flatMap((part) => {
    const [neededFen, coverFen, backingFen] = [cost[part], cover[part], backing[part]];
    if (neededFen === 0n || neededFen + backingFen <= coverFen) return [];
    const code = part === "lockedFen" ? "InsufficientMargin" : "InsufficientAllowance";
    return [finding(code, { neededFen, coverFen, backingFen })];
  });
}

/** What a bilateral trade comes to by the rules in force. */
function costsOf({ totalEnergyWh, totalAmountFen }: Trade, { tariff, bondRateBp }: TradeConditions) {
  return {
    energyFen: totalAmountFen,
    networkFen: networkCharge(totalEnergyWh, tariff),
    bondFen: bond(totalAmountFen, bondRateBp),
  };
}

/** Whether the escrow could hold an amount of a participant's deposits now, or why not. */
async function aboutDeposits(platform: Platform, participant: number, amountFen: Fen): Promise<Finding[]> {
  if (amountFen === 0n) return [];
  const { client, addresses } = platform;
  const token = contractOf(platform, "DepositToken");
  const notary = addresses.TradeEscrow;
  const [[holdable = 0n], freeFen, isFrozen, hasOptedIn] = await Promise.all([
    readContract(client, { ...token, functionName: "holdableOf", args: [[participant], notary] }),
    readContract(client, { ...token, functionName: "freeOf", args: [participant] }),
    readContract(client, { ...token, functionName: "isFrozen", args: [participant] }),
    readContract(client, { ...token, functionName: "hasOptedIn", args: [participant, notary] }),
  ]);
  if (holdable >= amountFen) return [];
  if (isFrozen) return [finding("DepositsFrozen", { participant })];
  if (!hasOptedIn) return [finding("NotOptedIn", { participant, notary })];
  return [finding("InsufficientDeposits", { participant, freeFen, amountFen })];
}

/** Whether a participant's second factor has to confirm a trade first. */
async function aboutExposure(
  platform: Platform,
  { id: participant, factor, exposureLimitFen }: Standing,
  { subject, amountFen, today }: { subject: `0x${string}`; amountFen: Fen; today: Day },
): Promise<Finding[]> {
  if (factor === 0) return [];
  const guard = contractOf(platform, "SecondFactor");
  const [isAllowed, exposureFen] = await Promise.all([
    readContract(platform.client, { ...guard, functionName: "allows", args: [participant, subject, amountFen] }),
    readContract(platform.client, { ...guard, functionName: "exposureOf", args: [participant, today] }),
  ]);
  if (isAllowed) return [];
  return [finding("ConfirmationNeeded", { participant, exposureFen, amountFen, exposureLimitFen, subject })];
}
