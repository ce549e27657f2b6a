import { expect } from "chai";
import { describeStatus, majority, quorum, statusOf } from "../../../scripts/network/status.ts";
import { vote } from "../../../scripts/network/vote.ts";
import { StubNode } from "./stubNode.ts";
import { QUICKSTART } from "./vectors.ts";

const VALIDATORS = QUICKSTART.validators.map(({ address }) => address);
const STRANGER = "0x4592c8e45706cc08b8f44b11e43cba0cfc5892cb";

const EVERY_NODE = {
  web3_clientVersion: "besu/v26.8.0",
  net_peerCount: "0x4",
  eth_getBlockByNumber: { number: "0x10", timestamp: "0x64" },
};
const VALIDATOR = {
  ...EVERY_NODE,
  qbft_getValidatorsByBlockNumber: VALIDATORS,
  qbft_getPendingVotes: { [STRANGER]: true },
  qbft_getSignerMetrics: [{ address: VALIDATORS[0], proposedBlockCount: "0x2", lastProposedBlockNumber: "0xf" }],
  qbft_proposeValidatorVote: true,
  qbft_discardValidatorVote: true,
};

describe("validators that vote", () => {
  let nodes: StubNode[];
  let urls: string[];
  beforeEach(async () => {
    nodes = [new StubNode(VALIDATOR), new StubNode(VALIDATOR), new StubNode(EVERY_NODE)];
    urls = await Promise.all(nodes.map((node) => node.start()));
  });
  afterEach(() => {
    for (const node of nodes) node.stop();
  });
  const refusal = (action: Promise<unknown>) =>
    action.then(
      () => expect.fail("it was not refused"),
      ({ message }: Error) => message,
    );

  it("are each asked once, and it is said how many it takes", async () => {
    const { en: sentence } = await vote(urls.slice(0, 2), "add", STRANGER);
    expect(sentence).to.match(/^2 of 4 validators vote on 0x4592\w+: it becomes a validator once 3 do/);
    for (const { asked } of nodes.slice(0, 2)) {
      expect(asked.at(-1)).to.deep.equal(["qbft_proposeValidatorVote", [STRANGER, true]]);
    }
    await vote([urls[0]!], "remove", VALIDATORS[3]!);
    expect(nodes[0]!.asked.at(-1)).to.deep.equal(["qbft_proposeValidatorVote", [VALIDATORS[3], false]]);
    await vote([urls[0]!], "discard", VALIDATORS[3]!);
    expect(nodes[0]!.asked.at(-1)).to.deep.equal(["qbft_discardValidatorVote", [VALIDATORS[3]]]);
  });

  it("are not asked for what is so already, or by who is none", async () => {
    expect(await refusal(vote([urls[0]!], "add", VALIDATORS[0]!))).to.match(/is a validator already/);
    expect(await refusal(vote([urls[0]!], "remove", STRANGER))).to.match(/is not a validator/);
    expect(await refusal(vote(urls, "add", STRANGER))).to.match(/refuses qbft_\w+: Method not enabled\.$/);
    for (const { asked } of nodes) expect(asked.map(([method]) => method)).to.not.include("qbft_proposeValidatorVote");
  });

  it("show how the network is, and rpc nodes what they know", async () => {
    const validator = describeStatus(await statusOf(urls[0]!, 110_000)).map(({ en }) => en);
    expect(validator[0]).to.equal(`${urls[0]}: block 16, 10 s old; 4 peers; besu/v26.8.0`);
    expect(validator[1]).to.match(/4 validators, 3 of them must agree/);
    expect(validator[2]).to.equal(`  ${VALIDATORS[0]} made block 15 last`);
    expect(validator[3]).to.equal(`  ${VALIDATORS[1]} made none of the last 100 blocks`);
    expect(validator.at(-1)).to.equal(`  votes for taking in ${STRANGER}`);
    expect(describeStatus(await statusOf(urls[2]!, 110_000))).to.have.length(1);
  });

  it("are said not to answer when they do not", async () => {
    expect(await refusal(statusOf("http://127.0.0.1:9"))).to.match(/^No node answers at http:\/\/127\.0\.0\.1:9/);
    expect(await refusal(statusOf("127.0.0.1:8545"))).to.match(/is not the address of a node/);
  });

  it("need two thirds for a block and more than half for a change", () => {
    expect([1, 3, 4, 5, 6, 7].map(quorum)).to.deep.equal([1, 2, 3, 4, 4, 5]);
    expect([1, 2, 3, 4, 5].map(majority)).to.deep.equal([1, 2, 2, 3, 3]);
  });
});
