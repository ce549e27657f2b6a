import {
  addCurves,
  bandsToCurves,
  buildOrder,
  buildTrade,
  type Curve,
  encodeSold,
  formatKwh,
  formatYuan,
  marketOf,
  type Order,
  orderDigest,
  readConditions,
  readOrderConditions,
  readRules,
  readSold,
  type SignedOrder,
  signOrder,
  signTrade,
  startOfDay,
  type Trade,
} from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import {
  boldOffer,
  carefulOffer,
  contractBands,
  demand,
  orderBands,
  type PriceLimits,
  partnerOf,
  priceBetween,
} from "./contracts.ts";
import { setAside, takeMarginBack } from "./margin.ts";
import type { DayMarket } from "./market.ts";
import type { MeterIds } from "./meters.ts";
import { DISTRIBUTION_ZONE } from "./places.ts";
import type { DayMeter, DayReadings } from "./readings.ts";
import { DayRefused } from "./refused.ts";
import { requireUnmoved, Spoof } from "./spoof.ts";

/** Days after delivery until the factory pays: what the rules allow a large firm that buys from a small one. */
export const PAYMENT_DAYS = 60;

/** Whose order is signed on chain. */
const PRESIGNER = "household";

/** How often a spoof asks for all that is offered. */
const SPOOF_TIMES = 20;

/** What was signed for the day, and the numbers of the trades that came of it. */
export interface DayTrades {
  onTerms: bigint;
  cash: bigint;
  /** Of the meter whose readings will be late. */
  late: bigint;
  round: bigint[];
  signed: { trades: Trade[]; orders: Order[] };
}

/** Two wallets sign the same trade, three times, and the operator's service clears a round of signed orders. */
export async function trade(
  market: DayMarket,
  readings: DayReadings,
  ids: MeterIds,
  limits: PriceLimits,
): Promise<DayTrades> {
  const { places } = readings;
  const { lotWh } = await readRules(market.platform);
  const desk = new Desk(market, readings, ids, limits, lotWh);
  const onTerms = await desk.bilateral(places.hydro, [places.factory], { seller: 40, buyer: 60 }, PAYMENT_DAYS);
  const cash = await desk.bilateral(places.hydro, [places.depot, places.shopping], { seller: 20, buyer: 100 }, 0);
  // The household hopes for more sun than comes, so that it owes the buyer a charge while the buyer owes it the energy.
  const late = await desk.bilateral(places.rooftop, [places.shopping, places.depot], { seller: 130, buyer: 100 }, 0);
  const round = await desk.round();
  return { onTerms, cash, late, round, signed: desk.signed };
}

class Desk {
  readonly signed: DayTrades["signed"] = { trades: [], orders: [] };
  readonly #market: DayMarket;
  readonly #readings: DayReadings;
  readonly #ids: MeterIds;
  readonly #limits: PriceLimits;

  readonly #lotWh: number;
  /** Who trades in the round. */
  readonly #actors = new Set<LocalActor>();

  constructor(market: DayMarket, readings: DayReadings, ids: MeterIds, limits: PriceLimits, lotWh: number) {
    this.#lotWh = lotWh;
    this.#market = market;
    this.#readings = readings;
    this.#ids = ids;
    this.#limits = limits;
  }

