import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { deliveryDay, firstSecond, runTradingDay, type TradingDay } from "../../demo/day/day.ts";
import type { Words } from "../../demo/day/language.ts";
import { queriesFor } from "../../demo/day/queries.ts";
import { type ReadingsFile, readDay } from "../../demo/day/readings.ts";
import { LocalChain } from "../../demo/local/chain.ts";
import { LocalIndexer } from "../../demo/local/indexer.ts";
import { LocalOperator } from "../../demo/local/operator.ts";
import { wallets } from "../../demo/local/wallets.ts";
import { showDay } from "../../demo/look.ts";
import { COLUMNS, Terminal, width } from "../../demo/terminal.ts";
import { deployPlatform } from "../../scripts/deploy/deployPlatform.ts";
import { readDeployment } from "../../sdk/chain/readDeployment.ts";
import { readTrades } from "../../sdk/index.ts";
import { LANGUAGES } from "../../sdk/types/sentence.ts";
import { kpisFromLogs, kpisServed, readHistory } from "../indexer/kpiFromLogs.ts";
import { itRunsTheExamples } from "./examples.ts";
import { halfHours, typicalConsumption, typicalGeneration } from "./plainReadings.ts";
import {
  type Deviation,
  halfUp,
  type Inputs,
  type Meter,
  type PairedLeg,
  recompute,
  sum,
  type Trade,
} from "./recompute.ts";
import { itRunsTheSamples, type Stack } from "./samples.ts";

const data = (name: string) => new URL(`../../data/${name}`, import.meta.url);
const real = new URL("../../../shared/data/ausgrid-customer12-2011-2012.csv", import.meta.url);

/** Dates of the one real home, and what it shows on them stands for. */
const HOME: [column: string, date: string, place: string][] = [
  ["GG", "2011-12-03", "solar-plant"],
  ["GG", "2011-12-20", "rooftop-solar"],
  ["GG", "2012-01-14", "hydro-station"],
  ["GC", "2011-12-03", "factory"],
  ["GC", "2011-12-20", "shopping-centre"],
  ["GC", "2012-01-14", "household"],
  ["GC", "2011-11-15", "charging-depot"],
];

describe("the trading day through chain, deployment, intake, operator and indexer", function () {
  this.timeout(600_000);

  describe("on the typical curves that ship with the product", () => {
    itAddsUp(undefined, (day) => {
      const date = `2026-${day.slice(5, 7)}-15`;
      return new Map([
        ...typicalGeneration(data("typical-generation.csv"), date),
        ...typicalConsumption(data("typical-consumption.csv"), date),
      ]);
    });
  });

  describe("on real readings, seven dates of one home standing for seven meters", () => {
    const folder = mkdtempSync(join(tmpdir(), "dujiang-home-"));
    after(() => rmSync(folder, { recursive: true }));
    before(function () {
      if (existsSync(real)) return;
      console.log("      skipped: the folder ../shared/data with real readings is not here");
      this.skip();
    });
    const mapping = join(folder, "home.mapping.json");
    writeFileSync(mapping, JSON.stringify(homeMapping()));
    itAddsUp(
      { readings: fileURLToPath(real), mapping },
      () => new Map(HOME.map(([column, date, place]) => [place, halfHours(real, date, column)])),
    );
  });
});

function homeMapping() {
  const name = (column: string, date: string) => `home ${date} ${column === "GG" ? "solar" : "use"}`;
  return {
    zone: "Australia/Sydney",
    resolutionMinutes: 30,
    unit: "kW",
    layout: { rows: "intervals", time: { columns: [1], format: "yyyy-MM-dd HH:mm:ss", marks: "start" } },
    meters: HOME.map(([column, date]) => ({
      meter: name(column, date),
      direction: column === "GG" ? "generation" : "consumption",
      column,
    })),
    days: HOME.map(([column, date]) => ({ source: date, meters: [name(column, date)] })),
  };
}

