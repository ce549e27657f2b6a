import { expect } from "chai";
import { type EIP1193RequestFn, encodeEventTopics, getAbiItem, type Hex, keccak256, toFunctionSelector } from "viem";
import { getBlock, readContract, waitForTransactionReceipt, writeContract } from "viem/actions";
import type { LocalActor } from "../../demo/local/wallets.ts";
import { ABIS } from "../../sdk/chain/abis.ts";
import {
  anchorDocument,
  createReaderKey,
  DocumentError,
  documentPlaceOf,
  openDocument,
  pointOf,
  type Reader,
  type ReaderKeyPair,
  readDocument,
  readEnvelope,
  readerId,
  readReaders,
  sealEvidence,
} from "../../sdk/documents/index.ts";
import {
  AdjustError,
  addCurves,
  type Band,
  bandsToCurves,
  bookHash,
  buildAdjust,
  buildClaimKwh,
  buildCountTrades,
  buildLapse,
  buildOrder,
  buildRound,
  buildSettle,
  buildSurplus,
  buildTrade,
  ClaimError,
  type ContractName,
  type Curve,
  computeSettlement,
  contractOf,
  type Day,
  dayOf,
  decodeCurve,
  encodeSold,
  evidence,
  explain,
  GRADES,
  gradeOn,
  isSigned,
  LogError,
  MeterDayError,
  marketOf,
  nameOf,
  type Order,
  type Outcome,
  orderDigest,
  outcomeHash,
  type Platform,
  parseYuanPerMwh,
  readConditions,
  readCredit,
  readDebt,
  readEvents,
  readFill,
  readKeptOutcomes,
  readOrderConditions,
  readSold,
  readTrades,
  readUnclaimed,
  refusalOf,
  SettleError,
  type SignedOrder,
  signOrder,
  signTrade,
  signTypedData,
  startOfDay,
  sumCurve,
  TRADE_STATUSES,
  type TradeStatus,
  termsCommitment,
  tradeDigest,
  tradeTypedData,
  walletOf,
} from "../../sdk/index.ts";
import { highS } from "../utils/highS.ts";
import { type Member, TestMarket } from "../utils/market.ts";

const PRICE = parseYuanPerMwh("401.20");
const MARGIN_FEN = 5_000_000_00n;
/** As in Day.sol: so many days apart, two share the word of their book. */
const RING_DAYS = 128;

interface Log {
  topics: Hex[];
  data: Hex;
}

const band = (fromSlot: number, toSlot: number, energyWh: number, price = PRICE): Band => ({
  fromSlot,
  toSlot,
  energyWh,
  price,
});

