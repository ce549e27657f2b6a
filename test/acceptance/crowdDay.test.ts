import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { readContract } from "viem/actions";
import { type ClearingStatement, Exchange } from "../../demo/day/exchange.ts";
import { assetNumber } from "../../demo/day/meters.ts";
import { LocalChain } from "../../demo/local/chain.ts";
import { LocalIndexer } from "../../demo/local/indexer.ts";
import { LocalOperator } from "../../demo/local/operator.ts";
import { loadMeterDays } from "../../intake/index.ts";
import { deployPlatform } from "../../scripts/deploy/deployPlatform.ts";
import {
  buildOrder,
  type Curve,
  contractOf,
  curvesToBands,
  dayOf,
  formatDay,
  marketOf,
  type Platform,
  parseDay,
  platformOf,
  readEvents,
  readMeterDays,
  readOrderConditions,
  readRules,
  SLOTS,
  signOrder,
  startOfDay,
} from "../../sdk/index.ts";
import { randomOf } from "../operator/utils/random.ts";
import { Crowd, type CrowdMember, type Newcomer } from "../utils/crowd.ts";
import { sum } from "./recompute.ts";

const DAY = parseDay("2026-09-15");
const ZONE = 4;
const HOUR = 3_600;
/** 20 run-of-river stations, 30 solar plants, 150 customers. */
const [HYDRO, SOLAR, CUSTOMERS] = [20, 30, 150];
/** One home of the real readings stands for an estate of so many. */
const HOMES = "100";
const FUNDS_FEN = 10_000_000n;

const real = new URL("../../../shared/data/ausgrid-customer12-2011-2012.csv", import.meta.url);
const data = (name: string) => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));

interface Party extends CrowdMember {
  metered: Curve;
}

interface Statement extends ClearingStatement {
  lines: {
    trade: string;
    state: string;
    contractedWh: string;
    deliveredWh: string;
    payments: { item: string; payer: number; payee: number; amountFen: string; dueDay: string | null }[];
  }[];
}

interface IndexedTrade {
  id: string;
  status: string;
  sellerId: number;
  buyerId: number;
  contracted: number[];
  contractedWh: string;
  deliveredWh: string;
  energyFen: string;
  networkFen: string;
  deviationFen: string;
}

