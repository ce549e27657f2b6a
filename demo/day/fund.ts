import { type Fen, formatYuan, type Price, sumCurve, type Tariff, type Wh } from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import { bankFor, openAccounts } from "./banks.ts";
import { type DayMarket, documentHash } from "./market.ts";
import type { DayMeter, DayReadings } from "./readings.ts";

/** What is deposited is a multiple of 10,000 元. */
const STEP_FEN = 1_000_000n;

/**
 * Everybody gets an account with a settlement bank; who will owe something deposits money there, enough for twice the day's energy at the
 * highest price and all tariffs, and lets the contracts hold it that each deals with.
 */
export async function fund(
  market: DayMarket,
  { places, further }: DayReadings,
  price: Price,
  tariffs: readonly Tariff[],
) {
  await openAccounts(market);
  const all = [...Object.values(places), ...further];
  const generatedWh = totalWh(all.filter(({ place }) => place.direction === "generation"));
  const usedWh = totalWh(all.filter(({ place }) => place.direction === "consumption"));
  const owner = (actor: LocalActor) => totalWh(all.filter(({ place }) => place.owner === actor));
  const tariff = tariffs.reduce((sum, each) => sum + each, 0n);
  const cost = (wh: Wh): Fen => (2n * wh * (BigInt(price) * 1000n + tariff)) / 1_000_000_000n;
  const needs: [LocalActor, Wh][] = [
    ["hydroStation", owner("hydroStation")],
    ["solarPlant", 2n * owner("solarPlant")],
    ["household", owner("household")],
    ["factory", owner("factory")],
    // It will lock money behind twenty times the book, too.
    ["retailer", 7n * generatedWh + usedWh],
    ["bankA", owner("factory")],
    ["bankB", owner("factory")],
  ];
  let issued = 0n;
  for (const [actor, wh] of needs) {
    const amount = (cost(wh) / STEP_FEN + 1n) * STEP_FEN;
    issued += amount;
    await market.send(bankFor(actor), "DepositToken", "issue", [
      market.address(actor),
      amount,
      documentHash(`transfer of ${actor}`),
    ]);
  }
  const { TradeEscrow, DebtLedger, FinancingDesk } = market.platform.addresses;
  for (const actor of ["hydroStation", "solarPlant", "household", "factory", "retailer"] as const) {
    await market.send(actor, "DepositToken", "optIn", [TradeEscrow, true]);
    await market.send(actor, "DepositToken", "optIn", [DebtLedger, true]);
  }
  for (const bank of ["bankA", "bankB"] as const) {
    await market.send(bank, "DepositToken", "optIn", [FinancingDesk, true]);
  }
  market.say({
    zh: `两家结算银行为 ${needs.length} 个账户存入共 ${formatYuan(issued)}；各方授权合约冻结其存款。`,
    en: `The two settlement banks issued ${formatYuan(issued)} of deposits to ${needs.length} of them, whose holders let the contracts place holds.`,
  });
}

function totalWh(meters: readonly DayMeter[]): Wh {
  return meters.reduce((sum, { curve }) => sum + sumCurve(curve), 0n);
}