describe("the platform through a JSON-RPC node", function () {
  this.timeout(300_000);

  let market: TestMarket;
  let platform: Platform;
  let seller: Member;
  let buyer: Member;
  /** Its account is a contract. */
  let cooperative: Member;
  let day: Day;
  /** Bilateral, then one trade of each of two rounds with two buyers in the second. */
  let ids: bigint[];
  let metered: Curve;

  before(async () => {
    market = await TestMarket.create();
    platform = market.platform;
    seller = await market.generator("solarPlant");
    buyer = await market.consumer("factory");
    cooperative = await market.contractConsumer("household");
    day = market.today + 2;
    for (const member of [seller, buyer, cooperative]) await market.lockMargin(member, MARGIN_FEN);
  });

  const order = async (side: Order["side"], member: Member, bands: Band[], paymentDays = 0): Promise<SignedOrder> => {
    const trader = member.account.address;
    const input = { side, trader, meter: member.meter, day, bands, paymentDays, continuous: true };
    const built = buildOrder(input, await readOrderConditions(platform, member.meter, day));
    if (member !== cooperative) return signOrder(built, marketOf(platform), member.account);
    await market.presign(built);
    return { order: built };
  };

  const openRound = async (round: bigint, sell: SignedOrder, legs: { buy: SignedOrder; energy: Curve }[]) => {
    for (const signed of [sell, ...legs.map(({ buy }) => buy)]) signed.fill = await readFill(platform, signed.order);
    const sold = await readSold(platform, seller.meter, day);
    const prices = [{ zone: 4, price: bandsToCurves([band(0, 96, 1)]).price }];
    const input = buildRound({
      round,
      day,
      paymentDays: 0,
      continuous: true,
      prices,
      sales: [{ sell, sold, legs }],
    });
    await send(market, "openRound", [input], "marketOperator");
  };

  it("opens a bilateral trade and rounds with positions and fills out of the logs", async () => {
    expect(await readSold(platform, seller.meter, day)).to.equal(undefined);
    await openBilateral(market, seller, buyer, [band(36, 72, 300_000), band(72, 84, 100_000, 35_000)], day);
    const sell = await order("sell", seller, [band(30, 60, 200_000, 30_000)]);
    const purchases = [
      await order("buy", buyer, [band(30, 60, 150_000, 45_000)]),
      await order("buy", cooperative, [band(40, 60, 90_000, 48_000)]),
    ] as const;
    expect(await readFill(platform, sell.order)).to.equal(undefined);
    const energies = [band(30, 60, 80_000), band(30, 60, 70_000), band(40, 60, 30_000)].map(
      (row) => bandsToCurves([row]).energy,
    ) as [Curve, Curve, Curve];

    await openRound(1n, sell, [{ buy: purchases[0], energy: energies[0] }]);
    expect(await readFill(platform, sell.order)).to.include({ complete: false });
    // More empty blocks than one log query may span.
    await market.idle(12_000);
    await openRound(2n, sell, [
      { buy: purchases[0], energy: energies[1] },
      { buy: purchases[1], energy: energies[2] },
    ]);
    const complete = await readFill(platform, purchases[0].order);
    expect(complete?.complete).to.equal(true);
    expect(complete?.filled).to.deep.equal(bandsToCurves(purchases[0].order.bands).energy);

    const skipped = await readEvents(platform, "TradeEscrow", ["Skipped"]);
    expect(skipped).to.deep.equal([]);
    const opened = await readEvents(platform, "TradeEscrow", ["TradeOpened"]);
    ids = opened.map(({ args }) => args.id);
    expect(ids).to.deep.equal([1n, 2n, 3n, 4n]);
    expect(opened[3]?.args.buyOrder).to.equal(orderDigest(purchases[1].order, marketOf(platform)));
    const position = (await readTrades(platform, ids)).map(({ energy }) => energy).reduce(addCurves);
    expect((await readSold(platform, seller.meter, day))?.position).to.deep.equal(position);
  });

  it("does not build a settlement before the day is final", async () => {
    await rejects(buildSettle(platform, ids), MeterDayError, "not reported yet");
    await rejects(buildSettle(platform, [99n]), SettleError, "never opened");
    await rejects(buildLapse(platform, ids), MeterDayError, "has not lapsed");
    await rejects(buildClaimKwh(platform, ids), ClaimError, "Trade 1 is not settled");
    await rejects(buildClaimKwh(platform, [99n]), ClaimError, "Trade 99 was never opened");
  });

  it("settles from logs alone, some trades first and the rest later", async () => {
    metered = bandsToCurves([band(32, 50, 500_000), band(50, 70, 310_000), band(80, 90, 60_000)]).energy;
    await market.report(seller.meter, day, bandsToCurves([band(0, 96, 1)]).energy);
    await market.report(seller.meter, day, metered);
    await rejects(buildSettle(platform, ids), MeterDayError, "version 2 can be finalised from");
    await market.finalise(seller.meter, day);

    const last = await buildSettle(platform, [4n, 4n]);
    expect(last[0][0]?.settlements.map(({ trades }) => trades.length)).to.deep.equal([1]);
    await send(market, "settle", last);
    expect(await statusOf(platform, 4n)).to.equal("Settled");

    const [runs, prices] = await buildSettle(platform, ids);
    // All of the day, which is closed by it: the escrow skips what is settled.
    expect(runs[0]?.settlements.map(({ trades }) => trades.map(({ id }) => id))).to.deep.equal([ids]);
    const inBetween = (await buildSettle(platform, [2n, 3n]))[0][0]?.settlements[0];
    expect(inBetween?.trades.map(({ id }) => id)).to.deep.equal([2n, 3n]);
    expect(inBetween?.book.later).to.have.length(1);
    // The two rounds share their price curve.
    expect(prices).to.have.length(2);
    await send(market, "settle", [runs, prices]);
    for (const id of ids) expect(await statusOf(platform, id)).to.equal("Settled");
    expect(await buildSettle(platform, ids)).to.deep.equal([[], []]);

    const events = await readEvents(platform, "TradeEscrow", ["TradeSettled"]);
    const settled = new Map(events.map(({ args }) => [args.id, args]));
    let offset: Curve | undefined;
    for (const trade of await readTrades(platform, ids)) {
      const price = decodeCurve(prices.find((curve) => keccak256(curve) === trade.terms.priceHash) ?? "0x");
      const [rule] = await readContract(platform.client, {
        ...contractOf(platform, "MarketRules"),
        functionName: "deviationRule",
        args: [trade.terms.rules, trade.terms.source],
      });
      const { energy, terms } = trade;
      const { delivered, ...figures } = computeSettlement({ terms, energy, offset, metered, price, rule, late: false });
      const settlement = trade.id === 4n ? 1n : 2n;
      expect(settled.get(trade.id)).to.deep.equal({ id: trade.id, ...figures, invoiced: false, settlement });
      expect(figures.deliveredWh).to.equal(sumCurve(delivered));
      offset = offset === undefined ? energy : addCurves(offset, energy);
    }
    // The seller fell short and paid for it.
    expect(events.some(({ args }) => args.deviationFen > 0n)).to.equal(true);
  });

  it("claims what was delivered for its buyers, once, and mints the rest to the seller: all that was metered", async () => {
    const [first] = await buildClaimKwh(platform, [3n]);
    await send(market, "claimKwh", [first]);
    expect(await readUnclaimed(platform, [...ids, 3n])).to.deep.equal([1n, 2n, 4n]);
    const [some] = await buildClaimKwh(platform, ids, 2);
    expect(some.map(({ id }) => id)).to.deep.equal([1n, 2n]);
    const [claims] = await buildClaimKwh(platform, [...ids, 3n]);
    expect(claims.map(({ id }) => id)).to.deep.equal([1n, 2n, 4n]);
    // What was claimed meanwhile is skipped.
    await send(market, "claimKwh", [[...claims, ...first]]);
    expect(await buildClaimKwh(platform, ids)).to.deep.equal([[]]);

    await send(market, "mintSurplus", await buildSurplus(platform, seller.meter, day));
    await rejects(buildSurplus(platform, seller.meter, day), SettleError, "minted before");
    expect(await readSold(platform, seller.meter, day)).not.to.equal(undefined);

    const token = market.inProcess.contract("KwhToken");
    const id = await token.idOf(seller.meter, day);
    const claimed = await readEvents(platform, "TradeEscrow", ["KwhClaimed"]);
    for (const { account, participant } of [buyer, cooperative]) {
      const own = claimed.filter(({ args }) => args.buyer === participant);
      expect(own.length).to.be.greaterThan(0);
      expect(await token.balanceOf(account.address, id)).to.equal(sum(own.map(({ args }) => args.energyWh)));
    }
    const surplus = await token.balanceOf(seller.account.address, id);
    expect(sum(claimed.map(({ args }) => args.energyWh)) + surplus).to.equal(sumCurve(metered));
  });

  it("proves to the escrow what it keeps of each trade, and nothing else", async () => {
    const escrow = contractOf(platform, "TradeEscrow");
    const kept = await readKeptOutcomes(platform, ids);
    expect([...kept.keys()].sort()).to.deep.equal(ids);
    for (const { trade, outcome, proof } of kept.values()) {
      const isKept = (given: Outcome) => {
        const hash = outcomeHash(termsCommitment(trade.id, trade.terms), given);
        return readContract(platform.client, { ...escrow, functionName: "isOutcome", args: [hash, proof] });
      };
      expect(await isKept(outcome)).to.equal(true);
      expect(await isKept({ ...outcome, deliveredWh: outcome.deliveredWh + 1n })).to.equal(false);
    }
  });

  it("proves a trade: what was signed, sold, metered and paid, with every hash recomputed", async () => {
    for (const id of ids) {
      const proof = await evidence(platform, id);
      expect(proof.checks.filter(({ holds }) => !holds)).to.deep.equal([]);
      expect(proof.holds).to.equal(true);
      expect(proof.checks).to.have.length.greaterThan(12);
      expect(JSON.parse(JSON.stringify(proof))).to.deep.equal(proof);
      expect(proof.signed.map(({ signer }) => signer)).to.deep.equal([
        seller.account.address,
        id === 4n ? cooperative.account.address : buyer.account.address,
      ]);
      expect(proof.readings.versions.map(({ version }) => version)).to.deep.equal([1, 2]);
      expect(proof.history.map(({ event }) => event)).to.deep.equal(["TradeOpened", "TradeSettled", "KwhClaimed"]);
      expect(proof.checks.map(({ what }) => what)).to.include.members([
        "book of the trades of its meter day",
        "root of the outcomes of its settlement",
        "energy claimed as kWh (Wh)",
      ]);
    }
  });

  it("asks the escrow once for a root of outcomes, and once whether a trade is claimed", async () => {
    const asked = (name: "outcomesOf" | "isClaimed") => {
      const selector = toFunctionSelector(getAbiItem({ abi: ABIS.TradeEscrow, name }));
      let count = 0;
      const counting = market.through(
        (request) =>
          (async (call: { method: string; params: [{ data?: string }] }) => {
            if (call.method === "eth_call" && call.params[0].data?.startsWith(selector)) count += 1;
            return request(call as never);
          }) as EIP1193RequestFn,
      );
      return { platform: counting, times: () => count };
    };
    const [roots, claims] = [asked("outcomesOf"), asked("isClaimed")];
    await evidence(roots.platform, 3n);
    expect(roots.times()).to.equal(1);
    await buildClaimKwh(claims.platform, ids);
    expect(claims.times()).to.equal(ids.length);
  });

  it("seals the evidence of a trade as an exhibit, which the other side opens and proves again", async () => {
    const [arbiter, place] = [market.address("arbiter"), documentPlaceOf(platform)];
    const keys = new Map<Reader, ReaderKeyPair>();
    for (const reader of [seller.participant, buyer.participant, arbiter]) {
      const pair = await createReaderKey();
      const { x, y } = await pointOf(pair);
      for (const [functionName, registrar] of [
        ["proposeKey", "registrar1"],
        ["approveKey", "registrar2"],
      ] as const)
        await market.inProcess.contract("DocumentRegistry", registrar)[functionName]!(readerId(reader), x, y);
      keys.set(reader, pair);
    }
    const sealing = () => sealEvidence(platform, 3n, { owner: seller.participant, readers: [buyer.participant] });
    await rejects(sealing(), DocumentError, "No auditor is named yet");
    await market.inProcess.contract("DocumentRegistry", "council").setAuditor!(readerId(arbiter));
    const sealed = await sealing();
    await writeContract(walletOf(platform, seller.account), anchorDocument(platform, sealed));
    const document = await readDocument(platform, sealed.id);
    expect(document).to.deep.include({
      kind: "Evidence",
      subject: { kind: "Trade", id: 3n },
      owner: seller.participant,
    });
    expect(await readReaders(platform, sealed.id)).to.have.members([seller.participant, buyer.participant, arbiter]);
    for (const [reader, key] of keys) {
      const { envelope } = sealed.envelopes.find((each) => each.reader === reader)!;
      const anchored = (await readEnvelope(platform, sealed.id, reader))!;
      const input = { document: document!, reader, anchored, envelope, ciphertext: sealed.ciphertext, key };
      const opened = await openDocument(place, input);
      expect([opened.name, opened.type]).to.deep.equal(["trade-3-evidence.json", "application/json"]);
      const { checks, holds, asOf, ...proof } = JSON.parse(await opened.file.text());
      const { checks: again, asOf: now, ...expected } = await evidence(platform, 3n);
      expect([checks, holds, proof.trade, proof.history]).to.deep.equal([
        again,
        true,
        expected.trade,
        expected.history,
      ]);
      expect(asOf.block <= now.block).to.equal(true);
    }
  });

  it("does not adjust what was never settled", async () => {
    await openBilateral(market, seller, buyer, [band(0, 1, 1_000)], market.today + 20);
    await rejects(buildAdjust(platform, [5n]), AdjustError, "Trade 5 is not settled");
  });

  it("adjusts from logs alone what a corrected reading changes, and proves it", async () => {
    await rejects(buildAdjust(platform, ids), MeterDayError, "has no correction");
    await rejects(buildAdjust(platform, [...ids, 99n]), LogError, "no log of trade 99");
    for (const [version, energyWh] of [320_000, 290_000].entries()) {
      const corrected = bandsToCurves([band(32, 50, 500_000), band(50, 70, energyWh), band(80, 90, 60_000)]).energy;
      await market.correct(seller.meter, day, corrected);
      const args = await buildAdjust(platform, ids);
      expect(args[0].map(({ trades }) => trades.map(({ id }) => id))).to.deep.equal([ids]);
      await send(market, "adjust", args, "supplier", "AdjustmentDesk");
      expect((await buildAdjust(platform, ids))[0]).to.deep.equal([]);
      const adjusted = await readEvents(platform, "AdjustmentDesk", ["TradeAdjusted"]);
      expect(adjusted.filter(({ args }) => args.version === version + 3).map(({ args }) => args.id)).to.deep.equal(ids);
    }
    const posted = await readEvents(platform, "AdjustmentDesk", ["DifferencePosted"]);
    const claims = await Promise.all(
      posted.map(async ({ args }) => ({ ...args, ...(await readDebt(platform, args.debt)) })),
    );
    // More first, then less: owed by the buyers, then to them.
    const [more, less] = [3, 4].map((version) => claims.filter((claim) => claim.version === version));
    expect(more?.some(({ amount, debtor }) => amount === 0 && debtor === buyer.participant)).to.equal(true);
    expect(less?.some(({ amount, creditor }) => amount === 0 && creditor === buyer.participant)).to.equal(true);
    for (const id of ids) {
      const proof = await evidence(platform, id);
      expect(proof.checks.filter(({ holds }) => !holds)).to.deep.equal([]);
      expect(proof.corrections.map(({ version }) => version)).to.deep.equal([3, 4]);
      expect(proof.checks.map(({ what }) => what)).to.include.members([
        "energy delivered (Wh), by version 4",
        "commitment to the terms and the adjusted outcome",
      ]);
    }
  });

  it("counts what is settled for both parties, and recomputes counts and grade from events", async () => {
    const args = await buildCountTrades(platform, [...ids, 5n]);
    expect(args[0].map(({ id }) => id)).to.deep.equal(ids);
    await send(market, "countTrades", args, "supplier", "CreditLedger");
    expect(await buildCountTrades(platform, ids)).to.deep.equal([[]]);
    const records = await readCredit(platform);
    const ledger = contractOf(platform, "CreditLedger");
    for (const { participant } of [seller, buyer, cooperative]) {
      const record = records.get(participant);
      for (const [side, counts] of [record?.sold, record?.bought].entries()) {
        const kept = await readContract(platform.client, {
          ...ledger,
          functionName: "tradesOf",
          args: [participant, side],
        });
        expect(counts).to.deep.equal(kept);
      }
      const debts = await readContract(platform.client, { ...ledger, functionName: "debtsOf", args: [participant] });
      expect(record?.debts).to.deep.equal(debts);
      const points = await readContract(platform.client, { ...ledger, functionName: "pointsOf", args: [participant] });
      const weight = [...(record?.points.values() ?? [])].reduce((sum, one) => sum + one, 0);
      expect(BigInt(weight)).to.equal(points);
      const { timestamp } = await getBlock(platform.client);
      const kept = await readContract(platform.client, { ...ledger, functionName: "gradeOf", args: [participant] });
      expect(gradeOn(record, dayOf(Number(timestamp))))
        .to.equal(nameOf(GRADES, kept))
        .and.to.equal("B");
    }
    expect(records.get(seller.participant)?.sold.charged).to.be.greaterThan(0);
  });

  it("notices a node that hides or changes logs", async () => {
    const through = (change: (logs: Log[]) => Log[]) =>
      market.through(
        (request) =>
          (async (call: { method: string }) => {
            const answer = await request(call as never);
            return call.method === "eth_getLogs" ? change(answer as Log[]) : answer;
          }) as EIP1193RequestFn,
      );
    const abi = contractOf(platform, "TradeEscrow").abi;
    const [opened] = encodeEventTopics({ abi, eventName: "TradeOpened" });
    const [settled] = encodeEventTopics({ abi, eventName: "TradeSettled" });
    const [priced] = encodeEventTopics({ abi, eventName: "PriceCurve" });
    const [reported] = encodeEventTopics({
      abi: contractOf(platform, "MeterRegistry").abi,
      eventName: "MeterDayReported",
    });

    const hidden = through((logs) =>
      logs.filter(({ topics }) => topics[0] !== opened || BigInt(topics[1] ?? 0) !== 1n),
    );
    await rejects(readTrades(hidden, [1n]), LogError, "no log of trade 1");
    await rejects(evidence(hidden, 3n), LogError, "do not add up at trade 2");
    await rejects(readSold(hidden, seller.meter, day), LogError, "do not add up");
    const headless = through((logs) =>
      logs.filter(({ topics }) => topics[0] !== opened || BigInt(topics[1] ?? 0) !== 4n),
    );
    await rejects(readSold(headless, seller.meter, day), LogError, "are not those of its book on chain");
    const unsettled = through((logs) =>
      logs.filter(({ topics }) => topics[0] !== settled || BigInt(topics[1] ?? 0) !== 1n),
    );
    await rejects(evidence(unsettled, 3n), LogError, "do not add up to the root");

    // The last slot, a little.
    const changed = (topic: Hex) =>
      through((logs) =>
        logs.map((log) => (log.topics[0] === topic ? { ...log, data: `${log.data.slice(0, -1)}7` as Hex } : log)),
      );
    await rejects(evidence(changed(reported as Hex), 3n), LogError, "do not hold version 2");
    await rejects(evidence(changed(priced as Hex), 3n), LogError, "no log of the prices");
    await rejects(evidence(changed(opened as Hex), 3n), LogError, "do not add up");
  });

  it("proves a trade for good, after the word of its book serves another day", async () => {
    const later = day + RING_DAYS;
    await market.goTo(startOfDay(later - 2));
    await openBilateral(market, seller, buyer, [band(0, 1, 1_000)], later);
    const escrow = contractOf(platform, "TradeEscrow");
    const known = await readContract(platform.client, { ...escrow, functionName: "bookOf", args: [seller.meter, day] });
    expect(known).to.equal(bookHash(undefined));
    expect(await readSold(platform, seller.meter, day)).not.to.equal(undefined);
    const proof = await evidence(platform, 3n);
    expect(proof.holds).to.equal(true);
    expect(proof.checks.map(({ what }) => what)).to.include("root of the outcomes of its settlement");
  });
});