describe("a day of 200 participants, from orders and readings over HTTP to statements", function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), "dujiang-crowd-"));
  let [chain, indexer, operator]: [LocalChain?, LocalIndexer?, LocalOperator?] = [];
  let platform: Platform;
  let exchange: Exchange;
  let parties: Party[];
  let trades: IndexedTrade[];
  let statements: Map<number, Statement>;

  before(async () => {
    process.env.DUJIANG_DEPLOYMENTS = folder;
    const local = await LocalChain.start({ startsAt: startOfDay(DAY - 2) + 10 * HOUR, port: "any" });
    chain = local;
    const deployment = await deployPlatform({ network: "local", localUrl: local.url, folder });
    platform = platformOf(deployment, local.url);
    operator = await LocalOperator.start({ network: "local", rpcUrl: local.url, port: "any" });
    exchange = new Exchange(operator, "en");

    const curves = await meteredCurves(folder);
    const members = await Crowd.gather(platform, ZONE, dayOf(await local.now()), curves.map(newcomer));
    parties = members.map((member, index) => ({ ...member, metered: curves[index]!.curve }));
    const indexing = LocalIndexer.start({ network: "local", rpcUrl: local.url, port: "any" });
    indexing.catch(() => {});

    await local.moveTo(startOfDay(DAY - 1) + 14 * HOUR);
    await handInOrders(exchange, platform, parties);
    const { cutOffLeadSeconds } = await readRules(platform);
    await local.moveTo(startOfDay(DAY) - cutOffLeadSeconds);
    await operator.process.until("done with clearing and opening", async () => {
      const rounds = await exchange.rounds(ZONE, DAY);
      return rounds.length > 0 && rounds.every(({ state }) => state === "submitted") ? rounds : undefined;
    });

    await local.moveTo(startOfDay(DAY + 1) + HOUR);
    await exchange.noticeTime();
    await exchange.readings(
      parties.map(({ meter, metered: curve }) => ({ assetNumber: assetNumber(meter), day: DAY, curve })),
    );
    await operator.process.until("done with reporting", async () => {
      const meters = parties.map(({ meter }) => meter);
      const days = await readMeterDays(platform, meters, DAY);
      return days.every(({ state }) => state === "Reported") || undefined;
    });
    const registry = contractOf(platform, "MeterRegistry");
    const { objectionHours } = await readContract(platform.client, {
      ...registry,
      functionName: "windowsOf",
      args: [DAY],
    });
    await local.moveBy(objectionHours * HOUR + 60);
    const opened = await readEvents(platform, "TradeEscrow", ["TradeOpened"]);
    await operator.process.until(
      "done with settling",
      async () => {
        const settled = await readEvents(platform, "TradeEscrow", ["TradeSettled"]);
        return settled.length === opened.length ? true : undefined;
      },
      300_000,
    );

    indexer = await indexing;
    await indexer.caughtUpWith(await local.blockNumber(), { seal: () => local.seal() });
    const fields = `id status sellerId buyerId contracted contractedWh deliveredWh energyFen networkFen deviationFen`;
    const answer = await indexer.query<{ trades: { items: IndexedTrade[] } }>(
      `{ trades(limit: 1000) { items { ${fields} } } }`,
    );
    trades = answer.trades.items;
    const everybody = [1, 2, ...parties.map(({ participant }) => participant)];
    const stated = await Promise.all(everybody.map((participant) => exchange.statement(participant, DAY)));
    statements = new Map(stated.map((statement, index) => [everybody[index]!, statement as Statement]));
  });

  after(async () => {
    await indexer?.stop();
    await operator?.stop();
    await chain?.stop();
    delete process.env.DUJIANG_DEPLOYMENTS;
    rmSync(folder, { recursive: true, force: true });
  });

  it("trades in every quarter-hour, in few trades, all of them settled by the meter", () => {
    const traded = Array.from({ length: SLOTS }, (_, slot) =>
      sum(trades.map(({ contracted }) => contracted[slot] ?? 0)),
    );
    expect(traded.every((wh) => wh > 0n)).to.equal(true);
    expect(trades.length)
      .to.be.greaterThan(100)
      .and.to.be.at.most(2 * parties.length);
    expect(new Set(trades.map(({ status }) => status))).to.deep.equal(new Set(["settled"]));
    const active = new Set(trades.flatMap(({ sellerId, buyerId }) => [sellerId, buyerId]));
    expect(active.size).to.be.greaterThan(140);
    const isShort = ({ contractedWh, deliveredWh }: IndexedTrade) => BigInt(deliveredWh) < BigInt(contractedWh);
    expect(trades.some(isShort)).to.equal(true);
    expect(trades.every(isShort)).to.equal(false);
  });

  it("delivers of each meter what it measured, and no more", () => {
    for (const { participant, source, metered } of parties.filter(({ source }) => source !== "None")) {
      const sales = trades.filter(({ sellerId }) => sellerId === participant);
      const sold = Array.from({ length: SLOTS }, (_, slot) =>
        Number(sum(sales.map((sale) => sale.contracted[slot] ?? 0))),
      );
      const due = sum(sold.map((wh, slot) => Math.min(wh, metered[slot] ?? 0)));
      expect([source, sum(sales.map(({ deliveredWh }) => BigInt(deliveredWh)))]).to.deep.equal([source, due]);
    }
  });

  it("states for each of them what GraphQL serves, to the fen", () => {
    for (const { participant } of parties) {
      const { isFinal, lines, totals } = statements.get(participant) as Statement;
      const own = trades.filter(({ sellerId, buyerId }) => sellerId === participant || buyerId === participant);
      const stated = lines.map(({ payments, ...line }) => ({
        ...[line].map(({ trade, state, contractedWh, deliveredWh }) => ({
          trade,
          state,
          contractedWh,
          deliveredWh,
        }))[0],
        ...Object.fromEntries(payments.map(({ item, amountFen }) => [item, amountFen])),
      }));
      const indexed = own.map((trade) => ({
        ...{ trade: trade.id, state: trade.status },
        ...{ contractedWh: trade.contractedWh, deliveredWh: trade.deliveredWh },
        ...paid({ energy: trade.energyFen, deviationCharge: shareOf(participant, trade) }),
        ...(trade.buyerId === participant ? paid({ networkCharge: trade.networkFen }) : {}),
      }));
      const byTrade = (a: { trade?: string }, b: { trade?: string }) => Number(a.trade) - Number(b.trade);
      expect(stated.sort(byTrade)).to.deep.equal(indexed.sort(byTrade));
      expect(isFinal).to.equal(true);
      const wh = (rows: IndexedTrade[]) => String(sum(rows.map(({ deliveredWh }) => BigInt(deliveredWh))));
      expect(totals.soldWh).to.equal(wh(own.filter(({ sellerId }) => sellerId === participant)));
      expect(totals.boughtWh).to.equal(wh(own.filter(({ buyerId }) => buyerId === participant)));
    }
  });

  it("states the change of all deposits, which adds up to zero", async () => {
    const { depositAccounts, margins } = await (indexer as LocalIndexer).query<{
      depositAccounts: { items: { participantId: number; balanceFen: string; heldFen: string; issuedFen: string }[] };
      margins: { items: { participantId: number; lockedFen: string }[] };
    }>(`{
      depositAccounts(limit: 1000) { items { participantId balanceFen heldFen issuedFen } }
      margins(limit: 1000) { items { participantId lockedFen } }
    }`);
    const accounts = new Map(depositAccounts.items.map((row) => [row.participantId, row]));
    const locked = new Map(margins.items.map((row) => [row.participantId, row.lockedFen]));
    for (const [participant, { totals }] of statements) {
      const { balanceFen = "0", heldFen = "0", issuedFen = "0" } = accounts.get(participant) ?? {};
      const change = BigInt(balanceFen) - BigInt(issuedFen);
      // Of what was drawn of margin, all has come back or was paid.
      const marginFen = locked.get(participant) ?? "0";
      expect([participant, totals.netFen, heldFen]).to.deep.equal([participant, String(change), marginFen]);
    }
    expect(sum([...statements.values()].map(({ totals }) => BigInt(totals.netFen)))).to.equal(0n);
    const charges = sum(trades.map(({ networkFen }) => BigInt(networkFen)));
    expect(statements.get(1)?.totals.netFen).to.equal(String(charges));
    expect(charges > 0n).to.equal(true);
  });

  /** A charge for falling short goes to the buyer of solar power, and to the balancing account for hydro power. */
  function shareOf(participant: number, { sellerId, deviationFen }: IndexedTrade): string {
    const isSolar = parties.find((party) => party.participant === sellerId)?.source === "Solar";
    return participant === sellerId || isSolar ? deviationFen : "0";
  }
});

