import { expect } from "chai";
import { LocalIndexer } from "../../demo/local/indexer.ts";
import { DOCUMENTS } from "./documentStory.ts";
import { EventChain } from "./eventChain.ts";
import { emitKpiStory } from "./kpiStory.ts";
import { itKeepsAccess } from "./rooms/access.ts";
import { itServes } from "./rooms/api.ts";
import { itIsAsked } from "./rooms/asked.ts";
import { itKeepsCredit } from "./rooms/credit.ts";
import { itKeepsDebts } from "./rooms/debts.ts";
import { itKeepsEnergy } from "./rooms/energy.ts";
import { itKeepsFinance } from "./rooms/finance.ts";
import { itKeepsIdentity } from "./rooms/identity.ts";
import { itCountsKpis } from "./rooms/kpi.ts";
import { itKeepsTheMarket } from "./rooms/market.ts";
import { itKeepsMetering } from "./rooms/metering.ts";
import { comeNearAPickedBlock, itFindsMissingReadings } from "./rooms/missing.ts";
import { itKeepsMoney } from "./rooms/money.ts";
import { itKeepsRecords } from "./rooms/records.ts";
import { itKeepsSettlement } from "./rooms/settlement.ts";
import { JUNK, STORY } from "./story.ts";

/** One chain and one indexer for all rooms: each says in its own file what it is asked and answers. */
describe("Indexer", () => {
  const environment = { ...process.env };
  let chain: EventChain;
  let indexer: LocalIndexer;

  before(async function () {
    this.timeout(300_000);
    chain = await EventChain.start(1_795_000_000);
    await chain.emit([...STORY, ...DOCUMENTS, ...JUNK]);
    await emitKpiStory(chain);
    await comeNearAPickedBlock(chain);
    process.env.DUJIANG_DEPLOYMENTS = chain.deployments;
    delete process.env.DATABASE_URL;
    indexer = await LocalIndexer.start({ network: chain.network, rpcUrl: chain.chain.url, port: "any" });
    await indexer.caughtUpWith(await chain.chain.blockNumber());
  });

  after(async () => {
    process.env = environment;
    await indexer?.stop();
    await chain?.stop();
  });

  describe("access", () => itKeepsAccess(() => indexer));
  describe("identity", () => itKeepsIdentity(() => indexer));
  describe("metering", () => itKeepsMetering(() => indexer));
  describe("money", () => itKeepsMoney(() => indexer));
  describe("energy", () => itKeepsEnergy(() => indexer));
  describe("debts", () => itKeepsDebts(() => indexer));
  describe("market", () => itKeepsTheMarket(() => indexer));
  describe("settlement", () => itKeepsSettlement(() => indexer));
  describe("finance", () => itKeepsFinance(() => indexer));
  describe("credit", () => itKeepsCredit(() => indexer));
  describe("records", () => itKeepsRecords(() => indexer));
  describe("as it is asked", () => itIsAsked(() => indexer));
  describe("kpi", () =>
    itCountsKpis(
      () => indexer,
      () => chain,
    ));

  it("is not stopped by what strangers can make the contracts emit", async () => {
    const answer = await indexer.query<Record<string, { totalCount: number }>>(`{
      depositTransfers { totalCount } kwhBalances { totalCount } receivableUnits { totalCount }
    }`);
    expect(answer).to.deep.equal({
      ...{ depositTransfers: { totalCount: 5 }, kwhBalances: { totalCount: 4 }, receivableUnits: { totalCount: 7 } },
    });
  });

  describe("metering, weeks later", () =>
    itFindsMissingReadings(
      () => indexer,
      () => chain,
    ));
  describe("api", () =>
    itServes(
      () => indexer,
      () => chain,
    ));
});