describe("a day without readings", function () {
  this.timeout(300_000);

  it("releases its holds, and is settled late as invoices", async () => {
    const market = await TestMarket.create();
    const { platform } = market;
    const seller = await market.generator("solarPlant");
    const buyer = await market.consumer("factory");
    const day = market.today + 2;
    await openBilateral(market, seller, buyer, [band(0, 96, 100_000)], day);
    await openBilateral(market, seller, buyer, [band(0, 96, 1_000)], day);
    const token = market.inProcess.contract("DepositToken");
    const heldOf = () => token.heldOf(buyer.participant);
    expect((await heldOf()) > 0n).to.equal(true);

    await market.lapse(seller.meter, day);
    await send(market, "lapse", await buildLapse(platform, [1n]));
    expect(await statusOf(platform, 1n)).to.equal("Lapsed");
    await rejects(buildSettle(platform, [1n]), MeterDayError, "lapsed without readings");

    await market.report(seller.meter, day, bandsToCurves([band(0, 48, 100_000)]).energy);
    const late = await buildLapse(platform, [1n, 2n]);
    await market.finalise(seller.meter, day);
    expect(await buildLapse(platform, [1n, 2n])).to.deep.equal(late);
    expect((await heldOf()) > 0n).to.equal(true);
    await send(market, "lapse", late);
    expect(await statusOf(platform, 2n)).to.equal("Lapsed");
    expect(await heldOf()).to.equal(0n);
    await send(market, "settle", await buildSettle(platform, [1n]));
    const proof = await evidence(platform, 1n);
    expect(proof.checks.filter(({ holds }) => !holds)).to.deep.equal([]);
    expect(proof.debts.map(({ code, status }) => [code, status])).to.deep.equal([
      ["LateInvoice", "Outstanding"],
      ["NetworkCharge", "Outstanding"],
      ["DeviationCharge", "Outstanding"],
    ]);
  });
});

