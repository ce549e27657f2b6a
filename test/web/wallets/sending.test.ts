import { expect } from "chai";
import { custom, encodeErrorResult, type Hex, zeroHash } from "viem";
import { depositTokenErrors } from "../../../sdk/chain/abi/index.ts";
import { platformOf } from "../../../sdk/chain/client.ts";
import { CONTRACTS } from "../../../sdk/chain/contracts.ts";
import { lockMargin } from "../../../sdk/market/margin.ts";
import { dryRun, type Stage, send } from "../../../web/wallets/sending.ts";

const ACCOUNT = "0x00000000000000000000000000000000000000a1";
const HASH: Hex = `0x${"12".repeat(32)}`;
const REFUSAL = encodeErrorResult({
  abi: depositTokenErrors,
  errorName: "DepositToken_InsufficientFree",
  args: [7, 100n, 30n],
} as never);

type Answer = () => unknown;

/** A node that answers each method by the next of its answers, the last one for good. */
function nodeOf(answers: Record<string, Answer[]>) {
  const asked: { method: string; params: unknown }[] = [];
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    asked.push({ method, params });
    const next = answers[method];
    if (next === undefined) throw new Error(`Nobody expected ${method}.`);
    return (next.length > 1 ? next.shift()! : next[0]!)();
  };
  const contracts = Object.fromEntries(
    CONTRACTS.map((name, at) => [name, { address: `0x${String(at + 1).padStart(40, "0")}` }]),
  );
  const deployment = { network: "test", chainId: 1, startBlock: 0, contracts } as never;
  return { asked, platform: platformOf(deployment, custom({ request }, { retryCount: 0 })) };
}

const takes: Answer = () => "0x";
const refuses: Answer = () => {
  throw { code: 3, message: "execution reverted", data: REFUSAL };
};
const receipt =
  (status: "0x0" | "0x1"): Answer =>
  () => ({
    ...{ status, transactionHash: HASH, blockHash: zeroHash, blockNumber: "0x2a", transactionIndex: "0x0", logs: [] },
    ...{ from: ACCOUNT, to: ACCOUNT, cumulativeGasUsed: "0x1", gasUsed: "0x1", effectiveGasPrice: "0x0", type: "0x2" },
  });

/** A wallet that does what it is asked, and remembers it. */
function walletThat(answer: Answer) {
  const asked: { method: string; params?: unknown }[] = [];
  const request = async (call: { method: string; params?: unknown }) => {
    asked.push(call);
    return answer();
  };
  return { asked, provider: { request } };
}

describe("sending a transaction", () => {
  it("asks the node before any wallet, and says the chain's reason in both languages", async () => {
    const { platform } = nodeOf({ eth_call: [refuses] });
    const found = await dryRun(lockMargin(platform, 100n), { platform, account: ACCOUNT });
    expect(found.stage).to.equal("refused");
    const { why } = found as Stage & { stage: "refused" };
    expect(why.en).to.contain("0.30").and.not.contain("DepositToken_");
    expect(why.zh)
      .to.match(/[一-龥]/)
      .and.contain("0.30");
  });

  it("goes from the wallet to its block, and counts as done there and not before", async () => {
    const { platform } = nodeOf({ eth_call: [takes], eth_getTransactionReceipt: [() => null, receipt("0x1")] });
    const call = lockMargin(platform, 100n);
    expect(await dryRun(call, { platform, account: ACCOUNT })).to.deep.equal({ stage: "ready" });
    const { asked, provider } = walletThat(() => HASH);
    const seen: Stage[] = [];
    const end = await send(call, { platform, account: ACCOUNT, provider }, (stage) => seen.push(stage));
    expect(seen).to.deep.equal([{ stage: "asking" }, { stage: "pending", hash: HASH }]);
    expect(end).to.deep.equal({ stage: "included", hash: HASH, block: 42n });
    const [{ method, params }] = asked as [{ method: string; params: [Record<string, string>] }];
    expect(method).to.equal("eth_sendTransaction");
    expect(params[0]).to.include({ from: ACCOUNT, to: call.address, maxFeePerGas: "0x0" });
  });

  it("says what the wallet's owner refused, and that nothing was sent", async () => {
    const { platform } = nodeOf({});
    const { provider } = walletThat(() => {
      throw { code: 4001, message: "User rejected the request." };
    });
    const end = await send(lockMargin(platform, 1n), { platform, account: ACCOUNT, provider }, () => {});
    expect(end).to.include({ stage: "refused" }).and.not.have.property("hash");
    expect((end as Stage & { stage: "refused" }).why.zh).to.contain("您已在钱包中拒绝");
  });

  it("finds the reason of a transaction that a block has and the chain refused", async () => {
    const { platform } = nodeOf({ eth_call: [refuses], eth_getTransactionReceipt: [receipt("0x0")] });
    const { provider } = walletThat(() => HASH);
    const end = await send(lockMargin(platform, 1n), { platform, account: ACCOUNT, provider }, () => {});
    expect(end).to.include({ stage: "refused", hash: HASH });
    expect((end as Stage & { stage: "refused" }).why.en).to.contain("0.30");
  });

  it("goes on waiting while the node is away", async () => {
    const away: Answer = () => {
      throw Object.assign(new Error("away"), { name: "HttpRequestError", status: 503 });
    };
    const { platform } = nodeOf({ eth_getTransactionReceipt: [away, receipt("0x1")] });
    const { provider } = walletThat(() => HASH);
    const end = await send(lockMargin(platform, 1n), { platform, account: ACCOUNT, provider }, () => {});
    expect(end.stage).to.equal("included");
  });
});
