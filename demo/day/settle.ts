import { buildClaimKwh, type Day, formatKwh, formatYuan, readEvents, readFinalDay, sumCurve } from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import type { DayMarket } from "./market.ts";
import type { MeterIds } from "./meters.ts";
import type { DayMeter } from "./readings.ts";
import { DayRefused } from "./refused.ts";

/** Trades are settled once their day is final: anybody may, and here the operator's keeper does. */
export async function awaitSettlement(market: DayMarket, ids: readonly bigint[]): Promise<void> {
  const { platform } = market;
  const settled = await market.until({ zh: "结算", en: "settling" }, async () => {
    const found = await readEvents(platform, "TradeEscrow", ["TradeSettled"], { id: [...ids] });
    return found.length === ids.length ? found : undefined;
  });
  const opened = await readEvents(platform, "TradeEscrow", ["TradeOpened"], { id: [...ids] });
  for (const { args } of settled.sort((a, b) => Number(a.args.id - b.args.id))) {
    const terms = opened.find((event) => event.args.id === args.id)?.args.terms;
    if (terms === undefined) continue;
    const [seller, buyer] = [market.nameOf(terms.seller), market.nameOf(terms.buyer)];
    const owed = args.invoiced || terms.paymentDays > 0;
    const short = args.deviationFen > 0n;
    market.say({
      zh: [
        `交易 ${args.id}：${seller}向${buyer}交付 ${formatKwh(args.deliveredWh)}，${owed ? "应付" : "已付"} ${formatYuan(args.energyFen)}，输配电费 ${formatYuan(args.networkFen)}`,
        short ? `；交付不足，${seller}支付偏差费用 ${formatYuan(args.deviationFen)}` : "",
        "。",
      ].join(""),
      en: [
        `Trade ${args.id}: ${seller} delivered ${formatKwh(args.deliveredWh)} to ${buyer}, ${formatYuan(args.energyFen)} ${owed ? "owed" : "paid"}, network charge ${formatYuan(args.networkFen)}`,
        short ? `; ${seller} fell short and pays a charge of ${formatYuan(args.deviationFen)}` : "",
        ".",
      ].join(""),
    });
  }
}

/** What trades delivered waits for their buyers: each claims its kWh, of all of its trades at once. */
export async function claimKwh(market: DayMarket, ids: readonly bigint[]): Promise<void> {
  const { platform } = market;
  const [claims] = await buildClaimKwh(platform, ids);
  for (const [buyer, own] of Map.groupBy(claims, ({ terms }) => terms.buyer)) {
    const actor = market.actorOf(buyer);
    if (actor === undefined)
      throw new DayRefused({ en: `Nobody here acts for participant ${buyer}.`, zh: `此处无人代表参与方 ${buyer}。` });
    await market.send(actor, "TradeEscrow", "claimKwh", [own]);
    const energyWh = own.reduce((sum, { outcome }) => sum + outcome.deliveredWh, 0n);
    market.say({
      zh: `${market.name(actor)}领取 ${own.length} 笔交易交付的电量凭证 ${formatKwh(energyWh)}。`,
      en: `${market.name(actor)} claimed the kWh of ${own.length} ${own.length === 1 ? "trade" : "trades"}: ${formatKwh(energyWh)} minted to its account.`,
    });
  }
}

/** What meters generated beyond what they sold is minted, by the keeper. */
export async function awaitSurplus(market: DayMarket, ids: MeterIds, meters: readonly DayMeter[], day: Day) {
  for (const meter of meters) {
    const what = { zh: `铸造 ${meter.name} 的余电凭证`, en: `minting the surplus of ${meter.name}` };
    const { args } = await market.until(what, async () => {
      const wanted = { meter: ids.get(meter), day };
      const [event] = await readEvents(market.platform, "TradeEscrow", ["SurplusMinted"], wanted);
      return event;
    });
    market.say({
      zh: `${meter.name} 余电 ${formatKwh(args.energyWh)} 的凭证铸造给${market.name(meter.place.owner)}。`,
      en: `Surplus of ${meter.name}: ${formatKwh(args.energyWh)} minted to ${market.name(meter.place.owner)}.`,
    });
  }
}

/** A buyer retires kWh of one meter against what its own meter used on the same day, as far as both reach. */
export async function retire(market: DayMarket, ids: MeterIds, from: DayMeter, used: DayMeter, day: Day) {
  const actor: LocalActor = used.place.owner;
  const token = await market.read("KwhToken", "idOf", [ids.get(from) ?? 0n, day]);
  const held = await market.read("KwhToken", "balanceOf", [market.address(actor), token]);
  const usedWh = sumCurve(used.curve);
  const [energyWh = 0n] = [held, usedWh].sort((a, b) => (a < b ? -1 : 1));
  const meter = ids.get(used) ?? 0n;
  const { curve, proof } = await readFinalDay(market.platform, meter, day);
  const args = [token, energyWh, meter, curve, proof] as const;
  await market.send(actor, "KwhToken", "retire", args);
  market.say({
    zh: `${market.name(actor)}以 ${from.name} 的 ${formatKwh(energyWh)} 凭证注销，用于自己当日的计量用电 ${formatKwh(usedWh)}。`,
    en: `${market.name(actor)} retired ${formatKwh(energyWh)} of ${from.name} against its own metered use of ${formatKwh(usedWh)}.`,
  });
}
