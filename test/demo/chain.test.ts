import { createServer } from "node:http";
import { expect } from "chai";
import { LocalChain } from "../../demo/local/chain.ts";
import { freePort } from "../../demo/local/port.ts";

describe("the local chain", () => {
  const startsAt = Date.UTC(2026, 0, 1) / 1000;
  let chain: LocalChain;

  before(async () => {
    chain = await LocalChain.start({ startsAt, port: "any" });
  });
  after(() => chain.stop());

  it("begins at the given time", async () => {
    expect(await chain.blockNumber()).to.equal(0);
    expect(await chain.now()).to.equal(startsAt);
  });

  it("takes no fee and caps a transaction as Osaka does", async () => {
    const block = await chain.request<{ baseFeePerGas: string }>("eth_getBlockByNumber", ["latest", false]);
    expect(Number(block.baseFeePerGas)).to.equal(0);
    const [from] = await chain.request<string[]>("eth_accounts");
    const tooMuch = { from, to: from, gas: `0x${(16_777_217).toString(16)}`, gasPrice: "0x0" };
    const failure = await chain.request("eth_sendTransaction", [tooMuch]).catch((error: Error) => error);
    expect(failure).to.be.instanceOf(Error);
  });

  it("lets time jump forward, never back", async () => {
    await chain.moveTo(startsAt + 86_400);
    expect(await chain.now()).to.equal(startsAt + 86_400);
    await chain.moveBy(900);
    expect(await chain.now()).to.equal(startsAt + 87_300);
    const failure = await chain.moveTo(startsAt).catch((error: Error) => error);
    expect(failure)
      .to.be.instanceOf(Error)
      .with.property("message")
      .matches(/only moves forward/);
  });

  it("has a number of its own, so that nobody takes it for an earlier chain", async () => {
    const other = await LocalChain.start({ startsAt, port: "any" });
    expect(other.chainId).not.to.equal(chain.chainId);
    await other.stop();
    expect(other.process.isRunning).to.equal(false);
  });

  it("says so when its port is taken", async () => {
    const port = await freePort();
    const server = createServer().listen(port, "127.0.0.1");
    process.env.DUJIANG_RPC_PORT = String(port);
    const failure = await LocalChain.start({ startsAt }).catch((error: Error) => error);
    delete process.env.DUJIANG_RPC_PORT;
    server.close();
    expect(failure).to.be.instanceOf(Error).with.property("message").includes("DUJIANG_RPC_PORT");
  });
});
