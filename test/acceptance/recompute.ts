/** What a trading day must come to, computed by hand from what was signed and metered. Imports nothing of the product. */

export interface SignedBand {
  fromSlot: number;
  toSlot: number;
  energyWh: number;
  price: number;
}

/** What two wallets signed. */
export interface SignedTrade {
  seller: string;
  buyer: string;
  sellerMeter: bigint;
  buyerMeter: bigint;
  paymentDays: number;
  bands: readonly SignedBand[];
}

export interface SignedOrder {
  side: "sell" | "buy";
  trader: string;
  meter: bigint;
  bands: readonly SignedBand[];
}

/** One rule of local.json for a class of source, in basis points. */
export interface Deviation {
  toleranceBp: bigint;
  rateBp: bigint;
  /** "Buyer" or a participant. */
  payee: "Buyer" | number;
}

export interface Meter {
  id: bigint;
  owner: number;
  metered: number[];
  deviation?: Deviation | undefined;
}

/** Who of a round trades with whom: any choice will do that gives everybody what the auction says. */
export interface PairedLeg {
  sellerMeter: bigint;
  buyerMeter: bigint;
  energy: readonly number[];
}

export interface Inputs {
  trades: readonly SignedTrade[];
  orders: readonly SignedOrder[];
  /** In the order of opening. */
  legs: readonly PairedLeg[];
  meters: ReadonlyMap<bigint, Meter>;
  participantOf: (account: string) => number;
  /** Thousandths of a fen per MWh between two meters. */
  tariff: (sellerMeter: bigint, buyerMeter: bigint) => bigint;
  bondBp: bigint;
  /** The meter whose readings came late. */
  lateMeter: bigint;
}

export interface Trade {
  id: bigint;
  seller: number;
  buyer: number;
  sellerMeter: bigint;
  contracted: number[];
  price: number[];
  positionBefore: number[];
  delivered: number[];
  contractedEnergyFen: bigint;
  contractedNetworkFen: bigint;
  bondFen: bigint;
  energyFen: bigint;
  networkFen: bigint;
  deviationFen: bigint;
  deviationPayee: number;
  onTerms: boolean;
  late: boolean;
  bilateral: boolean;
}

const SLOTS = Array.from({ length: 96 }, (_, slot) => slot);
export const sum = (values: readonly (number | bigint)[]) =>
  values.reduce<bigint>((total, value) => total + BigInt(value), 0n);
export const halfUp = (value: bigint, by: bigint) => (2n * value + by) / (2n * by);
export const up = (value: bigint, by: bigint) => (value + by - 1n) / by;

/** Wh x fen per MWh, before it is divided by a million. */
const worth = (energy: readonly number[], price: readonly number[]) =>
  sum(energy.map((wh, slot) => BigInt(wh) * BigInt(price[slot] ?? 0)));

const spread = (bands: readonly SignedBand[], field: "energyWh" | "price") =>
  SLOTS.map((slot) => bands.find(({ fromSlot, toSlot }) => fromSlot <= slot && slot < toSlot)?.[field] ?? 0);

/** Every trade of the day in the order of opening, settled. */
export function recompute(inputs: Inputs): { trades: Trade[]; roundPrice: number[] } {
  const { price, fills } = clearByHand(inputs.orders);
  const orderOf = (meter: bigint, side: SignedOrder["side"]) => requireOrder(inputs.orders, meter, side);
  requireFills(inputs.legs, fills);
  const agreed = [
    ...inputs.trades.map((trade) => ({
      ...trade,
      contracted: spread(trade.bands, "energyWh"),
      price: spread(trade.bands, "price"),
      bilateral: true,
    })),
    ...inputs.legs.map(({ sellerMeter, buyerMeter, energy }) => ({
      seller: orderOf(sellerMeter, "sell").trader,
      buyer: orderOf(buyerMeter, "buy").trader,
      sellerMeter,
      buyerMeter,
      paymentDays: 0,
      contracted: [...energy],
      price,
      bilateral: false,
    })),
  ];
  const sold = new Map<bigint, number[]>();
  const trades = agreed.map((trade, index): Trade => {
    const before = sold.get(trade.sellerMeter) ?? SLOTS.map(() => 0);
    sold.set(
      trade.sellerMeter,
      SLOTS.map((slot) => (before[slot] ?? 0) + (trade.contracted[slot] ?? 0)),
    );
    return settleByHand(inputs, trade, before, BigInt(index + 1));
  });
  return { trades, roundPrice: price };
}