describe("signatures before the escrow", function () {
  this.timeout(300_000);

  it("takes those of keys and contracts, and refuses high s, other chains and other escrows", async () => {
    const market = await TestMarket.create();
    const { platform } = market;
    const seller = await market.generator("solarPlant");
    const cooperative = await market.contractConsumer("household");
    const key = market.account("household");
    const meters = { sellerMeter: seller.meter, buyerMeter: cooperative.meter };
    const trade = buildTrade(
      {
        ...meters,
        seller: seller.account.address,
        buyer: cooperative.account.address,
        day: market.today + 2,
        bands: [band(40, 44, 50_000)],
      },
      await readConditions(platform, meters),
    );
    const here = marketOf(platform);
    const digest = tradeDigest(trade, here);
    const ofSeller = await signTrade(trade, here, seller.account);
    const ofBuyer = await signTypedData(tradeTypedData(trade, here), key);
    expect(await isSigned(digest, ofSeller, trade.seller, platform.client)).to.equal(true);
    expect(await isSigned(digest, ofBuyer, trade.buyer, platform.client)).to.equal(true);
    expect(await isSigned(digest, ofSeller, trade.buyer, platform.client)).to.equal(false);
    expect(await isSigned(digest, ofBuyer, trade.seller, platform.client)).to.equal(false);

    const forSeller = async (signature: Hex) => {
      const error = await send(market, "open", [trade, ofBuyer, signature, "0x"]).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(await isSigned(digest, signature, trade.seller, platform.client)).to.equal(false);
      return [refusalOf(error)?.name, explain(error), explain(error, "zh")];
    };
    const refused = [
      "TradeEscrow_InvalidSignature",
      `${trade.seller} did not sign this for this market: check that message, chain and escrow are the ones signed.`,
      `${trade.seller} 没有为本市场签署此内容：请核对签署的内容、链与合约地址。`,
    ];
    expect(await forSeller(highS(ofSeller))).to.deep.equal(refused);
    expect(await forSeller(await signTrade(trade, { ...here, chainId: 1 }, seller.account))).to.deep.equal(refused);
    const elsewhere = { ...here, escrow: platform.addresses.Receivables };
    expect(await forSeller(await signTrade(trade, elsewhere, seller.account))).to.deep.equal(refused);

    await send(market, "open", [trade, ofBuyer, ofSeller, "0x"]);
    expect(await statusOf(platform, 1n)).to.equal("Open");
    const again = send(market, "open", [{ ...trade }, ofBuyer, ofSeller, "0x"]);
    expect(refusalOf(await again.catch((error: unknown) => error))?.name).to.equal("TradeEscrow_NonceUsed");
  });
});

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

