import { expect } from "chai";
import { eq } from "drizzle-orm";
import { type EIP1193RequestFn, type Hex, parseTransaction, recoverTransactionAddress } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import type { OpenDatabase } from "../../operator/db/openDatabase.ts";
import { legs } from "../../operator/exchange/tables.ts";
import { transactions } from "../../operator/sending/tables.ts";
import { ROLES, type SignedOrder } from "../../sdk/index.ts";
import { asBesu } from "../besu/asBesu.ts";
import { TestMarket } from "../utils/market.ts";
import { emptyTables, openTables } from "./utils/databases.ts";
import { behindTheDoor, dayOfOrders, finalState, finish, keepDay, SMALL_GAS, withBlocks } from "./utils/day.ts";

const ORDERS = 24;

type Taking = (raw: Hex, sender: Hex, pass: () => Promise<unknown>) => Promise<unknown>;

describe("several keys of the market operator", function () {
  this.timeout(300_000);
  let market: TestMarket;
  let database: OpenDatabase;
  let signed: SignedOrder[];
  let keys: PrivateKeyAccount[];
  let ofOneKey: Awaited<ReturnType<typeof finalState>>;
  let snapshot: string;

  const ask = (method: string, params: unknown[] = []): Promise<string> =>
    market.inProcess.connection.provider.request({ method, params }) as Promise<string>;
  const mine = () => ask("evm_mine");
  const addressOf = (index: number) => keys[index]?.address.toLowerCase() as Hex;

  before(async () => {
    market = await TestMarket.create();
    database = await openTables();
    const own = market.account("marketOperator");
    keys = [own, privateKeyToAccount(`0x${"a1".repeat(32)}`), privateKeyToAccount(`0x${"b2".repeat(32)}`)];
    for (const { address } of keys.slice(1)) {
      await market.inProcess.contract("AccessManager", "council").grantRole(ROLES.MARKET_OPERATOR, address, 0);
    }
    signed = await dayOfOrders(market, ORDERS);
    await ask("evm_setAutomine", [false]);
    snapshot = await ask("evm_snapshot");
    await startOver();
    await finish(await cleared([own]));
    ofOneKey = await finalState(database.db, market.platform);
  });
  beforeEach(startOver);
  after(() => database?.close());

  it("share the rounds of a day, which ends as with one", async () => {
    await finish(await cleared(keys));
    await expectTheSame();
    expect(new Set((await sent()).map(({ sender }) => sender)).size).to.equal(keys.length);
  });

  it("go on without one that lacks the role", async () => {
    const stranger = privateKeyToAccount(`0x${"7".repeat(64)}`);
    await finish(await cleared([stranger, ...keys]));
    await expectTheSame();
    expect((await sent()).filter(({ sender }) => sender === stranger.address.toLowerCase())).to.deep.equal([]);
  });

  it("go on without one whose transactions the network does not take, and with it once it does", async () => {
    let isListed = false;
    const submitter = await cleared(keys, async (_, sender, pass) => {
      if (isListed || sender !== addressOf(1)) return pass();
      throw Object.assign(new Error("Sender account not authorized to send transactions"), { code: -32007 });
    });
    for (let steps = 0; steps < 60; steps += 1) expect(await submitter.step()).to.equal(true);
    const left = (await sent()).filter(({ state }) => state !== "sealed");
    expect(new Set(left.map(({ sender }) => sender))).to.deep.equal(new Set([addressOf(1)]));
    expect(left.map(({ state }) => state)).to.include("signed");
    const waiting = await database.db.$count(legs, eq(legs.state, "submitted"));
    expect(waiting).to.be.greaterThan(0);
    expect(await database.db.$count(legs, eq(legs.state, "opened"))).to.be.greaterThan(0);
    isListed = true;
    await finish(submitter);
    await expectTheSame();
  });

  it("go on when somebody else uses one of them", async () => {
    const { client } = market.platform;
    let isTaken = false;
    const submitter = await cleared(keys, async (raw, sender, pass) => {
      if (!isTaken && sender === addressOf(2)) {
        isTaken = true;
        const nonce = parseTransaction(raw).nonce ?? 0;
        const fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };
        const other = { type: "eip1559", chainId: client.chain.id, nonce, gas: 21_000n, to: sender, ...fees } as const;
        await ask("eth_sendRawTransaction", [await keys[2]?.signTransaction(other)]);
        await mine();
      }
      return pass();
    });
    await finish(submitter);
    await expectTheSame();
    const lost = (await sent()).filter(({ state }) => state === "lost");
    expect(lost.map(({ sender }) => sender)).to.deep.equal([addressOf(2)]);
  });

  async function startOver(): Promise<void> {
    await ask("evm_revert", [snapshot]);
    snapshot = await ask("evm_snapshot");
    await emptyTables(database.db);
    await keepDay(database.db, market, signed);
  }

  /** What submits a cleared day with some keys, over a node that takes transactions as set. */
  async function cleared(accounts: PrivateKeyAccount[], take: Taking = (_, __, pass) => pass()) {
    const taking = (request: EIP1193RequestFn): EIP1193RequestFn =>
      (async (call: { method: string; params: [Hex] }) => {
        const pass = () => request(call as never);
        if (call.method !== "eth_sendRawTransaction") return pass();
        const [serializedTransaction] = call.params;
        const sender = await recoverTransactionAddress({
          serializedTransaction: serializedTransaction as `0x02${string}`,
        });
        return take(serializedTransaction, sender.toLowerCase() as Hex, pass);
      }) as EIP1193RequestFn;
    const platform = market.through((request) => taking(withBlocks(asBesu(request), mine)));
    const { desk, submitter } = behindTheDoor(database.db, platform, accounts, { transactionGas: SMALL_GAS });
    await desk.clearClosed();
    await desk.matchOpen();
    return submitter;
  }

  function sent() {
    return database.db.select().from(transactions).orderBy(transactions.id);
  }

  async function expectTheSame(): Promise<void> {
    await mine();
    expect(await finalState(database.db, market.platform)).to.deep.equal(ofOneKey);
  }
});
