import { dataSlice, getBytes, id, toBeHex, ZeroHash } from "ethers";
import { DEBT_CODES } from "../../sdk/debts/enums.ts";
import { KINDS } from "../../sdk/identity/enums.ts";
import type { Band } from "../../sdk/market/band.ts";
import { dayLeaf, METERS_PER_GROUP, proveDays, type Reading } from "../../sdk/metering/dayRoot.ts";
import { addCurves, type Curve, hashCurve, ZERO_CURVE } from "../../sdk/types/curve.ts";
import { BenchMarket, type Member } from "./market.ts";

const SLOTS = 96;
/** A point of P-256: its generator. */
const GENERATOR = [
  "0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
  "0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
] as const;

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
/** Meters of a readings batch. */
const REPORTED_AT_ONCE = 50;

export type Figures = Awaited<ReturnType<typeof measure>>;

/** Measures every figure on established members: funded, opted in, with a page of nonces in use. */
export async function measure(say: (step: string) => void) {
  say("bilateral trades");
  const bilateral = await measureBilateral();
  say("100 one-slot trades, filled whole and filled by half");
  const hundred = (orderWh: number, batch: number) =>
    measurePairs({ count: 100, bands: (price) => oneSlot(orderWh, price), energy: ONE_SLOT, batch });
  const oneSlotTrades = await hundred(1_000, 100);
  const halfFilled = await hundred(2_000, 50);
  say("one one-slot trade by itself");
  const alone = await measurePairs({ count: 1, bands: (price) => oneSlot(1_000, price), energy: ONE_SLOT, batch: 1 });
  say("40 full-day trades of different parties");
  const fullDays = await measurePairs({
    ...{ count: 40, bands: (price) => bands(2_000, price), energy: energies(1_000), batch: 20 },
  });
  const margin = await measureMargin();
  say("one sale of 10 full days");
  const fullDay = await measureFullDay(false);
  const short = await measureFullDay(true);
  say("10 sellers x 10 buyers");
  const grid = await measureGrid();
  say("50 meter days, and 256 under a root");
  const reported = await measureReport();
  const underRoot = await measureRoot();
  const underRootCancun = await measureRoot("cancun");
  say("100 one-slot trades of days under a root");
  const settledUnderRoot = await measureSettleUnderRoot();
  say("debts posted and paid");
  const debts = await measureDebts();
  say("a receivable financed and repaid");
  const finance = await measureFinance();
  say("a document anchored for three readers");
  const documents = await measureDocuments();
  return {
    ...bilateral,
    openRoundOneSlotBatch100PerTrade: Math.round(oneSlotTrades.open / 100),
    openRoundOneSlotFirstLapPerTrade: Math.round(oneSlotTrades.firstLap.open / 100),
    openRoundOneSlotHalfFilledPerTrade: Math.round(halfFilled.open / 100),
    openRoundOneSlotHalfFilledFirstLapPerTrade: Math.round(halfFilled.firstLap.open / 100),
    lifeOfOneSlotTrade: Math.round((oneSlotTrades.open + oneSlotTrades.settle + oneSlotTrades.claim) / 100),
    openRoundOneSlotAlone: alone.open,
    settleOneSlotAlone: alone.settle,
    ...margin,
    openRoundFullDayPerDelivery: fullDay.open,
    openAndSettleFullDayPerDelivery: fullDay.open + fullDay.settle,
    openAndSettleFullDay40PairsPerDelivery: Math.round((fullDays.open + fullDays.settle) / (40 * SLOTS)),
    openRound10x10PerDelivery: grid,
    settleFullDayPerDelivery: fullDay.settle,
    settleFullDayShortPerDelivery: short.settle,
    settleOneSlot100PerTrade: Math.round(oneSlotTrades.settle / 100),
    claimKwh100PerTrade: Math.round(oneSlotTrades.claim / 100),
    settleOneSlot100UnderRootPerTrade: Math.round(settledUnderRoot / 100),
    ...reported,
    meterDayUnderRootPerReading: underRoot.report,
    meterDayUnderRootPerReadingCancun: underRootCancun.report,
    finaliseMeterDayUnderRoot: underRoot.finalise,
    recordMeterDay: underRoot.record,
    ...debts,
    ...finance,
    ...documents,
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

/** Pairs of different parties on meter days that sold nothing before, each a trade of `energy` out of orders of `bands`. */
interface Pairs {
  count: number;
  /** At a price. */
  bands: (price: number) => Band[];
  energy: Curve;
  /**
   * How many are opened at once. Filled whole, all fit into one call; filled in part, they would exceed the 16,777,216 gas that
   * a transaction may take. All are settled, and claimed, in one call.
   */
  batch: number;
}

/** What pairs cost together: in steady state, when the words of a day 128 days before serve again, and in the first lap. */
async function measurePairs(pairs: Pairs) {
  const market = await BenchMarket.create();
  const [sellers, buyers] = [await market.generators(pairs.count), await market.consumers(pairs.count)];
  const firstLap = await runPairs(market, sellers, buyers, pairs);
  await market.nextLap();
  return { ...(await runPairs(market, sellers, buyers, pairs)), firstLap };
}

/** Opens a trade of each pair, so many at once. */
async function openPairs(
  market: BenchMarket,
  sellers: readonly Member[],
  buyers: readonly Member[],
  { bands: bandsAt, energy, batch }: Pairs,
) {
  const sales = await Promise.all(
    sellers.map(async (seller, index) => ({
      sell: await market.order(seller, { side: "sell", bands: bandsAt(LOW) }),
      legs: [{ buy: await market.order(buyers[index] as Member, { side: "buy", bands: bandsAt(HIGH) }), energy }],
    })),
  );
  const opened = [];
  for (let from = 0; from < sales.length; from += batch) {
    opened.push(await market.openRound(sales.slice(from, from + batch), PRICES));
  }
  return opened;
}

async function runPairs(market: BenchMarket, sellers: readonly Member[], buyers: readonly Member[], pairs: Pairs) {
  const { energy } = pairs;
  const opened = await openPairs(market, sellers, buyers, pairs);
  const trades = opened.flatMap((round) => round.trades);
  const meters = sellers.map(({ meter }) => meter);
  const metered = new Map(meters.map((meter) => [meter, energy]));
  for (let from = 0; from < meters.length; from += REPORTED_AT_ONCE) {
    const some = meters.slice(from, from + REPORTED_AT_ONCE);
    await market.report(
      market.day,
      some.map((meter) => ({ meter, curve: energy })),
    );
  }
  await market.finalise(market.day, meters);
  const settled = await market.settle(trades, PRICES, metered);
  const claim = await market.claim(settled.claims);
  await market.mintSurplus(trades, metered);
  return { open: opened.reduce((sum, { gas }) => sum + gas, 0), settle: settled.gas, claim };
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
  return { open: Math.round(gas / deliveries), settle: Math.round(settled.gas / deliveries) };
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

/** Meter days with words of their own: what one takes to report, a reading, and to finalise. */
async function measureReport() {
  const market = await BenchMarket.create();
  const meters = await market.generators(50);
  const gas = await market.report(
    market.day,
    meters.map(({ meter }, index) => ({ meter, curve: energies(900 + index) })),
  );
  const finalise = await market.finalise(
    market.day,
    meters.map(({ meter }) => meter),
  );
  return {
    meterDayPerReading: Math.round(gas / (meters.length * SLOTS)),
    finaliseMeterDay: Math.round(finalise / meters.length),
  };
}

/** A whole group of 256 neighbours under one root: the same; and what it takes to give one of its days a word. */
async function measureRoot(hardfork?: "cancun") {
  const market = await BenchMarket.create(hardfork);
  const { participant } = await market.enrol(KINDS.generator);
  // The first group lacks a meter 0.
  for (let number = 1n; number < METERS_PER_GROUP; number += 1n) await market.register(participant, true);
  const readings: Reading[] = [];
  for (let index = 0; index < METERS_PER_GROUP; index += 1) {
    const meter = await market.register(participant, true);
    readings.push({ meter, day: market.day, quality: "Measured", curve: energies(900 + index) });
  }
  const report = await market.reportRoots(readings);
  const finalise = await market.finaliseRoot();
  const [{ curve }] = readings as [Reading];
  const leaves = readings.map(dayLeaf);
  const proof = proveDays([{ root: 1n, leaves, place: 0, quality: "Measured" }]);
  const days = [{ meter: METERS_PER_GROUP, day: market.day }];
  const registry = market.platform.contract("MeterRegistry", "meterOperator");
  const record = await market.gas(registry.recordDays(days, [hashCurve(curve)], proof));
  return {
    report: Math.round(report / (readings.length * SLOTS)),
    finalise: Math.round(finalise / readings.length),
    record,
  };
}

/**
 * As `measurePairs` settles 100 one-slot trades in steady state, but of days under a root; every other meter of it sold, so that
 * no two of them share the first step of a proof.
 */
async function measureSettleUnderRoot(): Promise<number> {
  const market = await BenchMarket.create();
  const [sellers, buyers]: [Member[], Member[]] = [[], []];
  for (let index = 0; index < 100; index += 1) {
    sellers.push(...(await market.generators(1)));
    buyers.push(...(await market.consumers(1)));
  }
  const pairs: Pairs = { count: 100, bands: (price) => oneSlot(1_000, price), energy: ONE_SLOT, batch: 100 };
  await runPairs(market, sellers, buyers, pairs);
  await market.nextLap();
  const trades = await openPairs(market, sellers, buyers, pairs);
  const readings = [...sellers, ...buyers].map(
    ({ meter }): Reading => ({ meter, day: market.day, quality: "Measured", curve: ONE_SLOT }),
  );
  readings.sort((a, b) => Number(a.meter - b.meter));
  await market.reportRoots(readings);
  await market.finaliseRoot();
  const metered = new Map(sellers.map(({ meter }) => [meter, ONE_SLOT]));
  return (
    await market.settle(
      trades.flatMap((round) => round.trades),
      PRICES,
      metered,
      readings,
    )
  ).gas;
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

/** A document for its owner, a counterparty and the auditor; another reader; an envelope after a key was replaced. */
async function measureDocuments() {
  const market = await BenchMarket.create();
  const { contract } = market.platform;
  const [owner] = await market.generators(1);
  const [counterparty, auditor, another] = await market.consumers(3);
  if (!owner || !counterparty || !auditor || !another) throw new Error("The bench has too few members.");
  const enrolKey = async ({ participant }: Member) => {
    await contract("DocumentRegistry", "registrar1").proposeKey(participant, ...GENERATOR);
    await contract("DocumentRegistry", "registrar2").approveKey(participant, ...GENERATOR);
  };
  for (const reader of [owner, counterparty, auditor, another]) await enrolKey(reader);
  await contract("DocumentRegistry", "council").setAuditor(auditor.participant);
  const documents = contract("DocumentRegistry", owner.wallet);
  const envelope = ({ participant }: Member, key = 1) => ({
    ...{ reader: participant, key, envelopeHash: dataSlice(id(`envelope ${participant} ${key}`), 0, 28) },
  });
  const document = {
    ...{ kind: 1, subjectKind: 1, subject: 1, size: 100_000, predecessor: ZeroHash },
    ...{ ciphertextHash: id("ciphertext"), commitment: id("commitment") },
  };
  const readers = [owner, counterparty, auditor].map((member) => envelope(member));
  const anchorDocument = await market.gas(documents.anchor(document, readers));
  const anchored = await documents.idOf(owner.participant, document.commitment);
  const addReader = await market.gas(documents.addReaders(anchored, [envelope(another)]));
  await enrolKey(another);
  const rewrapReader = await market.gas(
    contract("DocumentRegistry", auditor.wallet).rewrap(anchored, envelope(another, 2)),
  );
  return { anchorDocument, addReader, rewrapReader };
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
