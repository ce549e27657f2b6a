import { expect } from "chai";
import { Wallet } from "ethers";
import { custom, type Hex, numberToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { ethersContract, NO_FEE } from "../../sdk/chain/ethers.ts";
import {
  CONTRACTS,
  connect,
  contractOf,
  type Deployment,
  DeploymentError,
  marketOf,
  walletOf,
} from "../../sdk/index.ts";
import { TestMarket } from "../utils/market.ts";

describe("connect", () => {
  const genesisHash: Hex = `0x${"ab".repeat(32)}`;
  const contracts = Object.fromEntries(
    CONTRACTS.map((name, index) => [name, { address: numberToHex(index + 1, { size: 20 }) }]),
  );
  const deployment = { network: "consortium", chainId: 20258, genesisHash, startBlock: 7, contracts } as Deployment;
  const node = (chainId: number, hash: Hex) =>
    custom({
      request: async ({ method }: { method: string }) =>
        method === "eth_chainId" ? numberToHex(chainId) : { hash, number: "0x0", timestamp: "0x0", transactions: [] },
    });

  it("reaches the contracts of a deployment", async () => {
    const platform = await connect(deployment, node(20258, genesisHash));
    expect(platform.startBlock).to.equal(7n);
    expect(marketOf(platform)).to.deep.equal({ chainId: 20258, escrow: deployment.contracts.TradeEscrow.address });
    expect(contractOf(platform, "KwhToken").address).to.equal(deployment.contracts.KwhToken.address);
  });

  it("refuses a node on another chain, even one with the same id", async () => {
    for (const other of [node(1, genesisHash), node(20258, `0x${"cd".repeat(32)}`)]) {
      const error = await connect(deployment, other).catch((reason: unknown) => reason as Error);
      expect(error).to.be.instanceOf(DeploymentError);
      expect((error as Error).message).to.include("point it at the right node");
    }
  });
});

describe("transactions", function () {
  this.timeout(300_000);

  it("are sent without fees by viem and by ethers, from accounts that hold nothing", async () => {
    const market = await TestMarket.create();
    const { platform, inProcess } = market;
    const { provider } = inProcess.connection.ethers;
    const stranger = privateKeyToAccount(`0x${"5c".repeat(32)}`);
    expect(await provider.getBalance(stranger.address)).to.equal(0n);
    const [escrow, day] = [contractOf(platform, "TradeEscrow"), market.today + 2];
    const hash = await walletOf(platform, stranger).writeContract({
      ...escrow,
      functionName: "cancel",
      args: [0, day, [1]],
    });
    expect(await provider.getTransaction(hash)).to.include({ type: 2, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n });

    const contracts = Object.fromEntries(CONTRACTS.map((name) => [name, { address: platform.addresses[name] }]));
    const wallet = new Wallet(`0x${"5c".repeat(32)}`, provider);
    const bound = ethersContract({ contracts } as Deployment, "TradeEscrow", wallet);
    await (await bound.cancel(0, day, [2], NO_FEE)).wait();
    expect(await bound.isNonceUsed(stranger.address, 0, day, 1)).to.equal(true);
    expect(await bound.isNonceUsed(stranger.address, 0, day, 2)).to.equal(true);
    expect(await bound.isNonceUsed(stranger.address, 0, day, 3)).to.equal(false);
  });
});
