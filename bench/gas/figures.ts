import { getBytes, toBeHex, ZeroHash } from "ethers";
import { DEBT_CODES } from "../../sdk/debts/enums.ts";
import { addCurves, type Curve, ZERO_CURVE } from "../../sdk/types/curve.ts";
import { BenchMarket, type Member } from "./market.ts";

const SLOTS = 96;

/** A dry-season day in four bands, so that a limit holds in every slot of the price curves below. */
const bands = (energyWh: number, price: number) => [
  { fromSlot: 0, toSlot: 36, energyWh, price },
  { fromSlot: 36, toSlot: 72, energyWh: energyWh + 100, price },
  { fromSlot: 72, toSlot: 92, energyWh: energyWh + 50, price },
  { fromSlot: 92, toSlot: 96, energyWh, price },
];
const oneSlot = (energyWh: number, price: number) => [{ fromSlot: 50, toSlot: 51, energyWh, price }];

/** 96 different energies, and 96 different prices. */
const energies = (base: number): Curve => Array.from({ length: SLOTS }, (_, slot) => base + slot * 7);
const PRICES: Curve = Array.from({ length: SLOTS }, (_, slot) => 30_000 + slot * 11);
const ONE_SLOT: Curve = ZERO_CURVE.map((_, slot) => (slot === 50 ? 1_000 : 0));
const LOW = 20_000;
const HIGH = 40_000;

export type Figures = Awaited<ReturnType<typeof measure>>;

/** Measures every figure on established members: funded, opted in, with a page of nonces in use. */
export async function measure(say: (step: string) => void) {
  say("bilateral trades");
  const bilateral = await measureBilateral();
  say("100 one-slot trades, filled whole and filled by half");
  const oneSlotTrades = await measureOneSlot(1_000, 100);
  const halfFilled = await measureOneSlot(2_000, 50);
  const margin = await measureMargin();
  say("one sale of 10 full days");
  const fullDay = await measureFullDay(false);
  const short = await measureFullDay(true);
  say("10 sellers x 10 buyers");
  const grid = await measureGrid();
  say("50 meter days");
  const meterDayPerReading = await measureReport();
  say("debts posted and paid");
  const debts = await measureDebts();
  say("a receivable financed and repaid");
  const finance = await measureFinance();
  return {
    ...bilateral,
    openRoundOneSlotBatch100PerTrade: oneSlotTrades.open,
    openRoundOneSlotHalfFilledPerTrade: halfFilled.open,
    openRoundOneSlotHalfFilledFirstLapPerTrade: halfFilled.firstLap,
    lifeOfOneSlotTrade: oneSlotTrades.open + oneSlotTrades.settle,
    ...margin,
    openRoundFullDayPerDelivery: fullDay.open,
    openRound10x10PerDelivery: grid,
    settleFullDayPerDelivery: fullDay.settle,
    settleFullDayShortPerDelivery: short.settle,
    settleOneSlot100PerTrade: oneSlotTrades.settle,
    meterDayPerReading,
    ...debts,
    ...finance,
  };
}

async function measureBilateral() {
  const market = await BenchMarket.create();
  const [seller, other] = await market.generators(2);
  const [buyer, another] = await market.consumers(2);
  if (!seller || !other || !buyer || !another) throw new Error("The bench has too few members.");
  const oneSlotGas = await market.open(seller, buyer, { bands: oneSlot(1_000, 30_000) });
  const fullDayGas = await market.open(other, another, { bands: bands(1_000, 30_000) });
  return {
    openBilateralOneSlot: oneSlotGas,
    openBilateralFullDayPerDelivery: Math.round(fullDayGas / SLOTS),
  };
}

/**
 * In steady state, when the words of nonces and fills have served a day before, and beside it the first lap of 128 days.
 * 100 pairs of different parties on meter days that sold nothing before, each trading 1,000 Wh in one slot out of orders of
 * `orderWh`. Filled whole, all are opened in one call; filled in part, they would exceed the 16,777,216 gas that a
 * transaction may take, so `batch` says how many are opened at once. All are settled in one call.
 */