function settleByHand(inputs: Inputs, trade: SignedTradeCurves, positionBefore: number[], id: bigint): Trade {
  const plant = inputs.meters.get(trade.sellerMeter);
  if (plant === undefined) throw new Error(`no meter ${trade.sellerMeter}`);
  const { contracted, price } = trade;
  const delivered = contracted.map((wh, slot) =>
    Math.max(0, Math.min(wh, (plant.metered[slot] ?? 0) - (positionBefore[slot] ?? 0))),
  );
  const tariff = inputs.tariff(trade.sellerMeter, trade.buyerMeter);
  const contractedEnergyFen = halfUp(worth(contracted, price), 1_000_000n);
  const bondFen = up(contractedEnergyFen * inputs.bondBp, 10_000n);
  const late = trade.sellerMeter === inputs.lateMeter;
  const rule = plant.deviation;
  const [soldWh, deliveredWh] = [sum(contracted), sum(delivered)];
  let deviationFen = 0n;
  if (rule !== undefined) {
    const assessed = soldWh - deliveredWh - up(soldWh * rule.toleranceBp, 10_000n);
    if (assessed > 0n) {
      // Assessed energy at the average contract price of the day.
      deviationFen = halfUp(assessed * worth(contracted, price) * rule.rateBp, soldWh * 1_000_000n * 10_000n);
    }
    if (!late && deviationFen > bondFen) deviationFen = bondFen;
  }
  const buyer = inputs.participantOf(trade.buyer);
  return {
    id,
    seller: inputs.participantOf(trade.seller),
    buyer,
    sellerMeter: trade.sellerMeter,
    contracted,
    price,
    positionBefore,
    delivered,
    contractedEnergyFen,
    contractedNetworkFen: halfUp(soldWh * tariff, 1_000_000_000n),
    bondFen,
    energyFen: halfUp(worth(delivered, price), 1_000_000n),
    networkFen: halfUp(deliveredWh * tariff, 1_000_000_000n),
    deviationFen,
    deviationPayee: rule === undefined || rule.payee === "Buyer" ? buyer : rule.payee,
    onTerms: trade.paymentDays > 0,
    late,
    bilateral: trade.bilateral,
  };
}

type SignedTradeCurves = Omit<SignedTrade, "bands"> & { contracted: number[]; price: number[]; bilateral: boolean };

function requireOrder(orders: readonly SignedOrder[], meter: bigint, side: SignedOrder["side"]): SignedOrder {
  const order = orders.find((each) => each.meter === meter && each.side === side);
  if (order === undefined) throw new Error(`meter ${meter} signed no order to ${side}`);
  return order;
}

/** Throws unless the legs give every order what it is due, slot by slot. */
function requireFills(legs: readonly PairedLeg[], fills: ReadonlyMap<SignedOrder, readonly number[]>): void {
  for (const [{ side, meter }, due] of fills) {
    const own = legs.filter(({ sellerMeter, buyerMeter }) => (side === "sell" ? sellerMeter : buyerMeter) === meter);
    const got = SLOTS.map((slot) => Number(sum(own.map(({ energy }) => energy[slot] ?? 0))));
    if (got.join() !== due.join()) throw new Error(`the order of meter ${meter} to ${side} is due ${due}, got ${got}`);
  }
}

/**
 * The auction by its definition, slot by slot: what the n-th Wh of supply asks and the n-th Wh of demand gives. The price is
 * the middle of all at which nobody who trades would rather not, and nobody who is left out would rather.
 */
function clearByHand(orders: readonly SignedOrder[]): { price: number[]; fills: Map<SignedOrder, number[]> } {
  const price = SLOTS.map(() => 0);
  const fills = new Map(orders.map((order) => [order, SLOTS.map(() => 0)]));
  const ladder = (side: "sell" | "buy", slot: number) => {
    let to = 0;
    return orders
      .filter((order) => order.side === side)
      .map((order) => ({
        order,
        wh: spread(order.bands, "energyWh")[slot] ?? 0,
        limit: spread(order.bands, "price")[slot] ?? 0,
      }))
      .filter(({ wh }) => wh > 0)
      .sort((a, b) => (side === "sell" ? a.limit - b.limit : b.limit - a.limit))
      .map(({ order, wh, limit }) => {
        const from = to;
        to += wh;
        return { order, limit, from, to };
      });
  };
  for (const slot of SLOTS) {
    const [sales, purchases] = [ladder("sell", slot), ladder("buy", slot)];
    const meets = sales.flatMap((sale) =>
      purchases
        .filter(({ limit }) => sale.limit <= limit)
        .map((purchase) => Math.min(sale.to, purchase.to) - Math.max(sale.from, purchase.from)),
    );
    const volume = meets.filter((wh) => wh > 0).reduce((total, wh) => total + wh, 0);
    if (volume === 0) continue;
    for (const { order, from, to } of [...sales, ...purchases]) {
      (fills.get(order) as number[])[slot] = Math.max(0, Math.min(to, volume) - from);
    }
    const limits = (rungs: typeof sales, fits: (rung: (typeof sales)[number]) => boolean) =>
      rungs.filter(fits).map(({ limit }) => limit);
    const low = [...limits(sales, ({ from }) => from < volume), ...limits(purchases, ({ to }) => to > volume)];
    const high = [...limits(purchases, ({ from }) => from < volume), ...limits(sales, ({ to }) => to > volume)];
    price[slot] = Math.floor((Math.max(...low) + Math.min(...high)) / 2);
  }
  return { price, fills };
}
