import { expect } from "chai";
import { JsonRpcProvider } from "ethers";
import { createClient, type EIP1193RequestFn, http } from "viem";
import { call, estimateGas, sendRawTransaction } from "viem/actions";
import { explain, isOfNode, nodeErrorOf, refusalOf } from "../../sdk/index.ts";
import { ERRORS } from "../besu/contract.ts";
import { type Fault, serveNode } from "../operator/utils/node.ts";

const SOMEBODY = `0x${"1".repeat(40)}` as const;
const HASH = `0x${"ab".repeat(32)}`;

/** What nodes say under load and of what they are sent, and what it means. */
const WORDS: [word: string, error: { code: number; message: string }][] = [
  ["failing", { code: -32603, message: "Internal error" }],
  ["failing", { code: -32002, message: "Timeout expired" }],
  ["failing", { code: -32000, message: "request timed out" }],
  ["failing", { code: 429, message: "Your app has exceeded its compute units, gas included" }],
  ["behind", { code: -32000, message: "World state unavailable" }],
  ["behind", ERRORS.unknownBlock],
  ["feeTooLow", { code: -32009, message: "Gas price below current base fee" }],
  ["feeTooLow", { code: -32009, message: "Gas price below configured minimum gas price" }],
  ["feeTooLow", { code: -32000, message: "max fee per gas less than block base fee: address 0x1, maxFeePerGas: 0" }],
  ["underpriced", { code: -32000, message: "Replacement transaction underpriced" }],
  ["poolFull", { code: -32000, message: "txpool is full" }],
  ["known", ERRORS.known],
  ["known", { code: -32000, message: "already known" }],
  ["nonceTooLow", ERRORS.nonceTooLow],
  ["nonceTooLow", { code: -32000, message: "nonce too low: next nonce 5, tx nonce 4" }],
  ["nonceTooFar", ERRORS.nonceTooFar],
  ["cannotPay", ERRORS.balance],
  ["notListed", ERRORS.notAllowed],
  ["tooMuchGas", ERRORS.gasCap],
  ["tooMuchGas", { code: -32000, message: "Transaction ran out of gas" }],
  ["tooMuchGas", { code: -32000, message: "gas required exceeds allowance (16777216)" }],
  ["other", ERRORS.range],
  ["other", { code: -32000, message: "daily quota of gas estimates exceeded" }],
];

/** What stands before a node, or nothing at all. */
const SILENCES: [status: number | undefined, fault: Fault][] = [
  [401, { status: 401 }],
  [429, { status: 429 }],
  [502, { status: 502, body: { error: "execution reverted: out of gas" } }],
  [503, { status: 503, body: { jsonrpc: "2.0", id: 1, error: { code: -32000, message: "out of gas" } } }],
  [undefined, "silence"],
];

describe("what an error says of a node", () => {
  let fault: Fault | undefined;
  let node: Awaited<ReturnType<typeof serveNode>>;
  before(async () => {
    node = await serveNode((async () => "0x1") as EIP1193RequestFn, () => fault);
  });
  after(() => node.close());

  /** The errors of every way in which libraries here ask a node. */
  async function errors(): Promise<unknown[]> {
    const options = { retryCount: 0, timeout: fault === "silence" ? 100 : 20_000 };
    const [client, batching] = [
      createClient({ transport: http(node.url, options) }),
      createClient({ transport: http(node.url, { ...options, batch: true }) }),
    ];
    const asked = [
      call(client, { to: SOMEBODY }),
      estimateGas(client, { to: SOMEBODY }),
      estimateGas(batching, { to: SOMEBODY }),
      sendRawTransaction(client, { serializedTransaction: "0x02" }),
    ];
    return Promise.all(
      asked.map((answer) =>
        answer.then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );
  }

  for (const [word, error] of WORDS) {
    it(`"${error.message}" means ${word}`, async () => {
      fault = { error };
      for (const found of await errors()) {
        expect(nodeErrorOf(found)).to.deep.equal({ kind: "refused", word, ...error });
        expect(refusalOf(found)).to.equal(undefined);
        expect(explain(found)).to.match(/^[A-Z].*\.$/);
        expect(explain(found, "zh")).to.match(/\p{Script=Han}.*。$/u);
      }
    });
  }

  for (const [status, silence] of SILENCES) {
    it(`${status ?? "silence"} is no answer, whatever the request or the proxy says`, async () => {
      fault = silence;
      for (const found of await errors()) {
        expect(nodeErrorOf(found)).to.deep.equal({ kind: "unanswered", status });
        expect(isOfNode(found)).to.equal(true);
        expect(explain(found, "zh")).to.match(/^节点没有应答.*。$/);
      }
    });
  }

  it("is the same through ethers", async () => {
    const provider = new JsonRpcProvider(node.url, 31_337, { staticNetwork: true, batchMaxCount: 1, cacheTimeout: -1 });
    const ask = () => provider.estimateGas({ to: SOMEBODY }).catch((error: unknown) => error);
    fault = { error: { code: -32603, message: "Internal error" } };
    expect(nodeErrorOf(await ask())).to.deep.include({ kind: "refused", word: "failing" });
    fault = { status: 401 };
    expect(nodeErrorOf(await ask())).to.deep.equal({ kind: "unanswered", status: 401 });
    fault = { error: { code: 3, message: "execution reverted" } };
    expect(nodeErrorOf(await ask())).to.deep.equal({ kind: "reverted", data: "0x" });
    provider.destroy();
  });

  it("is a revert by its code, its bytes or a node's own words for it", async () => {
    const answers = [
      { code: 3, message: "Execution reverted", data: "0x" },
      { code: -32000, message: "execution reverted" },
      { code: -32000, message: "Execution reverted", data: "0x12345678" },
    ];
    for (const error of answers) {
      fault = { error };
      const [called] = await errors();
      expect(nodeErrorOf(called)).to.deep.equal({ kind: "reverted", data: error.data ?? "0x" });
      expect(isOfNode(called)).to.equal(false);
    }
  });

  it("is no revert where the bytes are something else's, and nothing where no node was asked", () => {
    const hash = { code: -32000, message: "Transaction was not sealed", data: HASH };
    expect(nodeErrorOf(hash)).to.deep.include({ kind: "refused", word: "other" });
    for (const error of [undefined, null, 7, "text", new Error("out of gas"), { code: 4001, message: "no" }])
      expect(nodeErrorOf(error)).to.equal(undefined);
  });
});
