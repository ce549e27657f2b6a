import type { Address, Hex } from "viem";
import {
  BandError,
  bandTotals,
  bond,
  dayOf,
  FIRM_SIZES,
  type FirmSize,
  nameOf,
  networkCharge,
  type Order,
  priceLimits,
  type RuleSet,
  slotLimitWh,
  VOLTAGES,
} from "../../../sdk/index.ts";
import type { Refusal } from "../../gateway/refusal.ts";
import type { ChainView } from "../chainView.ts";
import { chainRefusal } from "./chainRefusal.ts";
import { requireGood, requireMeter, requireNoDefault, requireTime } from "./requirements.ts";

const KV500 = VOLTAGES.indexOf("KV500");
/** Whose sales on terms a large buyer must pay early. */
const SMALL_SIZES: readonly FirmSize[] = ["Micro", "Small", "Medium"];

/** An order that can trade, with what the chain said of it. */
export interface Admitted {
  zone: number;
}

/** Before anything is asked of the chain: whether bands and totals belong together. */
export function checkTotals({
  bands,
  totalEnergyWh,
  totalAmountFen,
}: Pick<Order, "bands" | "totalEnergyWh" | "totalAmountFen">) {
  let totals: ReturnType<typeof bandTotals>;
  try {
    if (bands.length === 0) throw new BandError("There is no band.");
    totals = bandTotals(bands);
  } catch (error) {
    if (error instanceof BandError) throw chainRefusal("TradeEscrow", "InvalidBands", {});
    throw error;
  }
  if (totals.totalEnergyWh !== totalEnergyWh || totals.totalAmountFen !== totalAmountFen) {
    const { totalEnergyWh: energyWh, totalAmountFen: amountFen } = totals;
    throw chainRefusal("TradeEscrow", "WrongTotals", { energyWh, amountFen });
  }
}

/** Where an order is checked: under its digest, until this long before the chain's gate. */
export interface AdmissionTerms {
  hash: Hex;
  leadSeconds: number;
  /** Whether it is in the book already: there a former account's orders hold for a day, though it signs no new ones. */
  isKept?: boolean;
}

/**
 * Refuses an order that can never trade as things stand, for the reason and with the figures for which the chain would
 * leave it out.
 */
export async function admit(
  order: Order,
  view: ChainView,
  { hash, leadSeconds, isKept = false }: AdmissionTerms,
): Promise<Admitted> {
  const { side, trader, day, nonce } = order;
  const [now, gate, rules, standing, meter, isUsed] = await Promise.all([
    view.now(),
    view.gate(day),
    view.rules(),
    isKept ? view.orderStanding(trader) : view.standing(trader),
    view.meter(order.meter),
    view.isNonceUsed(trader, nonce),
  ]);
  const refuse = (name: string, figures: Record<string, unknown>): Refusal =>
    chainRefusal("TradeEscrow", name, figures);
  requireGood(standing, trader, now);
  requireTime(order, now, { ...gate, closesAt: gate.closesAt - leadSeconds });
  if (isUsed) throw refuse("NonceUsed", { signer: trader, nonce });
  // It may be opened at any time from now on until the chain closes the day's gate.
  const [today, lastDay] = [dayOf(now), dayOf(gate.closesAt - 1)];
  requireMeter(meter, { meter: order.meter, trader: standing.id, side, days: [today, lastDay] });
  const minter = await view.minter(day);
  if (BigInt(minter) !== BigInt(view.platform.addresses.TradeEscrow)) throw refuse("NotInCharge", { day, minter });
  const path = await view.zoneVoltage(meter.zone);
  if (side === "sell" && !isEligible(rules, meter, path)) throw refuse("NotEligible", { meter: order.meter });
  checkPrices(order, rules);
  // In a book nobody chooses whom it meets: a small firm's sale must suit a large buyer too.
  const isSmall = side === "sell" && SMALL_SIZES.includes(nameOf(FIRM_SIZES, standing.size));
  const longest = isSmall ? rules.smallSellerPaymentDays : rules.maxPaymentDays;
  if (order.paymentDays > longest) {
    throw refuse("PaymentTermTooLong", { paymentDays: order.paymentDays, longest });
  }
  if (side === "buy") {
    const openedBy = lastDay === today ? "roundToday" : "roundLater";
    await requireNoDefault(standing.id, order.paymentDays, { view, openedBy });
  }
  const limitWh = slotLimitWh(BigInt(meter.capacityW));
  if (side === "sell" && order.bands.some(({ energyWh }) => BigInt(energyWh) > limitWh)) {
    throw refuse("AboveCapacity", { meter: order.meter, day });
  }
  await checkMoney(order, standing, hash, view);
  return { zone: meter.zone };
}