/** Runs the day and compares every figure that GraphQL gives with one computed by hand. */
function itAddsUp(own: ReadingsFile | undefined, readByHand: (date: string) => Map<string, number[]>): void {
  const folder = mkdtempSync(join(tmpdir(), "dujiang-day-"));
  let [chain, indexer, operator, tradingDay]: [LocalChain?, LocalIndexer?, LocalOperator?, TradingDay?] = [];
  let date: string;
  let expected: Expected;
  const said: Words[] = [];
  const ask = async <Row>(table: string, fields: string, args = ""): Promise<Row[]> => {
    const answer = await (indexer as LocalIndexer).query<Record<string, { items: Row[] }>>(
      `{ ${table}(limit: 1000${args}) { items { ${fields} } } }`,
    );
    return answer[table]?.items ?? [];
  };

  before(async () => {
    process.env.DUJIANG_DEPLOYMENTS = folder;
    const day = deliveryDay(Date.now() / 1000);
    date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    const readings = await readDay(day, own);
    chain = await LocalChain.start({ startsAt: firstSecond(day), port: "any" });
    const deployment = await deployPlatform({ network: "local", localUrl: chain.url, folder });
    const indexing = LocalIndexer.start({ network: "local", rpcUrl: chain.url, port: "any" });
    indexing.catch(() => {});
    operator = await LocalOperator.start({ network: "local", rpcUrl: chain.url, port: "any" });
    const note = (words: Words) => said.push(words);
    tradingDay = await runTradingDay(chain, deployment, operator, readings, {
      language: "en",
      begin: note,
      say: note,
    });
    indexer = await indexing;
    const running = chain;
    await indexer.caughtUpWith(await running.blockNumber(), { seal: () => running.seal() });
    const legs = (await readTrades(tradingDay.market.platform, tradingDay.trades.round)).map(({ terms, energy }) => ({
      ...terms,
      energy,
    }));
    expected = compute(tradingDay, legs, date, readByHand(date), deployment.parameters as unknown as Parameters);
  });

  after(async () => {
    await indexer?.stop();
    await operator?.stop();
    await chain?.stop();
    delete process.env.DUJIANG_DEPLOYMENTS;
    rmSync(folder, { recursive: true, force: true });
  });

  it("serves every trade with its curves and amounts", async () => {
    const fields = `id status sellerId buyerId date round paymentDays contracted price positionBefore delivered
      contractedWh deliveredWh contractedEnergyFen contractedNetworkFen bondFen energyFen networkFen deviationFen invoiced`;
    const rows = await ask<{ id: string }>("trades", fields, ', orderBy: "id"');
    expect(rows.sort((a, b) => Number(a.id) - Number(b.id))).to.deep.equal(
      expected.trades.map((trade) => ({
        id: String(trade.id),
        status: "settled",
        sellerId: trade.seller,
        buyerId: trade.buyer,
        date,
        round: trade.bilateral ? "0" : "1",
        paymentDays: trade.onTerms ? 60 : 0,
        contracted: trade.contracted,
        price: trade.price,
        positionBefore: trade.positionBefore,
        delivered: trade.delivered,
        contractedWh: String(sum(trade.contracted)),
        deliveredWh: String(sum(trade.delivered)),
        contractedEnergyFen: String(trade.contractedEnergyFen),
        contractedNetworkFen: String(trade.contractedNetworkFen),
        bondFen: String(trade.bondFen),
        energyFen: String(trade.energyFen),
        networkFen: String(trade.networkFen),
        deviationFen: String(trade.deviationFen),
        invoiced: trade.late,
      })),
    );
  });

  it("is a day on which something of everything happened", () => {
    const { trades } = expected;
    expect(trades.some(({ deviationFen }) => deviationFen > 0n)).to.equal(true);
    expect(trades.filter(({ late }) => late)).to.have.length(1);
    expect(trades.some(({ late, deviationFen }) => late && deviationFen > 0n)).to.equal(true);
    expect(trades.filter(({ onTerms }) => onTerms)).to.have.length(1);
    expect(trades.filter(({ bilateral }) => !bilateral).length).to.be.greaterThan(1);
    expect(trades.some(({ networkFen }) => networkFen > 0n)).to.equal(true);
    expect(expected.financing.paidFen <= expected.financing.units).to.equal(true);
  });

  it("serves what was metered, sold and minted of every meter", async () => {
    const rows = await ask<{ meterId: string }>(
      "meterDays",
      "meterId date metered meteredWh positionWh mintedWh",
      `, where: { date: "${date}" }`,
    );
    const generated = new Set(expected.generators.map(({ id }) => id));
    expect(rows.sort((a, b) => Number(a.meterId) - Number(b.meterId))).to.deep.equal(
      [...expected.meters.values()].map(({ id, metered }) => ({
        meterId: String(id),
        date,
        metered,
        meteredWh: String(sum(metered)),
        positionWh: String(
          sum(expected.trades.filter((trade) => trade.sellerMeter === id).flatMap((trade) => trade.contracted)),
        ),
        mintedWh: generated.has(id) ? String(sum(metered)) : "0",
      })),
    );
  });

  it("serves the kWh of every holder, and what was retired", async () => {
    const rows = await ask<{ participantId: number; meterId: string; energyWh: string }>(
      "kwhBalances",
      "participantId meterId energyWh",
    );
    const held = rows
      .filter(({ energyWh }) => energyWh !== "0")
      .map((row) => `${row.participantId} ${row.meterId} ${row.energyWh}`);
    expect(held.sort()).to.deep.equal(
      [...expected.kwh]
        .filter(([, wh]) => wh > 0n)
        .map(([key, wh]) => `${key} ${wh}`)
        .sort(),
    );
    const retired = await ask<{ energyWh: string; participantId: number }>("retirements", "participantId energyWh");
    expect(retired).to.deep.equal([
      { participantId: expected.retired.participant, energyWh: String(expected.retired.wh) },
    ]);
  });

  it("serves prices and volumes of the day, slot by slot", async () => {
    const fields = "slot price contractedWh bilateralWh deliveredWh averagePrice trades";
    for (const zoneId of [4]) {
      const rows = await ask<{ slot: number }>(
        "priceSlots",
        fields,
        `, where: { date: "${date}", zoneId: ${zoneId} }, orderBy: "slot"`,
      );
      expect(rows).to.deep.equal(expected.slots);
    }
  });

  it("follows the receivable from issue to the last fen", async () => {
    const [row] = await ask(
      "receivables",
      "faceFen collectedFen dueDate debtorId creditorId debt { status paidFen tradeId }",
    );
    const { receivable, financing } = expected;
    const faceFen = String(receivable.faceFen);
    expect(row).to.deep.equal({
      faceFen,
      collectedFen: faceFen,
      dueDate: dateOf(receivable.dueDay),
      debtorId: receivable.debtor,
      creditorId: receivable.creditor,
      debt: { status: "discharged", paidFen: faceFen, tradeId: "1" },
    });
    expect(await ask("financings", "financierId units paidFen rateBp")).to.deep.equal([
      {
        financierId: financing.bank,
        units: String(financing.units),
        paidFen: String(financing.paidFen),
        rateBp: "365",
      },
    ]);
    const bids = await ask<{ rateBp: string }>("bids", "status rateBp");
    expect(bids.sort((a, b) => Number(a.rateBp) - Number(b.rateBp))).to.deep.equal([
      { status: "accepted", rateBp: "365" },
      { status: "released", rateBp: "420" },
    ]);
    const collected = await ask<{ participantId: number; amountFen: string }>("collections", "participantId amountFen");
    expect(collected.map(({ participantId, amountFen }) => [participantId, amountFen]).sort()).to.deep.equal(
      receivable.collected.map(([participant, amountFen]) => [participant, String(amountFen)]).sort(),
    );
  });

  it("shows the charge of the late day set off against its energy, and nothing owed any more", async () => {
    expect(await ask("debts", "id status", ", where: { status_not: discharged }")).to.deep.equal([]);
    const late = expected.trades.find((trade) => trade.late) as Trade;
    const setOffs = await ask<{ debt: { code: string } }>(
      "debtPayments",
      "amountFen lateFeeFen debt { code tradeId debtorId creditorId } against { code }",
      ", where: { way: setOff }",
    );
    const [amountFen, lateFeeFen, tradeId] = [String(late.deviationFen), "0", String(late.id)];
    const [energy, charge] = [
      { code: "lateInvoice", tradeId, debtorId: late.buyer, creditorId: late.seller },
      { code: "deviationCharge", tradeId, debtorId: late.seller, creditorId: late.buyer },
    ];
    expect(setOffs.sort((a, b) => b.debt.code.localeCompare(a.debt.code))).to.deep.equal([
      { amountFen, lateFeeFen, debt: energy, against: { code: charge.code } },
      { amountFen, lateFeeFen, debt: charge, against: { code: energy.code } },
    ]);
  });

  it("leaves everybody with the money that is left, to the fen", async () => {
    const rows = await ask<{ participantId: number; balanceFen: string; heldFen: string; issuedFen: string }>(
      "depositAccounts",
      "participantId balanceFen heldFen issuedFen",
    );
    const found = new Map(rows.map((row) => [row.participantId, row]));
    for (const [participant, changeFen] of expected.money) {
      const row = found.get(participant);
      const issued = BigInt(row?.issuedFen ?? 0);
      expect([participant, row?.balanceFen ?? "0"]).to.deep.equal([participant, String(issued + changeFen)]);
      expect(row?.heldFen ?? "0").to.equal("0");
    }
    expect(sum([...expected.money.values()])).to.equal(0n);
    const statement = (tradingDay as TradingDay).statement.lines;
    for (const { participant, paidFen, receivedFen } of statement) {
      expect(receivedFen - paidFen).to.equal(expected.money.get(participant) ?? 0n);
    }
  });

  it("serves daily statements that hold the trades of the day and nothing else", async () => {
    const { market, readings, statement } = tradingDay as TradingDay;
    for (const { participant, netFen } of statement.lines) {
      const { isFinal, totals } = await market.exchange.statement(participant, readings.day);
      const due = expected.trades.map(({ seller, buyer, deviationPayee, energyFen, networkFen, deviationFen }) => {
        const got = (payee: number, payer: number, fen: bigint) =>
          (payee === participant ? fen : 0n) - (payer === participant ? fen : 0n);
        return got(seller, buyer, energyFen) + got(1, buyer, networkFen) + got(deviationPayee, seller, deviationFen);
      });
      expect([isFinal, totals.netFen]).to.deep.equal([true, String(sum(due))]);
      expect(netFen).to.equal(sum(due));
    }
  });

  it("serves the KPIs that come out of the raw logs", async () => {
    const running = chain as LocalChain;
    const { contracts } = readDeployment("local", folder);
    const history = await readHistory(running, contracts);
    const from = new Date(Date.parse(date) - 30 * 86_400_000).toISOString().slice(0, 10);
    const to = new Date((history.now + 28_800) * 1000).toISOString().slice(0, 10);
    const served = await kpisServed((indexer as LocalIndexer).url, from, to);
    expect(served).to.deep.equal(kpisFromLogs(history, from, to));
    expect(served.tradesPerParticipant?.[0]).to.equal(BigInt(expected.trades.length) * 2n);
    // Without a period it shows the day.
    const { kpis } = (await (await fetch(`${(indexer as LocalIndexer).url}/kpi.json`)).json()) as {
      kpis: { id: string; numerator: string; value: string | null }[];
    };
    for (const { id, numerator, value } of kpis) {
      expect(numerator, id).to.equal(String(served[id]?.[0]));
      // Nobody is in default.
      if (id !== "recoveredShare") expect(value, id).to.match(/^\d/);
    }
  });

  it("serves who reads the documents of the day, and nothing of what they say", async () => {
    const { market } = tradingDay as TradingDay;
    const [seller, buyer, supplier, bank] = (["hydroStation", "factory", "supplier", "bankA"] as const).map((actor) =>
      String(market.id(actor)),
    );
    const fields = "reader document { kind owner tradeId draftId }";
    const rows = await ask<{ reader: string; document: { kind: string } }>("documentReaders", fields);
    const readersOf = (kind: string) => rows.filter(({ document }) => document.kind === kind);
    const auditor = wallets.auditor.wallet.address;
    const [contract, invoice] = [readersOf("contract"), readersOf("invoice")];
    expect(contract.map(({ reader }) => reader)).to.have.members([seller, buyer, auditor]);
    expect(contract[0]?.document).to.deep.equal({ kind: "contract", owner: seller, tradeId: "1", draftId: null });
    expect(invoice.map(({ reader }) => reader)).to.have.members([supplier, seller, bank, auditor]);
    expect(invoice[0]?.document).to.deep.equal({ kind: "invoice", owner: supplier, tradeId: null, draftId: "1" });
    expect(rows).to.have.length(contract.length + invoice.length);
    expect(said.some(({ en }) => /is no reader: There is no document .* that this account reads/.test(en))).to.equal(
      true,
    );
  });

  it("shows the day in lines that fit a terminal, in both languages", () => {
    const { url, chainId } = chain as LocalChain;
    const running = { chain: { url, chainId }, indexer: indexer as LocalIndexer, operator: operator as LocalOperator };
    for (const language of LANGUAGES) {
      const lines: string[] = [];
      const terminal = new Terminal(language, (text) => lines.push(...text.split("\n")));
      for (const words of said) terminal.say(words);
      showDay(terminal, tradingDay as TradingDay, running);
      expect(lines.length).to.be.greaterThan(100);
      for (const line of lines) expect(width(line), line).to.be.at.most(COLUMNS);
      const all = lines.join("\n");
      for (const actor of ["factory", "hydroStation", "retailer"] as const) {
        const { address, privateKey } = wallets[actor].wallet;
        expect(all).to.include(`\n  ${address}\n  ${privateKey}`);
      }
      expect(all)
        .to.include(String(chainId))
        .and.to.match(language === "zh" ? /公开的开发助记词/ : /public development/);
    }
  });

  it("answers the queries that are there to be pasted", async () => {
    const { market, receivable, readings } = tradingDay as TradingDay;
    type Items = { items: { contracted: number[] }[] };
    const queries = queriesFor({ seller: market.id("hydroStation"), receivable, day: readings.day });
    const [trades, life, prices] = await Promise.all(
      queries.map(({ text }) => (indexer as LocalIndexer).query<Record<string, Record<string, unknown>>>(text)),
    );
    const sales = trades?.participant?.sales as Items;
    const slots = prices?.priceSlots as unknown as Items;
    expect(sales.items.length).to.be.greaterThan(1);
    expect(sales.items[0]?.contracted).to.deep.equal(expected.trades[0]?.contracted);
    expect(life?.receivable?.debt).to.include({ status: "discharged" });
    expect(slots.items).to.have.length(expected.slots.length);
  });

  // They run alike on any readings.
  if (own !== undefined) return;
  describe("and the samples that README.md and sdk/README.md print, after it", () =>
    itRunsTheSamples(() => ({
      ...({ chain, operator, indexer, tradingDay } as Omit<Stack, "deployment">),
      deployment: readFileSync(join(folder, "local", "deployment.json"), "utf8"),
    })));
  describe("as others meet it, in the examples", () =>
    itRunsTheExamples(() => ({
      ...{ rpcUrl: (chain as LocalChain).url, graphqlUrl: (indexer as LocalIndexer).graphqlUrl },
      ...{ operatorUrl: (operator as LocalOperator).url, deployment: join(folder, "local", "deployment.json") },
      trades: expected.trades.length,
    })));
}

const dateOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const deliveryDayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** Those whom the parameters name are enrolled first, in this order. */
const [GRID_COMPANY, BALANCING_ACCOUNT] = [1, 2];

/** The parts of local.json that the day turns on. */
interface Parameters {
  ruleSet: {
    bondRatePercent: string;
    networkTariffYuanPerKWh: Record<string, string>;
    deviation: Record<string, { tolerancePercent: string; ratePercent: string; period: string; payee: string }>;
  };
  zones: { id: number; parent: number; voltage: string }[];
  financeRules: { lateRatePercent: string; daysOff: string[]; workdays: string[] };
}

interface Slot {
  slot: number;
  price: number | null;
  contractedWh: string;
  bilateralWh: string;
  deliveredWh: string;
  averagePrice: number | null;
  trades: number;
}

interface Expected {
  trades: Trade[];
  meters: Map<bigint, Meter>;
  generators: Meter[];
  kwh: Map<string, bigint>;
  retired: { participant: number; wh: bigint };
  slots: Slot[];
  receivable: { dueDay: number; faceFen: bigint; debtor: number; creditor: number; collected: [number, bigint][] };
  financing: { bank: number; units: bigint; paidFen: bigint };
  /** Received less paid. */
  money: Map<number, bigint>;
}

const basisPoints = (percent: string) => BigInt(percent.replace(".", ""));

