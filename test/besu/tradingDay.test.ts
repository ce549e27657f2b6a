import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { JsonRpcProvider, Wallet } from "ethers";
import { deliveryDay, firstSecond, runTradingDay, type TradingDay } from "../../demo/day/day.ts";
import { readDay } from "../../demo/day/readings.ts";
import { type ChainOptions, LocalChain } from "../../demo/local/chain.ts";
import { LocalIndexer } from "../../demo/local/indexer.ts";
import { LocalOperator } from "../../demo/local/operator.ts";
import { wallets } from "../../demo/local/wallets.ts";
import { deployPlatform } from "../../scripts/deploy/deployPlatform.ts";
import { ethersContract, NO_FEE } from "../../sdk/chain/ethers.ts";
import { connect, type Deployment, dayOf, evidence } from "../../sdk/index.ts";
import { parametersFor } from "../utils/parametersFor.ts";
import { anvil, isAnvilHere } from "./anvil.ts";
import { BesuNode } from "./besuNode.ts";

interface Setting {
  program?: NonNullable<ChainOptions["program"]>;
  /** Whether blocks come every so often, as validators make them, and not for each transaction. */
  byTheClock: boolean;
  /** Let pass between deployment and trading. */
  emptyBlocks: number;
}

describe("Deployment, trading day, operator, sdk and indexer through a node with Besu's rules", function () {
  this.timeout(600_000);

  describe("before Hardhat's chain, with blocks by the clock", () => {
    // More blocks than one query of logs may span.
    itRuns({ byTheClock: true, emptyBlocks: 6_000 });
  });

  describe("before anvil, with a block for each transaction", () => {
    before(function () {
      if (isAnvilHere()) return;
      console.log("      skipped: npm has no anvil for this system");
      this.skip();
    });
    itRuns({ program: anvil, byTheClock: false, emptyBlocks: 0 });
  });
});

function itRuns({ byTheClock, emptyBlocks, ...options }: Setting): void {
  const environment = { ...process.env };
  const deployer = Wallet.createRandom();
  const people = Object.values(wallets).map(({ wallet }) => wallet.address);
  let [chain, node, operator, indexer]: [LocalChain?, BesuNode?, LocalOperator?, LocalIndexer?] = [];
  let deployment: Deployment;
  let tradingDay: TradingDay;
  let url: string;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "dujiang-besu-"));
    const day = deliveryDay(Date.now() / 1000);
    const local = await LocalChain.start({ ...options, startsAt: firstSecond(day), port: "any" });
    chain = local;
    // On a Besu network nobody has anything to pay a fee with.
    for (const address of people) await local.request("hardhat_setBalance", [address, "0x0"]);
    const blockEvery = async (milliseconds: number) => {
      if (!byTheClock) return;
      await local.request("evm_setAutomine", [false]);
      await local.request("evm_setIntervalMining", [milliseconds]);
    };
    await blockEvery(100);
    node = await BesuNode.start(local.url, [...people, deployer.address]);
    url = node.url;

    Object.assign(process.env, { DUJIANG_DEPLOYMENTS: folder, RPC_URL: url, DEPLOYER_KEY: deployer.privateKey });
    delete process.env.DATABASE_URL;
    const parametersFile = parametersFor(local.chainId, folder);
    deployment = await deployPlatform({ network: "consortium", parametersFile, folder });
    await local.request("hardhat_mine", [`0x${emptyBlocks.toString(16)}`]);

    const clock = { now: () => local.now(), moveTo: (second: number) => local.moveTo(second) };
    const silent = () => {};
    const words = { language: "en", begin: silent, say: silent } as const;
    operator = await LocalOperator.start({ network: "consortium", rpcUrl: url, port: "any" });
    tradingDay = await runTradingDay({ url, ...clock }, deployment, operator, await readDay(day), words);
    // Ponder asks a new node twenty questions a second, about each new block at least one.
    await blockEvery(1_000);
    indexer = await LocalIndexer.start({ network: "consortium", rpcUrl: url, port: "any" });
    await indexer.caughtUpWith(await local.blockNumber(), { seal: () => local.seal() });
  });

  after(async () => {
    await indexer?.stop();
    await operator?.stop();
    await node?.stop();
    await chain?.stop();
    process.env = environment;
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it("costs nobody a fee, because nobody has one to pay", async () => {
    for (const address of [deployer.address, ...people]) {
      expect(BigInt(await (chain as LocalChain).request("eth_getBalance", [address, "latest"]))).to.equal(0n);
    }
  });

  it("proves every trade to the sdk out of the logs", async () => {
    const platform = await connect(deployment, url);
    const { trades } = tradingDay;
    for (const id of [trades.onTerms, trades.cash, trades.late, ...trades.round]) {
      const proof = await evidence(platform, id);
      expect(proof.checks.filter(({ holds }) => !holds)).to.deep.equal([]);
    }
  });

  it("takes transactions of ethers", async () => {
    const provider = new JsonRpcProvider(url, deployment.chainId, { staticNetwork: true, pollingInterval: 100 });
    const escrow = ethersContract(deployment, "TradeEscrow", new Wallet(wallets.factory.wallet.privateKey, provider));
    // No book of the day after the last one traded has closed.
    const day = dayOf((await provider.getBlock("latest"))?.timestamp ?? 0) + 2;
    await (await escrow.cancel(0, day, [99], NO_FEE)).wait();
    expect(await escrow.isNonceUsed(wallets.factory.wallet.address, 0, day, 99)).to.equal(true);
    provider.destroy();
  });

  it("serves the same in GraphQL as on chain, to the fen", async () => {
    const index = indexer as LocalIndexer;
    const { depositAccounts, trades, receivable } = await index.query<{
      depositAccounts: { items: { participantId: number; balanceFen: string; heldFen: string }[] };
      trades: { items: { status: string }[] };
      receivable: { debt: { status: string } };
    }>(`{
      depositAccounts(limit: 1000) { items { participantId balanceFen heldFen } }
      trades(limit: 1000) { items { status } }
      receivable(id: "${tradingDay.receivable}") { debt { status } }
    }`);
    const found = new Map(depositAccounts.items.map((row) => [row.participantId, row]));
    for (const { participant, balanceFen } of tradingDay.statement.lines) {
      const { balanceFen: balance = "0", heldFen = "0" } = found.get(participant) ?? {};
      expect([participant, balance, heldFen]).to.deep.equal([participant, String(balanceFen), "0"]);
    }
    expect(trades.items.map(({ status }) => status)).to.deep.equal(
      Array.from({ length: tradingDay.trades.round.length + 3 }, () => "settled"),
    );
    expect(receivable.debt.status).to.equal("discharged");
  });

  it("asks for nothing that Besu refuses, but for a question of a tool whether this is another kind of node", () => {
    const refused = (node as BesuNode).refused.map(({ method, error }) => `${method}: ${error.message}`);
    expect([...new Set(refused)].sort()).to.deep.equal([
      "eth_call: Execution reverted", // what the day shows to be refused
      "hardhat_getAutomine: Method not found", // Ignition's
    ]);
  });
}