/** Prices of a round lie within the season's limits: a sale above them, or a purchase below, meets nobody. */
function checkPrices({ side, bands, day }: Order, rules: RuleSet): void {
  const { floor, cap } = priceLimits(rules, day);
  const outside = bands.find(({ price }) => (side === "sell" ? price > cap : price < floor));
  if (outside === undefined) return;
  const { fromSlot, price } = outside;
  throw chainRefusal("TradeEscrow", "PriceOutsideLimits", { slot: BigInt(fromSlot), price: BigInt(price), floor, cap });
}

/** Maximum, second factor and deposits must cover the order filled completely at its own limits. */
async function checkMoney(order: Order, standing: Standing, hash: Hex, view: ChainView): Promise<void> {
  const participant = standing.id;
  const { side, trader, maxFen, totalEnergyWh, totalAmountFen, paymentDays } = order;
  const { tariff, bondRateBp } = await view.conditions(order.meter, order.day);
  const networkFen = networkCharge(totalEnergyWh, tariff);
  const amountFen = side === "buy" ? totalAmountFen + networkFen : bond(totalAmountFen, bondRateBp);
  if (maxFen < amountFen) {
    throw chainRefusal("TradeEscrow", "AboveMaximum", { party: trader, amountFen, maximumFen: maxFen });
  }
  await checkFactor(standing, hash, amountFen, view);
  const heldFen = side === "buy" && paymentDays > 0 ? networkFen : amountFen;
  if (heldFen === 0n || (await view.holdable(participant)) >= heldFen) return;
  const { freeFen, frozen, optedIn, bank, bankIsOpen } = await view.deposits(participant);
  if (frozen) throw chainRefusal("DepositToken", "Frozen", { participant });
  if (!bankIsOpen) throw chainRefusal("DepositToken", "BankClosed", { participant, bank });
  const notary: Address = view.platform.addresses.TradeEscrow;
  if (!optedIn) throw chainRefusal("DepositToken", "NotOptedIn", { participant, notary });
  if (freeFen < heldFen) {
    throw chainRefusal("DepositToken", "InsufficientFree", { participant, freeFen, amountFen: heldFen });
  }
}

/** What passes the day's limit must have been confirmed before; without a factor there is no limit. */
async function checkFactor(standing: Standing, subject: Hex, amountFen: bigint, view: ChainView): Promise<void> {
  const { id: participant, factor, exposureLimitFen } = standing;
  if (factor === 0) return;
  const { allowed, todayFen: exposureFen } = await view.exposure(participant, subject, amountFen);
  if (allowed) return;
  throw chainRefusal("SecondFactor", "Required", { participant, subject, exposureFen, amountFen, exposureLimitFen });
}

type Standing = Awaited<ReturnType<ChainView["standing"]>>;
type Plant = Awaited<ReturnType<ChainView["readMeter"]>>;

/** Whether a plant may sell over a path (隔墙售电): the twin of `_isEligible` in TradeRules.sol. */
function isEligible(rules: RuleSet, plant: Plant, path: number): boolean {
  if (path === KV500) return true;
  return (
    (plant.capacityW <= rules.smallPlantW && plant.voltage <= rules.smallPlantVoltage) ||
    (plant.capacityW <= rules.largePlantW && path <= rules.largePlantPath)
  );
}