function isHoliday(day: number, { daysOff, workdays }: Parameters["financeRules"]): boolean {
  if (workdays.includes(dateOf(day))) return false;
  return daysOff.includes(dateOf(day)) || [0, 6].includes(new Date(day * 86_400_000).getUTCDay());
}

function compute(
  { market, readings, meters: ids, trades }: TradingDay,
  legs: readonly PairedLeg[],
  date: string,
  curves: Map<string, number[]>,
  { ruleSet, zones, financeRules }: Parameters,
): Expected {
  const voltageOf = new Map<bigint, { voltage: string; zone: number }>();
  const meters = new Map<bigint, Meter>();
  for (const { place, ...meter } of Object.values(readings.places)) {
    const id = [...ids].find(([known]) => known.name === meter.name)?.[1] as bigint;
    voltageOf.set(id, place);
    const rule = ruleSet.deviation[place.source];
    const deviation: Deviation | undefined =
      rule === undefined || rule.period === "Exempt"
        ? undefined
        : {
            toleranceBp: basisPoints(rule.tolerancePercent),
            rateBp: basisPoints(rule.ratePercent),
            payee: rule.payee === "Buyer" ? "Buyer" : BALANCING_ACCOUNT,
          };
    const metered = curves.get(place.name) ?? [];
    meters.set(id, { id, owner: market.id(place.owner), metered, deviation });
  }
  const accounts = new Map([...market.participants].map(([actor, id]) => [market.address(actor), id]));
  const tariffOf = (voltage: string) =>
    BigInt(Math.round(Number(ruleSet.networkTariffYuanPerKWh[voltage]) * 1e4)) * 10_000n;
  const above = (zone: number): number[] => (zone === 0 ? [] : [zone, ...above(zones[zone - 1]?.parent ?? 0)]);
  const inputs: Inputs = {
    trades: trades.signed.trades,
    orders: trades.signed.orders,
    legs,
    meters,
    participantOf: (account) => accounts.get(account as never) ?? 0,
    tariff: (sellerMeter, buyerMeter) => {
      const [from, to] = [voltageOf.get(sellerMeter), voltageOf.get(buyerMeter)];
      const common = above(from?.zone ?? 0).find((zone) => above(to?.zone ?? 0).includes(zone)) ?? 1;
      const saved = tariffOf(zones[common - 1]?.voltage ?? "");
      const whole = tariffOf(to?.voltage ?? "");
      return whole > saved ? whole - saved : 0n;
    },
    bondBp: basisPoints(ruleSet.bondRatePercent),
    lateMeter: ids.get(readings.places.rooftop) as bigint,
  };
  const settled = recompute(inputs);
  const generators = Object.values(readings.places)
    .filter(({ place }) => place.direction === "generation")
    .map((meter) => meters.get(ids.get(meter) as bigint) as Meter);
  const actor = (name: Someone) => market.id(name);

  const money = new Map([...market.participants.values()].map((id) => [id, 0n]));
  const pay = (from: number, to: number, fen: bigint) => {
    money.set(from, (money.get(from) ?? 0n) - fen);
    money.set(to, (money.get(to) ?? 0n) + fen);
  };
  for (const trade of settled.trades) {
    if (!trade.onTerms) pay(trade.buyer, trade.seller, trade.energyFen);
    pay(trade.buyer, GRID_COMPANY, trade.networkFen);
    pay(trade.seller, trade.deviationPayee, trade.deviationFen);
    // What came late is invoiced, less the charge that was set off, and paid three days after the last day of payment.
    if (trade.sellerMeter !== inputs.lateMeter) continue;
    const unpaidFen = trade.energyFen - trade.deviationFen;
    pay(trade.buyer, trade.seller, halfUp(unpaidFen * basisPoints(financeRules.lateRatePercent) * 3n, 3_600_000n));
  }
  const owed = settled.trades.find(({ onTerms }) => onTerms) as Trade;
  const passedOn = (owed.energyFen * 30n) / 100n;
  const units = owed.energyFen - passedOn;
  // Due sixty days after delivery, or on the next business day; accepted two days after delivery, at 3.65 % a year of 360.
  let dueDay = deliveryDayNumber(date) + 60;
  while (isHoliday(dueDay, financeRules)) dueDay += 1;
  const daysToDue = BigInt(dueDay - deliveryDayNumber(date) - 2);
  const paidFen = halfUp(units * (3_600_000n - 365n * daysToDue), 3_600_000n);
  const bank = actor("bankB");
  pay(bank, owed.seller, paidFen);
  pay(owed.buyer, actor("supplier"), passedOn);
  pay(owed.buyer, bank, units);

  const kwh = new Map<string, bigint>();
  const credit = (participant: number, meter: bigint, wh: bigint) =>
    kwh.set(`${participant} ${meter}`, (kwh.get(`${participant} ${meter}`) ?? 0n) + wh);
  for (const { buyer, sellerMeter, delivered } of settled.trades) credit(buyer, sellerMeter, sum(delivered));
  for (const { id, owner, metered } of generators) {
    const sold = settled.trades.filter(({ sellerMeter }) => sellerMeter === id);
    credit(
      owner,
      id,
      sum(
        metered.map((wh, slot) => Math.max(0, wh - Number(sum(sold.map(({ contracted }) => contracted[slot] ?? 0))))),
      ),
    );
  }
  const hydro = ids.get(readings.places.hydro) as bigint;
  const used = sum(meters.get(ids.get(readings.places.factory) as bigint)?.metered ?? []);
  const held = kwh.get(`${actor("factory")} ${hydro}`) ?? 0n;
  const wh = [held, used].reduce((a, b) => (a < b ? a : b));
  credit(actor("factory"), hydro, -wh);

  return {
    ...settled,
    meters,
    generators,
    kwh,
    retired: { participant: actor("factory"), wh },
    slots: slotsOf(settled.trades, settled.roundPrice),
    receivable: {
      dueDay,
      faceFen: owed.energyFen,
      debtor: owed.buyer,
      creditor: owed.seller,
      collected: [
        [actor("supplier"), passedOn],
        [bank, units],
      ],
    },
    financing: { bank, units, paidFen },
    money,
  };
}

type Someone = "bankB" | "supplier" | "factory";

/** All sellers of the day stand in the one zone that was priced. */
function slotsOf(trades: readonly Trade[], roundPrice: readonly number[]): Slot[] {
  return roundPrice.flatMap((price, slot) => {
    const here = trades.filter(({ contracted }) => (contracted[slot] ?? 0) > 0);
    if (here.length === 0 && price === 0) return [];
    const contractedWh = sum(here.map(({ contracted }) => contracted[slot] ?? 0));
    const amount = sum(
      here.map(({ contracted, price: own }) => BigInt(contracted[slot] ?? 0) * BigInt(own[slot] ?? 0)),
    );
    return [
      {
        slot,
        price: price === 0 ? null : price,
        contractedWh: String(contractedWh),
        bilateralWh: String(
          sum(here.filter(({ bilateral }) => bilateral).map(({ contracted }) => contracted[slot] ?? 0)),
        ),
        deliveredWh: String(sum(here.map(({ delivered }) => delivered[slot] ?? 0))),
        averagePrice: contractedWh === 0n ? null : Number(halfUp(amount, contractedWh)),
        trades: here.length,
      },
    ];
  });
}
