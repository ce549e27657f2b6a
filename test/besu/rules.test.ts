import { connect } from "node:net";
import { expect } from "chai";
import { Interface, Wallet } from "ethers";
import hre from "hardhat";
import { wallets } from "../../demo/local/wallets.ts";
import { BesuNode, chainAt } from "./besuNode.ts";
import { ERRORS, LIMITS } from "./contract.ts";
import { type Answer, RULES } from "./rules.ts";

/** Deploys ten bytes of code, which revert with their call data. */
const REVERTER = "0x600a600c600039600a6000f3366000600037366000fd";
const REFUSED = new Interface(["error Refused(uint256 limit)"]).encodeErrorResult("Refused", [7n]);
const REASON = new Interface(["error Error(string)"]).encodeErrorResult("Error", ["too late"]);
const GWEI = 1_000_000_000n;
const BLOCKS = 6_000;

const hex = (value: number | bigint) => `0x${value.toString(16)}`;

describe("A node with Besu's rules before a chain that is friendlier", () => {
  const rich = new Wallet(wallets.factory.wallet.privateKey);
  /** Holds nothing. */
  const poor = new Wallet(`0x${"5c".repeat(32)}`);
  const stranger = new Wallet(`0x${"5d".repeat(32)}`);
  let server: Awaited<ReturnType<typeof hre.network.createServer>>;
  let bareUrl: string;
  let bare: ReturnType<typeof chainAt>;
  let besu: ReturnType<typeof chainAt>;
  let node: BesuNode;
  let chainId: number;
  let reverter: string;

  before(async () => {
    // Without a cap on gas, and with a pool: blocks come only when they are asked for.
    const override = { transactionGasCap: false, mining: { auto: false, interval: 0 } } as const;
    server = await hre.network.createServer({ network: "default", override }, "127.0.0.1", 0);
    const { port } = await server.listen();
    bareUrl = `http://127.0.0.1:${port}`;
    bare = chainAt(bareUrl);
    chainId = Number(await bare.read("eth_chainId"));
    const deployment = await bare.read<string>("eth_sendRawTransaction", [
      await sign(rich, 0, { data: REVERTER, to: null }),
    ]);
    await bare.read("hardhat_mine", [hex(BLOCKS)]);
    const receipt = await bare.read<{ contractAddress: string }>("eth_getTransactionReceipt", [deployment]);
    reverter = receipt.contractAddress;
    node = await BesuNode.start(bareUrl, [rich.address, poor.address]);
    besu = chainAt(node.url);
  });
  after(async () => {
    await node?.stop();
    await server?.close();
  });

  const sign = (wallet: Wallet, nonce: number, more: object = {}) =>
    wallet.signTransaction({
      ...{ type: 2, chainId, nonce, to: stranger.address, gasLimit: 1_000_000n },
      ...{ maxFeePerGas: 0n, maxPriorityFeePerGas: 0n, ...more },
    });
  const codeOf = (answer: Answer) => ("error" in answer ? answer.error.code : undefined);
  const tested = new Set<string>();

  /** A test of one rule by its name. */
  function rule(name: string, test: () => Promise<void>): void {
    tested.add(name);
    it(name, test);
  }

  /** What the chain answers and the node refuses. */
  async function expectRefused(method: string, params: unknown[], error: object): Promise<void> {
    expect(await bare.ask(method, params), `${method} of the chain`).to.have.property("result");
    expect(await besu.ask(method, params), `${method} of the node`).to.deep.equal({ error });
  }

  /** What both refuse, each in its own words. */
  async function expectOtherWords(method: string, params: unknown[], error: object): Promise<void> {
    const answer = await bare.ask(method, params);
    expect(answer).to.have.property("error");
    expect(answer).not.to.deep.equal({ error });
    expect(await besu.ask(method, params)).to.deep.equal({ error });
  }

  rule("has no methods but those of ETH, NET and WEB3", async () => {
    for (const [method, params] of [
      ["evm_mine", []],
      ["hardhat_metadata", []],
      ["hardhat_setBalance", [stranger.address, "0x0"]],
      ["eth_coinbase", []],
    ] as const) {
      await expectRefused(method, [...params], { code: -32601, message: "Method not found" });
    }
    const trace = [{ from: rich.address, to: stranger.address }, "latest"];
    await expectRefused("debug_traceCall", trace, { code: -32604, message: "Method not enabled" });
    for (const method of ["eth_chainId", "net_version", "web3_clientVersion"]) {
      expect(await besu.ask(method)).to.deep.equal(await bare.ask(method));
    }
  });

  rule("keeps no accounts", async () => {
    expect(await bare.read("eth_accounts")).to.have.length.greaterThan(0);
    expect(await besu.read("eth_accounts")).to.deep.equal([]);
  });

  rule("signs nothing", async () => {
    const [from] = await bare.read<string[]>("eth_accounts");
    await expectRefused("eth_sendTransaction", [{ from, to: from, gasPrice: "0x0" }], ERRORS.sendTransaction);
    await bare.read("evm_mine");
  });

  rule("asks for no fee", async () => {
    expect(BigInt(await bare.read<string>("eth_gasPrice"))).to.equal(GWEI);
    expect(BigInt(await bare.read<string>("eth_maxPriorityFeePerGas"))).to.equal(GWEI);
    expect(await besu.read("eth_gasPrice")).to.equal("0x0");
    expect(await besu.read("eth_maxPriorityFeePerGas")).to.equal("0x0");
  });

  rule("knows no finalized and no safe block", async () => {
    for (const tag of ["finalized", "safe"]) {
      await expectRefused("eth_getBlockByNumber", [tag, false], { code: -39001, message: "Unknown block" });
      await expectRefused("eth_getBalance", [rich.address, tag], { code: -39001, message: "Unknown block" });
    }
    expect(await besu.ask("eth_getBlockByNumber", ["latest", false])).to.have.nested.property("result.hash");
  });

  rule("reads block numbers in hexadecimal only", async () => {
    await expectRefused("eth_getBlockByNumber", ["12", false], ERRORS.blockParameter);
  });

  rule("knows nothing of blocks to come", async () => {
    const params = [{ to: reverter }, hex(BLOCKS * 2)];
    expect(await bare.ask("eth_call", params)).to.have.property("error");
    expect(await besu.ask("eth_call", params)).to.deep.equal({ result: null });
    expect(await besu.ask("eth_getBlockByNumber", [hex(BLOCKS * 2), false])).to.deep.equal({ result: null });
  });

  rule("gives logs of 5,000 blocks at a time", async () => {
    const range = (fromBlock: number, toBlock: number) => [{ fromBlock: hex(fromBlock), toBlock: hex(toBlock) }];
    await expectRefused("eth_getLogs", range(0, 5_001), ERRORS.range);
    await expectRefused("eth_getLogs", [{ fromBlock: "earliest", toBlock: "latest" }], ERRORS.range);
    expect(await besu.ask("eth_getLogs", range(0, 5_000))).to.deep.equal({ result: [] });
  });

  rule("gives logs of blocks that are there, by number or latest", async () => {
    const head = Number(await bare.read("eth_blockNumber"));
    const range = (fromBlock: unknown, toBlock: unknown) => [{ fromBlock, toBlock }];
    await expectRefused("eth_getLogs", range(hex(head - 9), hex(head + 1)), ERRORS.blockNumber);
    await expectRefused("eth_getLogs", range(hex(head - 9), "finalized"), ERRORS.blockNumber);
    await expectRefused("eth_getLogs", range("safe", "latest"), ERRORS.blockNumber);
    expect(await besu.ask("eth_getLogs", range(hex(head), hex(head - 9)))).to.deep.equal({ error: ERRORS.blockNumber });
    expect(await besu.ask("eth_getLogs", range(hex(head - 9), hex(head)))).to.deep.equal({ result: [] });
    expect(await besu.ask("eth_getLogs", range(hex(head - 9), "latest"))).to.deep.equal({ result: [] });
    const { hash } = await besu.read<{ hash: string }>("eth_getBlockByNumber", [hex(head), false]);
    expect(await besu.ask("eth_getLogs", [{ blockHash: hash }])).to.deep.equal({ result: [] });
  });

  rule("caps the fee of a transaction", async () => {
    const raw = [await sign(rich, 1, { gasLimit: 10_000_001n, maxFeePerGas: 100n * GWEI })];
    await expectRefused("eth_sendRawTransaction", raw, ERRORS.feeCap);
    await bare.read("evm_mine");
  });

  rule("takes transactions of its own chain", async () => {
    await expectOtherWords("eth_sendRawTransaction", [await sign(poor, 0, { chainId: 1 })], ERRORS.chainId);
    await expectOtherWords("eth_sendRawTransaction", ["0x02c0"], ERRORS.transaction);
  });

  rule("caps the gas of a transaction", async () => {
    const limited = (gasLimit: bigint) => sign(poor, 0, { gasLimit });
    await expectRefused("eth_sendRawTransaction", [await limited(16_777_217n)], ERRORS.gasCap);
    await bare.read("evm_mine");
    const raw = await sign(poor, 1, { gasLimit: LIMITS.gasOfTransaction });
    expect(await besu.ask("eth_sendRawTransaction", [raw])).to.have.property("result");
    await bare.read("evm_mine");
  });

  rule("takes transactions of accounts on its list", async () => {
    await expectRefused("eth_sendRawTransaction", [await sign(stranger, 0)], ERRORS.notAllowed);
    await bare.read("evm_mine");
  });

  rule("takes no offer of a fee that the account cannot pay", async () => {
    const nonce = Number(await bare.read("eth_getTransactionCount", [poor.address, "latest"]));
    // As a client does that believes what the chain says of its price.
    const price = BigInt(await bare.read<string>("eth_gasPrice"));
    const dear = await sign(poor, nonce, { maxFeePerGas: price });
    await expectOtherWords("eth_sendRawTransaction", [dear], ERRORS.balance);
    const legacy = await poor.signTransaction({
      type: 0,
      chainId,
      nonce,
      to: poor.address,
      gasLimit: 21_000n,
      gasPrice: 1n,
    });
    await expectOtherWords("eth_sendRawTransaction", [legacy], ERRORS.balance);
    expect(await besu.ask("eth_sendRawTransaction", [await sign(poor, nonce)])).to.have.property("result");
    await bare.read("evm_mine");
  });

  rule("takes a nonce once", async () => {
    await expectOtherWords("eth_sendRawTransaction", [await sign(poor, 0, { value: 0n })], ERRORS.nonceTooLow);
  });

  rule("keeps five nonces of an account in flight", async () => {
    const first = Number(await bare.read("eth_getTransactionCount", [poor.address, "latest"]));
    for (let nonce = first; nonce < first + 5; nonce += 1) {
      expect(await besu.ask("eth_sendRawTransaction", [await sign(poor, nonce)])).to.have.property("result");
    }
    await expectRefused("eth_sendRawTransaction", [await sign(poor, first + 5)], ERRORS.nonceTooFar);
    await bare.read("evm_mine");
    expect(await besu.ask("eth_sendRawTransaction", [await sign(poor, first + 6)])).to.have.property("result");
    await bare.read("evm_mine");
  });

  rule("takes a transaction once", async () => {
    const nonce = Number(await bare.read("eth_getTransactionCount", [poor.address, "latest"]));
    const raw = [await sign(poor, nonce)];
    await besu.read("eth_sendRawTransaction", raw);
    await expectOtherWords("eth_sendRawTransaction", raw, ERRORS.known);
    await bare.read("evm_mine");
  });

  rule("reports a reverting transaction in its receipt only", async () => {
    const nonce = Number(await bare.read("eth_getTransactionCount", [poor.address, "latest"]));
    const reverting = (more: number) => sign(poor, nonce + more, { to: reverter, data: REFUSED });
    await bare.read("evm_setAutomine", [true]);
    expect(codeOf(await bare.ask("eth_sendRawTransaction", [await reverting(0)]))).not.to.equal(undefined);
    const hash = await besu.read("eth_sendRawTransaction", [await reverting(1)]);
    const { status } = await besu.read<{ status: string }>("eth_getTransactionReceipt", [hash]);
    expect(status).to.equal("0x0");
    await bare.read("evm_setAutomine", [false]);
  });

  rule("answers a reverting call with code 3 and what the contract said", async () => {
    for (const method of ["eth_call", "eth_estimateGas"]) {
      const said = (data: string) => [{ to: reverter, data }];
      await expectOtherWords(method, said(REFUSED), { code: 3, message: "Execution reverted", data: REFUSED });
      await expectOtherWords(method, said(REASON), { code: 3, message: "Execution reverted (too late)", data: REASON });
      await expectOtherWords(method, said("0x"), { code: 3, message: "Execution reverted", data: "0x" });
    }
  });

  it("takes batches of 1,024", async () => {
    const batch = async (url: string, length: number) => {
      const calls = Array.from({ length }, (_, id) => ({ jsonrpc: "2.0", id, method: "eth_chainId" }));
      const response = await fetch(url, { method: "POST", body: JSON.stringify(calls) });
      return (await response.json()) as { error: object }[];
    };
    expect(await batch(bareUrl, 1_025)).to.have.length(1_025);
    expect(await batch(node.url, 1_025)).to.deep.equal({ jsonrpc: "2.0", id: null, error: ERRORS.batch });
    expect(await batch(node.url, 1_024)).to.have.length(1_024);
  });

  it("takes 80 connections", async () => {
    const fresh = await BesuNode.start(node.url);
    const { port } = new URL(fresh.url);
    const open = () => {
      const socket = connect(Number(port), "127.0.0.1");
      // Turned away at once, or still there a little later.
      const isKept = new Promise<boolean>((done) => {
        socket.on("close", () => done(false)).on("error", () => done(false));
        setTimeout(() => done(true), 300);
      });
      return { socket, isKept };
    };
    const sockets = Array.from({ length: 81 }, open);
    const kept = await Promise.all(sockets.map(({ isKept }) => isKept));
    expect(kept.filter(Boolean)).to.have.length(80);
    for (const { socket } of sockets) socket.destroy();
    await fresh.stop();
  });

  it("has a test for each rule", () => {
    expect([...tested].sort()).to.deep.equal(RULES.map(({ name }) => name).sort());
  });
});
