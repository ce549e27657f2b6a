import { clearDay } from "../../sdk/clearing/clearDay.ts";
import {
  bandsToCurves,
  type Curve,
  cancel,
  formatKwh,
  formatYuan,
  type RuleSet,
  type SignedOrder,
  sumCurve,
} from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import type { PriceLimits } from "./contracts.ts";
import type { ClearedRound } from "./exchange.ts";
import type { Words } from "./language.ts";
import { costOf } from "./margin.ts";
import type { DayMarket } from "./market.ts";
import { DayRefused } from "./refused.ts";

/** A purchase of many times the book, whose sender wants it seen and not carried out. */
export class Spoof {
  readonly #market: DayMarket;
  readonly #actor: LocalActor;
  readonly #signed: SignedOrder;

  private constructor(market: DayMarket, actor: LocalActor, signed: SignedOrder) {
    this.#market = market;
    this.#actor = actor;
    this.#signed = signed;
  }

  /** It is taken only once money is locked behind all of it. */
  static async handIn(market: DayMarket, actor: LocalActor, signed: SignedOrder): Promise<Spoof> {
    const { order } = signed;
    const refused = await market.exchange.order(signed).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (refused === undefined)
      throw new DayRefused({ en: "An order without cover was taken.", zh: "没有交易保证金的报单被接受了。" });
    const costFen = await costOf(market, [order]);
    await market.send(actor, "TradeEscrow", "lockMargin", [costFen]);
    await market.exchange.order(signed);
    const energy = formatKwh(order.totalEnergyWh);
    market.say({
      zh: `${market.name(actor)}虚报一张二十倍于订单簿的买单（${energy}）。先被拒收：${refused}锁定 ${formatYuan(costFen)} 后才被接收。`,
      en: `${market.name(actor)} handed in a spoof, a purchase of twenty times the book (${energy}). First it was refused: ${refused} It was taken once ${formatYuan(costFen)} were locked behind it.`,
    });
    return new Spoof(market, actor, signed);
  }

  /** After the cut-off neither the order nor the money comes back. */
  async takeBack(): Promise<void> {
    const market = this.#market;
    const { day, nonce } = this.#signed.order;
    const { functionName, args } = cancel(market.platform, "BuyOrder", day, [nonce]);
    const cancelled = await market.refusal(this.#actor, "TradeEscrow", functionName, args);
    const own = market.id(this.#actor);
    const { lockedFen } = await market.read("TradeEscrow", "marginOf", [own]);
    await market.send(this.#actor, "TradeEscrow", "announceRelease", [lockedFen, 0n]);
    const released = await market.refusal(this.#actor, "TradeEscrow", "releaseMargin", [own]);
    market.say({
      zh: `截止之后它想撤单：${cancelled.zh}又想取回资金：${released.zh}`,
      en: `After the cut-off it tried to cancel: ${cancelled.en} It tried to take its money back: ${released.en}`,
    });
  }
}

/** Clears the book again without the spoof, and finds prices and energy as they were. */
export function requireUnmoved(
  market: DayMarket,
  round: ClearedRound,
  { book, limits, rules: { lotWh } }: { book: readonly SignedOrder[]; limits: PriceLimits; rules: RuleSet },
): void {
  const orders = book.map(({ order: { side, trader, bands } }) => {
    const { energy, price: limit } = bandsToCurves(bands);
    return { side, owner: trader, limit, energy: inLots(energy, lotWh) };
  });
  const terms = { rule: "middle" as const, floor: Math.max(1, limits.floor), cap: limits.cap };
  const without = clearDay(orders, terms);
  const isSame = without.price.every((price, slot) => price === round.price[slot]);
  const energyWh = sumCurve(without.volume) * BigInt(lotWh);
  if (!isSame || energyWh !== BigInt(round.energyWh))
    throw new DayRefused({ en: "The spoof moved the round.", zh: "虚假报单影响了出清。" });
  const words: Words = {
    zh: `不含虚报再出清一遍：每个时段的价格与成交电量（${formatKwh(energyWh)}）分毫不差，虚报未影响任何人。`,
    en: `The book cleared again without the spoof comes to the same price in every slot and the same ${formatKwh(energyWh)}: it changed nothing for anybody.`,
  };
  market.say(words);
}

const inLots = (energy: Curve, lotWh: number): Curve => energy.map((wh) => Math.floor(wh / lotWh));