/** Payments of nothing are none. */
const paid = (items: Record<string, string>) =>
  Object.fromEntries(Object.entries(items).filter(([, fen]) => fen !== "0"));

interface MeteredCurve {
  source: Newcomer["source"];
  curve: Curve;
}

const newcomer = ({ source, curve }: MeteredCurve): Newcomer => ({
  source,
  capacityW: Math.max(...curve) * 4 + 1,
  fundsFen: FUNDS_FEN,
});

/** Typical hydro power, and the days of one real home as other plants and customers; typical ones where there is none. */
async function meteredCurves(folder: string): Promise<MeteredCurve[]> {
  const hydro = (await typical("generation", ["hydro-station"], 1)).map(({ curve }) => curve)[0]!;
  const draw = randomOf(200);
  const stations = Array.from({ length: HYDRO }, () => {
    const share = 20 + Math.floor(draw() * 60);
    return { source: "HydroRunOfRiver" as const, curve: hydro.map((wh) => Math.floor((wh * share) / 100)) };
  });
  const others = existsSync(real) ? await homes(folder) : await typicalOthers();
  return [...stations, ...others];
}

async function homes(folder: string): Promise<MeteredCurve[]> {
  const dates = Array.from({ length: SOLAR + CUSTOMERS }, (_, index) => formatDay(parseDay("2011-10-05") + index));
  const name = (date: string) => `home ${date}`;
  const direction = (index: number) => (index < SOLAR ? "generation" : "consumption");
  const mapping = {
    ...{ zone: "UTC+10", resolutionMinutes: 30, unit: "kW" },
    layout: { rows: "intervals", time: { columns: [1], format: "yyyy-MM-dd HH:mm:ss", marks: "start" } },
    meters: dates.map((date, index) => ({
      ...{ meter: name(date), direction: direction(index), scale: HOMES },
      column: index < SOLAR ? "GG" : "GC",
    })),
  };
  const file = join(folder, "homes.mapping.json");
  writeFileSync(file, JSON.stringify(mapping));
  const picks = dates.map((source) => ({ source, as: formatDay(DAY), meters: [name(source)] }));
  const read = await loadMeterDays(fileURLToPath(real), file, picks);
  return read.map(({ direction, curve }) => ({ source: direction === "generation" ? "Solar" : "None", curve }));
}