async function measureOneSlot(orderWh: number, batch: number) {
  const market = await BenchMarket.create();
  const [sellers, buyers] = [await market.generators(100), await market.consumers(100)];
  const firstLap = await openOneSlot(market, { sellers, buyers, orderWh, batch });
  await market.nextLap();
  const { open, settle } = await openOneSlot(market, { sellers, buyers, orderWh, batch });
  return { firstLap: firstLap.open, open, settle };
}

interface OneSlotPairs {
  sellers: readonly Member[];
  buyers: readonly Member[];
  orderWh: number;
  batch: number;
}

async function openOneSlot(market: BenchMarket, { sellers, buyers, orderWh, batch }: OneSlotPairs) {
  const pairs = sellers.map((seller, index) => [seller, buyers[index] as Member] as const);
  const sales = await Promise.all(
    pairs.map(async ([seller, buyer]) => ({
      sell: await market.order(seller, { side: "sell", bands: oneSlot(orderWh, LOW) }),
      legs: [{ buy: await market.order(buyer, { side: "buy", bands: oneSlot(orderWh, HIGH) }), energy: ONE_SLOT }],
    })),
  );
  const opened = [];
  for (let from = 0; from < sales.length; from += batch) {
    opened.push(await market.openRound(sales.slice(from, from + batch), PRICES));
  }
  const meters = sellers.map(({ meter }) => meter);
  const metered = new Map(meters.map((meter) => [meter, ONE_SLOT]));
  await market.report(
    market.day,
    meters.slice(0, 50).map((meter) => ({ meter, curve: ONE_SLOT })),
  );
  await market.report(
    market.day,
    meters.slice(50).map((meter) => ({ meter, curve: ONE_SLOT })),
  );
  await market.finalise(market.day, meters);
  const settled = await market.settle(
    opened.flatMap(({ trades }) => trades),
    PRICES,
    metered,
  );
  return {
    open: Math.round(opened.reduce((sum, { gas }) => sum + gas, 0) / pairs.length),
    settle: Math.round(settled / pairs.length),
  };
}

/** One sell order of a day bought by ten, each with 96 different energies; metered in full, or nothing every other slot. */
async function measureFullDay(short: boolean) {
  const market = await BenchMarket.create();
  const [seller] = await market.generators(1);
  if (!seller) throw new Error("The bench has no seller.");
  const buyers = await market.consumers(10);
  const legs = await Promise.all(
    buyers.map(async (buyer, index) => ({
      buy: await market.order(buyer, { side: "buy", bands: bands(2_000, HIGH) }),
      energy: energies(1_000 + index),
    })),
  );
  const sell = await market.order(seller, { side: "sell", bands: bands(20_000, LOW) });
  const { gas, trades } = await market.openRound([{ sell, legs }], PRICES);

  const sold = legs.reduce((sum, { energy }) => addCurves(sum, energy), ZERO_CURVE);
  const curve = short ? sold.map((value, slot) => (slot % 2 === 0 ? value : 0)) : sold;
  await market.report(market.day, [{ meter: seller.meter, curve }]);
  await market.finalise(market.day, [seller.meter]);
  const settled = await market.settle(trades, PRICES, new Map([[seller.meter, curve]]));
  const deliveries = trades.length * SLOTS;
  return { open: Math.round(gas / deliveries), settle: Math.round(settled / deliveries) };
}

/** Ten sellers and ten buyers paired by 19 trades of 96 slots: each seller sells to its own buyer and to the next one. */
async function measureGrid() {
  const market = await BenchMarket.create();
  const sellers = await market.generators(10);
  const buyers = await market.consumers(10);
  const buys = await Promise.all(
    buyers.map((buyer) => market.order(buyer, { side: "buy", bands: bands(4_000, HIGH) })),
  );
  const sales = await Promise.all(
    sellers.map(async (seller, index) => ({
      sell: await market.order(seller, { side: "sell", bands: bands(4_000, LOW) }),
      legs: buys.slice(index, index + 2).map((buy) => ({ buy, energy: energies(1_000 + index) })),
    })),
  );
  const { gas, trades } = await market.openRound(sales, PRICES);
  return Math.round(gas / (trades.length * SLOTS));
}

