import {
  BandError,
  bandLabel,
  bandTotals,
  dayOf,
  FIRM_SIZES,
  filledAtOnce,
  finding,
  isEligible,
  longestTerm,
  type Order,
  type OrderConditions,
  type OrderCost,
  orderCost,
  priceLimits,
  type RuleSet,
  slotLimitWh,
} from "../../../sdk/index.ts";
import { Refusal } from "../../gateway/refusal.ts";
import type { ChainView } from "../chainView.ts";
import { chainRefusal } from "./chainRefusal.ts";
import { requireGood, requireMeter, requireNoDefault, requireOpen, requireUnexpired } from "./requirements.ts";

const LARGE = FIRM_SIZES.indexOf("Large");

/** An order that can trade, with what the chain said of it and what it can cost. */
export interface Admitted extends OrderCost {
  zone: number;
  participant: number;
  /** What its meter can deliver or use in a slot. */
  capacityWh: bigint;
}

/** Before anything is asked of the chain: whether bands and totals belong together. */
export function checkTotals({
  bands,
  totalEnergyWh,
  totalAmountFen,
}: Pick<Order, "bands" | "totalEnergyWh" | "totalAmountFen">) {
  let totals: ReturnType<typeof bandTotals>;
  try {
    if (bands.length === 0) throw new BandError({ en: "There is no band.", zh: "没有分段。" });
    totals = bandTotals(bands);
  } catch (error) {
    if (error instanceof BandError) throw chainRefusal("InvalidBands", {});
    throw error;
  }
  if (totals.totalEnergyWh !== totalEnergyWh || totals.totalAmountFen !== totalAmountFen) {
    const { totalEnergyWh: energyWh, totalAmountFen: amountFen } = totals;
    throw chainRefusal("WrongTotals", { energyWh, amountFen });
  }
}

/**
 * Refuses an order that comes too early or too late, or that can never trade as things stand.
 * @param lastOrderSeconds orders are taken until so long before the cut-off
 */
export async function admit(order: Order, view: ChainView, lastOrderSeconds: number): Promise<Admitted> {
  const [now, { opensAt, cutOff }] = await Promise.all([view.now(), view.hours(order.day)]);
  requireOpen(order.day, now, { opensAt, closesAt: cutOff - lastOrderSeconds });
  // A former account signs no new orders, though its orders in the book hold for a day.
  requireGood(await view.standing(order.trader), order.trader, now);
  return checkOrder(order, view);
}

/**
 * Refuses an order that could not be opened until the gate of its day as things stand, for the reason and with the figures
 * for which the chain would leave it out. What covers it is asked when it is kept.
 */
export async function checkOrder(order: Order, view: ChainView): Promise<Admitted> {
  const { side, trader, day, nonce } = order;
  const [now, { gate }, rules, standing, meter, isUsed] = await Promise.all([
    view.now(),
    view.hours(day),
    view.rules(),
    view.orderStanding(trader),
    view.meter(order.meter),
    view.isNonceUsed(trader, side, day, nonce),
  ]);
  requireGood(standing, trader, gate);
  requireUnexpired(order, gate);
  if (isUsed) throw chainRefusal("NonceUsed", { signer: trader, nonce });
  // It may be opened at any time from now on until the gate.
  const [today, lastDay] = [dayOf(now), dayOf(gate - 1)];
  requireMeter(meter, { meter: order.meter, trader: standing.id, side, days: [today, lastDay] });
  const minter = await view.minter(day);
  if (BigInt(minter) !== BigInt(view.platform.addresses.TradeEscrow))
    throw chainRefusal("NotInCharge", { day, minter });
  const path = await view.zoneVoltage(meter.zone);
  if (side === "sell" && !isEligible(rules, meter, path)) throw chainRefusal("NotEligible", { meter: order.meter });
  checkPrices(order, rules);
  checkLots(order, rules);
  // An auction has one price a slot: what is with certificates and what is without would need two.
  if (order.greenCertificates) throw CERTIFICATES_APART;
  // In a book nobody chooses whom it meets: a small firm's sale must suit a large buyer too.
  const longest = longestTerm(rules, side === "sell" ? standing.size : 0, LARGE);
  if (order.paymentDays > longest)
    throw chainRefusal("PaymentTermTooLong", { paymentDays: order.paymentDays, longest });
  if (side === "buy") {
    const openedBy = lastDay === today ? "roundToday" : "roundLater";
    await requireNoDefault(standing.id, order.paymentDays, { view, openedBy });
  }
  const conditions = await view.conditions(order.meter, day);
  checkMaximum(order, conditions);
  const { lockedFen, termsFen } = orderCost(order, conditions);
  const capacityWh = slotLimitWh(BigInt(meter.capacityW));
  return { zone: meter.zone, participant: standing.id, lockedFen, termsFen, capacityWh };
}

/** Prices of a round lie within the season's limits: a sale above them, or a purchase below, meets nobody. */
function checkPrices({ side, bands, day }: Order, rules: RuleSet): void {
  const { floor, cap } = priceLimits(rules, day);
  const outside = bands.find(({ price }) => (side === "sell" ? price > cap : price < floor));
  if (outside === undefined) return;
  const { fromSlot, price } = outside;
  throw chainRefusal("PriceOutsideLimits", { slot: BigInt(fromSlot), price: BigInt(price), floor, cap });
}

/** Below a lot nothing is traded, and a rest of less than a lot would trade with nobody. */
function checkLots({ bands }: Order, { lotWh }: RuleSet): void {
  const odd = bands.find(({ energyWh }) => energyWh % lotWh !== 0);
  if (odd === undefined) return;
  const figures = { energyWh: odd.energyWh, lotWh };
  const { code, sentences } = finding("NotInLots", { band: bandLabel(odd), ...figures });
  throw new Refusal(422, code, sentences, figures);
}

const CERTIFICATES_APART = new Refusal(422, "NoCertificateBook", finding("NoCertificateBook", {}).sentences);

/** The order filled completely: a purchase at its own limits, the bond of a sale at the season's cap. */
function checkMaximum(order: Order, conditions: OrderConditions): void {
  const [amountFen, maximumFen] = [filledAtOnce(order, conditions), order.maxFen];
  if (maximumFen < amountFen) throw chainRefusal("AboveMaximum", { party: order.trader, amountFen, maximumFen });
}