  /**
   * A trade with the first of some buyers who needs something when the seller has it. The seller leaves its signature with
   * the exchange; the buyer adds its own and hands both to the chain.
   */
  async bilateral(
    seller: DayMeter,
    buyers: readonly DayMeter[],
    shares: { seller: number; buyer: number },
    paymentDays: number,
  ): Promise<bigint> {
    const market = this.#market;
    const buyer = partnerOf(seller, buyers, shares, this.#limits, this.#lotWh);
    const { platform } = market;
    const [from, to] = [traderOf(seller), traderOf(buyer)];
    const meters = { sellerMeter: this.#id(seller), buyerMeter: this.#id(buyer) };
    const terms = buildTrade(
      {
        seller: market.address(from),
        buyer: market.address(to),
        ...meters,
        day: this.#readings.day,
        bands: contractBands(seller, buyer, shares, this.#limits),
        paymentDays,
      },
      await readConditions(platform, meters),
    );
    const where = marketOf(platform);
    const proposed = await signTrade(terms, where, market.account(from));
    await market.exchange.propose(terms, terms.seller, proposed);
    const buyerSignature = await signTrade(terms, where, market.account(to));
    const { sellerSignature } = await market.exchange.propose(terms, terms.buyer, buyerSignature);
    const sold = encodeSold(await readSold(platform, meters.sellerMeter, terms.day));
    const id = await market.send(to, "TradeEscrow", "open", [terms, buyerSignature, sellerSignature ?? "0x", sold]);
    this.signed.trades.push(terms);
    const how = {
      zh: paymentDays === 0 ? "现款" : `账期 ${paymentDays} 天`,
      en: paymentDays === 0 ? "cash" : `${paymentDays} days`,
    };
    market.say({
      zh: `双边交易 ${id}：${market.name(from)} → ${market.name(to)}，${formatKwh(terms.totalEnergyWh)}，${formatYuan(terms.totalAmountFen)}，${how.zh}，${terms.bands.length} 段，双方签署。`,
      en: `Bilateral trade ${id}: ${market.name(from)} to ${market.name(to)}, ${formatKwh(terms.totalEnergyWh)} for ${formatYuan(terms.totalAmountFen)}, ${how.en}, ${terms.bands.length} bands, signed by both.`,
    });
    return id;
  }

  async round(): Promise<bigint[]> {
    const market = this.#market;
    const { exchange } = market;
    const { day, places, further } = this.#readings;
    const bold = boldOffer(places.solar, 115);
    const forCustomers = demand(places.shopping, 100).map((wh, slot) => Math.max(wh, bold[slot] ?? 0));
    const rest = (direction: string) => further.filter(({ place }) => place.direction === direction);
    const sells = [
      await this.#order("sell", places.solar, bold, 20),
      await this.#order("sell", places.hydro, carefulOffer(places.hydro, 30), 40),
      ...(await this.#orders("sell", rest("generation"), (meter) => carefulOffer(meter, 90), 30)),
    ].filter((order) => order !== undefined);
    const buys = [
      await this.#order("buy", places.household, demand(places.household, 100), 95),
      await this.#order("buy", places.factory, demand(places.factory, 40), 80),
      await this.#order("buy", places.shopping, forCustomers, 60),
      ...(await this.#orders("buy", rest("consumption"), (meter) => demand(meter, 100), 70)),
    ].filter((order) => order !== undefined);

    const book = [...sells, ...buys];
    await setAside(
      market,
      this.#actors,
      book.map(({ order }) => order),
    );
    for (const signed of book) await exchange.order(await this.#presigned(signed));
    this.signed.orders.push(...book.map(({ order }) => order));
    const cutOff = startOfDay(day) - (await readRules(market.platform)).cutOffLeadSeconds;
    market.say({
      zh: `${sells.length} 张卖单和 ${buys.length} 张买单签名后提交运营服务，订单簿 ${clock(cutOff)} 截止；其中${market.name(PRESIGNER)}的报单由其账户在链上签署。`,
      en: `${sells.length} sell and ${buys.length} buy orders, signed, were handed to the operator, whose book closes at ${clock(cutOff)}; that of ${market.name(PRESIGNER)} was signed on chain by its account.`,
    });
    const spoof = await this.#spoof(sells.map(({ order }) => order));
    await market.goTo(cutOff);
    const round = await market.until({ zh: "出清并提交上链", en: "clearing and opening the round" }, async () => {
      const [first] = await exchange.rounds(DISTRIBUTION_ZONE, day);
      return first?.state === "submitted" ? first : undefined;
    });
    await spoof.takeBack();
    requireUnmoved(market, round, { book, limits: this.#limits, rules: await readRules(market.platform) });
    await takeMarginBack(market, this.#actors);
    const { trades, skipped } = round;
    market.say({
      zh: [
        `运营服务集中出清第 ${round.round} 轮：每个时段统一价格，成交 ${trades.length} 笔，共 ${formatKwh(BigInt(round.energyWh))}，已提交上链`,
        skipped.length === 0 ? "。" : `；${skipped.length} 笔被链跳过（${skipped[0]?.reason}）。`,
      ].join(""),
      en: [
        `The operator cleared round ${round.round} in an auction, at one price a slot, and opened it on the chain: ${trades.length} trades, ${formatKwh(BigInt(round.energyWh))} in all`,
        skipped.length === 0 ? "." : `; the chain skipped ${skipped.length} (${skipped[0]?.reason}).`,
      ].join(""),
    });
    return trades.map(BigInt).sort((a, b) => Number(a - b));
  }

  async #orders(side: Order["side"], meters: DayMeter[], energy: (meter: DayMeter) => Curve, pricePercent: number) {
    const orders: (SignedOrder | undefined)[] = [];
    for (const meter of meters) orders.push(await this.#order(side, meter, energy(meter), pricePercent));
    return orders;
  }

  /** An order signed by the meter's trader; none for a meter that has nothing to sell or to ask for. */
  async #order(side: Order["side"], meter: DayMeter, energy: Curve, pricePercent: number) {
    const bands = orderBands(inLots(energy, this.#lotWh), priceBetween(this.#limits, pricePercent));
    if (bands.length === 0) return undefined;
    const { platform } = this.#market;
    const [id, day, trader] = [this.#id(meter), this.#readings.day, traderOf(meter)];
    this.#actors.add(trader);
    const order = buildOrder(
      { side, trader: this.#market.address(trader), meter: id, day, bands },
      await readOrderConditions(platform, id, day),
    );
    return signOrder(order, marketOf(platform), this.#market.account(trader));
  }

  /** One account signs its order on chain, as one that is a contract has to. */
  async #presigned(signed: SignedOrder): Promise<SignedOrder> {
    const market = this.#market;
    if (BigInt(signed.order.trader) !== BigInt(market.address(PRESIGNER))) return signed;
    await market.send(PRESIGNER, "TradeEscrow", "presign", [orderDigest(signed.order, marketOf(market.platform))]);
    return { order: signed.order };
  }

  /** Hands in a wall of purchases that nobody means to carry out; returns how it is taken back. */
  async #spoof(sells: readonly Order[]): Promise<Spoof> {
    const { shopping } = this.#readings.places;
    const offered = sells.map(({ bands }) => bandsToCurves(bands).energy).reduce(addCurves);
    const wall = offered.map((wh) => SPOOF_TIMES * wh);
    const signed = await this.#order("buy", shopping, wall, 0);
    if (signed === undefined) throw new DayRefused({ en: "Nothing is offered.", zh: "没有任何报价。" });
    return Spoof.handIn(this.#market, traderOf(shopping), signed);
  }

  #id(meter: DayMeter): bigint {
    return this.#ids.get(meter) ?? 0n;
  }
}

/** Whole lots: a rest of less is not offered. */
const inLots = (energy: Curve, lotWh: number): Curve => energy.map((wh) => wh - (wh % lotWh));

const traderOf = ({ place }: DayMeter): LocalActor => place.trader ?? place.owner;

/** Hour and minute in Shanghai. */
const clock = (second: number) => new Date((second + 8 * 3600) * 1000).toISOString().slice(11, 16);
