import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { JsonRpcProvider, Wallet } from "ethers";
import type { Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { LocalChain } from "../../demo/local/chain.ts";
import { deployPlatform } from "../../scripts/deploy/deployPlatform.ts";
import { connect, type Deployment, explain, walletOf } from "../../sdk/index.ts";
import { parametersFor } from "../utils/parametersFor.ts";
import { BesuNode } from "./besuNode.ts";

describe("Refused by a node with Besu's rules", function () {
  this.timeout(120_000);

  const folder = mkdtempSync(join(tmpdir(), "dujiang-refused-"));
  const environment = { ...process.env };
  const account = Wallet.createRandom();
  const allowlist: string[] = [];
  let chain: LocalChain;
  let node: BesuNode;
  let deployment: Deployment;

  before(async () => {
    chain = await LocalChain.start({ startsAt: Date.UTC(2026, 9, 1, 2) / 1000, port: "any" });
    node = await BesuNode.start(chain.url, allowlist);
    Object.assign(process.env, { RPC_URL: node.url, DEPLOYER_KEY: account.privateKey });
  });
  after(async () => {
    process.env = environment;
    await node.stop();
    await chain.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("a deployment says that its account is not on the list, and continues once it is", async () => {
    const parametersFile = parametersFor(chain.chainId, folder);
    const deploy = () => deployPlatform({ network: "consortium", parametersFile, folder });
    const error = await deploy().catch((reason: Error) => reason);
    expect((error as Error).message).to.equal(
      "The deployment stopped. The network does not take transactions of this account: have it put on the network's list of accounts. Then run the same command again.",
    );
    allowlist.push(account.address);
    deployment = await deploy();
    expect(deployment.chainId).to.equal(chain.chainId);
  });

  it("a client learns why, with any library, in both languages", async () => {
    const platform = await connect(deployment, node.url);
    const sender = privateKeyToAccount(account.privateKey as Hex);
    const stranger = privateKeyToAccount(`0x${"5c".repeat(32)}`);
    const send = (from: typeof sender, more: object) => {
      const sent = walletOf(platform, from).sendTransaction({ to: stranger.address, gas: 100_000n, ...more });
      return sent.then(
        () => ["taken", "已接受"],
        (error) => [explain(error, "en"), explain(error, "zh")],
      );
    };
    expect(await send(sender, {})).to.deep.equal(["taken", "已接受"]);
    expect(await send(stranger, {})).to.deep.equal([
      "The network does not take transactions of this account: have it put on the network's list of accounts.",
      "该账户不在网络的账户准入名单中，交易被拒绝：请先将其列入名单。",
    ]);
    const [fee] = await send(sender, { maxFeePerGas: 1n, maxPriorityFeePerGas: 1n });
    expect(fee).to.match(/^The transaction offers a fee .* that the account does not hold: .* fees of 0\.$/);
    const [gas] = await send(sender, { gas: 16_777_217n });
    expect(gas).to.match(/^The transaction asks for more gas than .* 16,777,216: send less at a time\.$/);
    const [far] = await send(sender, { nonce: 1_000 });
    expect(far).to.match(/^Too many transactions of this account wait/);
    const [low, lowZh] = await send(sender, { nonce: 0 });
    expect(low).to.match(/^Another transaction of this account took the same number/);
    expect(lowZh).to.match(/nonce/);
  });

  it("ethers' errors are explained, too, and what has no sentence in the node's words", async () => {
    const provider = new JsonRpcProvider(node.url, chain.chainId, { staticNetwork: true });
    const { address } = account;
    const noFee = { to: address, gasLimit: 100_000n, type: 2, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n, chainId: 1 };
    const signed = await account.signTransaction({ ...noFee, nonce: 50 });
    const error = await provider.broadcastTransaction(signed).catch((reason: unknown) => reason);
    expect(explain(error)).to.equal("The node refused: Wrong chainId.");
    expect(explain(error, "zh")).to.equal("节点拒绝：Wrong chainId。");
    provider.destroy();
  });
});