async function typicalOthers(): Promise<MeteredCurve[]> {
  const plants = await typical("generation", ["solar-plant", "rooftop-solar"], SOLAR);
  const customers = await typical(
    "consumption",
    ["factory", "shopping-centre", "household", "charging-depot"],
    CUSTOMERS,
  );
  return [
    ...plants.map((plant) => ({ ...plant, source: "Solar" as const })),
    ...customers.map((use) => ({ ...use, source: "None" as const })),
  ];
}

/** Curves of some meters, one after the other, month after month. */
async function typical(kind: string, meters: string[], count: number): Promise<{ curve: Curve }[]> {
  const dates = Array.from({ length: 12 }, (_, month) => `2026-${String(1 + ((month + 8) % 12)).padStart(2, "0")}-15`);
  const picks = dates.map((date) => ({ source: date, as: date, meters }));
  const read = await loadMeterDays(data(`typical-${kind}.csv`), data(`typical-${kind}.mapping.json`), picks);
  return Array.from({ length: count }, (_, index) => read[index % read.length]!);
}

/** Everybody whose slots hold a lot signs one order: half of the sellers offer more than they will have. */
async function handInOrders(exchange: Exchange, platform: Platform, parties: readonly Party[]): Promise<void> {
  const draw = randomOf(15);
  const market = marketOf(platform);
  const { lotWh } = await readRules(platform);
  for (const { account, meter, source, metered } of parties) {
    const side = source === "None" ? "buy" : "sell";
    const percent = side === "buy" ? 100 : 70 + Math.floor(draw() * 60);
    const yuan = side === "buy" ? 140 + Math.floor(draw() * 110) : 75 + Math.floor(draw() * 120);
    const energy = everyTwoHours(metered).map((wh) => Math.floor((wh * percent) / 100));
    const limit = Math.max(...metered);
    const bands = curvesToBands(
      energy.map((wh) => lotWh * Math.floor(Math.min(wh, limit) / lotWh)),
      energy.map(() => yuan * 100),
    );
    if (bands.length === 0) continue;
    const input = { side, trader: account.address, meter, day: DAY, bands } as const;
    await exchange.order(
      await signOrder(buildOrder(input, await readOrderConditions(platform, meter, DAY)), market, account),
    );
  }
}

/** The mean of each two hours, as people forecast. */
const everyTwoHours = (curve: Curve): Curve =>
  curve.map((_, slot) => {
    const stretch = curve.slice(slot - (slot % 8), slot - (slot % 8) + 8);
    return Math.floor(stretch.reduce((total, wh) => total + wh, 0) / stretch.length);
  });
