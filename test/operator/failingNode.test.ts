import { expect } from "chai";
import { ContractFactory } from "ethers";
import { type Address, type EIP1193RequestFn, http } from "viem";
import type { OpenDatabase } from "../../operator/db/openDatabase.ts";
import { countOn } from "../../operator/exchange/rounds/numbers.ts";
import { legs } from "../../operator/exchange/tables.ts";
import { refusalFor } from "../../operator/gateway/failure.ts";
import { transactions } from "../../operator/sending/tables.ts";
import { isSigned, type Platform, platformOf } from "../../sdk/index.ts";
import { asBesu } from "../besu/asBesu.ts";
import { ERRORS } from "../besu/contract.ts";
import { type Member, TestMarket } from "../utils/market.ts";
import { testArtifact } from "../utils/testArtifact.ts";
import { emptyTables, openTables } from "./utils/databases.ts";
import { behindTheDoor, finish, keep, signedOrder } from "./utils/day.ts";
import { band } from "./utils/desk.ts";
import { MARGIN } from "./utils/margin.ts";
import { type Call, type Fault, serveNode } from "./utils/node.ts";

const INTERNAL = { error: { code: -32603, message: "Internal error" } };
const BEHIND = { error: { code: -32000, message: "World state unavailable" } };
const TIMEOUT = { error: { code: -32002, message: "Timeout expired" } };
const QUOTA = { error: { code: -32000, message: "daily quota of gas estimates exceeded" } };

/** What a proxy or a node may answer any question with, which says nothing of the chain. */
const FAULTS: Record<string, Fault> = {
  ...{ "401": { status: 401 }, "429": { status: 429 }, "502": { status: 502 }, "503": { status: 503 } },
  ...{ silence: "silence", INTERNAL, BEHIND, TIMEOUT, QUOTA },
};

/** What a node may answer a transaction with, and how the journal has it then. */
const SENDING: Record<string, { error: { code: number; message: string }; state: "signed" | "sent" }> = {
  known: { error: ERRORS.known, state: "sent" },
  nonceTooLow: { error: ERRORS.nonceTooLow, state: "sent" },
  nonceTooFar: { error: ERRORS.nonceTooFar, state: "signed" },
  underpriced: { error: { code: -32000, message: "Replacement transaction underpriced" }, state: "signed" },
  poolFull: { error: { code: -32000, message: "txpool is full" }, state: "signed" },
  feeTooLow: { error: { code: -32009, message: "Gas price below current base fee" }, state: "signed" },
  notListed: { error: ERRORS.notAllowed, state: "signed" },
  failing: { ...INTERNAL, state: "signed" },
  behind: { ...BEHIND, state: "signed" },
};

describe("a node that fails", function () {
  this.timeout(300_000);
  let market: TestMarket;
  let database: OpenDatabase;
  let node: Awaited<ReturnType<typeof serveNode>>;
  let platform: Platform;
  let seller: Member;
  let buyer: Member;
  let nonce = 0;
  let fails: (call: Call) => Fault | undefined = () => undefined;

  before(async () => {
    market = await TestMarket.create();
    market.marginFen = MARGIN;
    database = await openTables();
    [seller, buyer] = [await market.generator("solarPlant"), await market.consumer("factory")];
    const { provider } = market.inProcess.connection;
    node = await serveNode(asBesu(provider.request.bind(provider) as unknown as EIP1193RequestFn), (call) =>
      fails(call),
    );
    const contracts = Object.fromEntries(
      Object.entries(market.inProcess.addresses).map(([name, address]) => [name, { address }]),
    );
    platform = platformOf(
      { network: "failing", chainId: 31_337, startBlock: 1, contracts: contracts as never },
      http(node.url, { batch: { batchSize: 100 }, retryDelay: 1, timeout: 1_000 }),
    );
  });
  beforeEach(async () => {
    fails = () => undefined;
    await emptyTables(database.db);
    await countOn(database.db, market.platform);
  });
  after(async () => {
    await node?.close();
    await database?.close();
  });

  /** A leg that waits to be opened. */
  async function cleared() {
    const order = async (side: "sell" | "buy", price: number) => {
      nonce += 1;
      const terms = { bands: [band(40, 60, 1_000, price)], day: market.today + 2, nonce, continuous: true };
      return signedOrder(market, side, side === "sell" ? seller : buyer, terms);
    };
    await keep(database.db, market.platform, [await order("sell", 30_000), await order("buy", 32_000)]);
    const { desk, submitter } = behindTheDoor(database.db, platform, [market.account("marketOperator")]);
    await desk.matchOpen();
    return submitter;
  }
  const legStates = async () => (await database.db.select().from(legs)).map(({ state }) => state);
  const failing = (method: string, fault: Fault) => (call: Call) => (call.method === method ? fault : undefined);

  it("never ends a leg: it waits, and is opened once the node answers", async () => {
    for (const [name, fault] of Object.entries(FAULTS)) {
      await emptyTables(database.db);
      await countOn(database.db, market.platform);
      const submitter = await cleared();
      fails = failing("eth_estimateGas", fault);
      const error = await submitter.step().catch((reason: unknown) => reason);
      expect(error, name).to.be.instanceOf(Error);
      expect(await legStates(), name).to.deep.equal(["pending"]);
      fails = () => undefined;
      await finish(submitter);
      expect(await legStates(), name).to.deep.equal(["opened"]);
    }
  });

  it("decides nothing by what it says of a transaction, which is brought to the chain once", async () => {
    for (const [word, { error, state }] of Object.entries(SENDING)) {
      await emptyTables(database.db);
      await countOn(database.db, market.platform);
      const submitter = await cleared();
      fails = failing("eth_sendRawTransaction", { error });
      await submitter.step().catch(() => undefined);
      const [sent, ...more] = await database.db.select().from(transactions);
      expect([sent?.state, more], word).to.deep.equal([state, []]);
      fails = () => undefined;
      // A node that said it has it, and forgot it, is sent it again after ten seconds: by another life at once.
      const next = behindTheDoor(database.db, platform, [market.account("marketOperator")]);
      await finish(next.submitter);
      expect(await legStates(), word).to.deep.equal(["opened"]);
      expect(await database.db.$count(transactions), word).to.equal(1);
    }
  });

  it("is no wallet's refusal, which is asked for as the escrow asks", async () => {
    const { connection, wallet } = market.inProcess;
    const deploy = async (name: string, ...args: unknown[]) => {
      const { abi, bytecode } = await testArtifact("test/utils/Wallets.sol", name);
      const deployed = await new ContractFactory(abi, bytecode, wallet("deployer")).deploy(...args);
      return new connection.ethers.Contract(await deployed.getAddress(), abi, wallet("deployer"));
    };
    const hostile = await deploy("HostileWallet", buyer.account.address);
    const digest = `0x${"ab".repeat(32)}` as const;
    const signature = await buyer.account.sign({ hash: digest });
    const signed = () => isSigned(digest, signature, hostile.target as Address, platform.client);
    const answers: boolean[] = [];
    for (const spite of [0, 1, 2, 3, 4, 5]) {
      await (await hostile.getFunction("setSpite")(spite)).wait();
      answers.push(await signed());
    }
    expect(answers).to.deep.equal([true, false, false, false, false, false]);
    expect(await isSigned(digest, signature, seller.account.address, platform.client)).to.equal(false);
    for (const [name, fault] of Object.entries(FAULTS)) {
      fails = failing("eth_call", fault);
      const error = await signed().catch((reason: unknown) => reason);
      expect(error, name).to.be.instanceOf(Error);
      expect(refusalFor(error)?.code, name).to.equal("ChainAway");
    }
  });
});