/** What is done before rounds: locking more margin, and signing an order on chain. */
async function measureMargin() {
  const market = await BenchMarket.create();
  const [buyer] = await market.consumers(1);
  if (!buyer) throw new Error("The bench has no buyer.");
  const escrow = market.platform.contract("TradeEscrow", buyer.wallet);
  return {
    lockMargin: await market.gas(escrow.lockMargin(100_000)),
    presignOrder: await market.gas(escrow.presign(toBeHex(1, 32))),
  };
}

async function measureReport() {
  const market = await BenchMarket.create();
  const meters = await market.generators(50);
  const gas = await market.report(
    market.day,
    meters.map(({ meter }, index) => ({ meter, curve: energies(900 + index) })),
  );
  return Math.round(gas / (meters.length * SLOTS));
}

/**
 * Debts of one trade after the other, as the contract that corrects posts them: what one adds to a transaction that would
 * be sent anyway, and what each further one does; and a transaction by which a debtor pays one, on time and whole.
 */
async function measureDebts() {
  const market = await BenchMarket.create();
  const { contract, addresses, connection } = market.platform;
  const [creditor] = await market.generators(1);
  const [debtor] = await market.consumers(1);
  if (!creditor || !debtor) throw new Error("The bench has too few members.");
  const poster = await connection.ethers.getImpersonatedSigner(addresses.AdjustmentDesk);
  const ledger = contract("DebtLedger", poster);
  const code = DEBT_CODES.indexOf("Adjustment");
  let source = 0n;
  const terms = (count: number) =>
    Array.from({ length: count }, () => ({
      ...{ debtor: debtor.participant, creditor: creditor.participant, dueDay: market.day + 30, code },
      ...{ amountFen: 100_000, source: toBeHex(++source, 32) },
    }));
  const post = async (count: number) => {
    const transaction = await ledger.post.populateTransaction(terms(count));
    return (await market.gas(poster.sendTransaction({ ...transaction, gasPrice: 0 }))) - costOfData(transaction.data);
  };
  await post(1);
  const [one, eleven] = [await post(1), await post(11)];
  const payDebt = await market.gas(contract("DebtLedger", debtor.wallet).pay(1, 100_000));
  return { postDebt: one, postDebtFurther: Math.round((eleven - one) / 10), payDebt };
}

/** What a transaction takes for being sent, and for its calldata. */
function costOfData(data: string): number {
  const bytes = getBytes(data);
  return 21_000 + bytes.reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0);
}

/** A trade on terms becomes a receivable; a bank's bid is accepted; the debtor repays and the bank collects. */
async function measureFinance() {
  const market = await BenchMarket.create();
  const { contract } = market.platform;
  const [seller] = await market.generators(1);
  const [buyer] = await market.consumers(1);
  if (!seller || !buyer) throw new Error("The bench has too few members.");
  const bank = await market.enrol(32);
  const sell = await market.order(seller, { side: "sell", bands: bands(2_000, LOW), paymentDays: 60 });
  const buy = await market.order(buyer, { side: "buy", bands: bands(2_000, HIGH), paymentDays: 60 });
  const curve = energies(1_000);
  const { trades } = await market.openRound([{ sell, legs: [{ buy, energy: curve }] }], PRICES);
  await market.report(market.day, [{ meter: seller.meter, curve }]);
  await market.finalise(market.day, [seller.meter]);
  await market.settle(trades, PRICES, new Map([[seller.meter, curve]]));

  const ofSeller = contract("Receivables", seller.wallet);
  await market.gas(ofSeller.issueFromDebt(1, ZeroHash));
  await market.gas(ofSeller.setApprovalForAll(market.platform.addresses.FinancingDesk, true));
  const { faceFen } = await ofSeller.receivable(1);
  const lastDay = market.day + 20;
  await market.gas(contract("FinancingDesk", seller.wallet).requestFinancing(1, faceFen, 500, lastDay));
  await market.gas(contract("FinancingDesk", bank.wallet).placeBid(1, 385, false, lastDay));
  const acceptBid = await market.gas(contract("FinancingDesk", seller.wallet).accept(1));
  const repay = await market.gas(contract("DebtLedger", buyer.wallet).pay(1, faceFen));
  const collect = await market.gas(ofSeller.collect(1, [bank.wallet.address]));
  return { acceptBid, repayAndCollect: repay + collect };
}