/** Sends a transaction, to the escrow and as somebody who has no part in the market unless said otherwise. */
async function send(
  market: TestMarket,
  functionName: string,
  args: readonly unknown[],
  as: LocalActor = "supplier",
  contract: ContractName = "TradeEscrow",
): Promise<void> {
  const { platform } = market;
  const request = { ...contractOf(platform, contract), functionName, args };
  const hash = await writeContract(walletOf(platform, market.account(as)), request as never);
  const { status } = await waitForTransactionReceipt(platform.client, { hash });
  expect(status).to.equal("success");
}

async function statusOf(platform: Platform, id: bigint): Promise<TradeStatus> {
  const escrow = contractOf(platform, "TradeEscrow");
  return nameOf(
    TRADE_STATUSES,
    await readContract(platform.client, { ...escrow, functionName: "statusOf", args: [id] }),
  );
}

async function openBilateral(
  market: TestMarket,
  seller: Member,
  buyer: Member,
  bands: Band[],
  day: Day,
): Promise<void> {
  const { platform } = market;
  const parties = { seller: seller.account.address, buyer: buyer.account.address };
  const meters = { sellerMeter: seller.meter, buyerMeter: buyer.meter };
  const trade = buildTrade({ ...parties, ...meters, day, bands }, await readConditions(platform, meters));
  const ofBuyer = await signTrade(trade, marketOf(platform), buyer.account);
  const ofSeller = await signTrade(trade, marketOf(platform), seller.account);
  const sold = encodeSold(await readSold(platform, seller.meter, day));
  await send(market, "open", [trade, ofBuyer, ofSeller, sold]);
}

async function rejects(promise: Promise<unknown>, kind: new (...args: never[]) => Error, part: string): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  expect(error).to.be.instanceOf(kind);
  expect(error?.message).to.include(part);
}
