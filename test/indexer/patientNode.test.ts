import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createClient, type EIP1193RequestFn } from "viem";
import { getBlockNumber } from "viem/actions";
import { LocalIndexer } from "../../demo/local/indexer.ts";
import { patientNode } from "../../indexer/patientNode.ts";
import type { Deployment } from "../../sdk/chain/deployment.ts";
import { readDeployment } from "../../sdk/chain/readDeployment.ts";
import { asBesu } from "../besu/asBesu.ts";
import { writeDeployment } from "../operator/utils/deployment.ts";
import { type Fault, serveNode } from "../operator/utils/node.ts";
import { TestMarket } from "../utils/market.ts";

const NETWORK = "patient";
const OTHER_GENESIS = `0x${"ab".repeat(32)}`;

describe("the index and its node", function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "dujiang-patient-"));
  const environment = { ...process.env };
  let deployment: Deployment;
  let node: Awaited<ReturnType<typeof serveNode>>;
  let fault: Fault | undefined;
  /** Answers given instead of the chain's, by the method. */
  let instead: Record<string, (params: unknown[]) => unknown> = {};
  let asked = 0;

  before(async () => {
    const market = await TestMarket.create();
    await writeDeployment(folder, NETWORK, market);
    deployment = readDeployment(NETWORK, folder);
    const { provider } = market.inProcess.connection;
    const besu = asBesu(provider.request.bind(provider) as unknown as EIP1193RequestFn);
    const request = (async (call: { method: string; params: unknown[] }) =>
      instead[call.method]?.(call.params) ?? besu(call as never)) as EIP1193RequestFn;
    node = await serveNode(request, () => {
      asked += 1;
      return fault;
    });
    process.env.DUJIANG_DEPLOYMENTS = folder;
  });
  beforeEach(() => {
    [fault, instead, asked] = [undefined, {}, 0];
  });
  after(async () => {
    process.env = environment;
    await node?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const over = (said: string[] = [], refused: string[] = []) =>
    createClient({
      transport: patientNode(deployment, node.url, {
        ...{ firstWaitMs: 1, longestWaitMs: 4 },
        say: (sentence) => said.push(sentence),
        refuse: (sentence) => refused.push(sentence),
      }),
    });

  it("waits for one that is away, with one word at its leaving and one at its return", async () => {
    const faults: Fault[] = [
      ...[401, 429, 502, 503].map((status) => ({ status })),
      { error: { code: -32603, message: "Internal error" } },
      { error: { code: -32000, message: "World state unavailable" } },
    ];
    for (const away of faults) {
      const said: string[] = [];
      const client = over(said);
      const before = await getBlockNumber(client, { cacheTime: 0 });
      [fault, asked] = [away, 0];
      const waiting = Promise.all([getBlockNumber(client, { cacheTime: 0 }), getBlockNumber(client, { cacheTime: 0 })]);
      while (asked < 20) await new Promise(setImmediate);
      expect(said).to.have.length(1);
      fault = undefined;
      expect(await waiting).to.deep.equal([before, before]);
      expect(said[0]).to.match(/^The index waits for its node, since .*\.$/);
      expect(said).to.have.length(2);
      expect(said[1]).to.match(/^The node answers again, after \d+ s\.$/);
    }
  });

  it("passes on what a node says of a question itself", async () => {
    const client = over();
    await getBlockNumber(client, { cacheTime: 0 });
    fault = { error: { code: -32005, message: "Requested range exceeds maximum RPC range limit" } };
    const error = await getBlockNumber(client, { cacheTime: 0 }).catch((reason: Error) => reason);
    expect((error as Error).message).to.include("Requested range exceeds");
  });

  it("takes nothing from another chain, at the start and after the node was away", async () => {
    const others: (typeof instead)[] = [
      { eth_chainId: () => "0x1" },
      { eth_getBlockByNumber: ([block]) => (block === "0x0" ? { hash: OTHER_GENESIS, number: "0x0" } : undefined) },
      { eth_getCode: () => "0x" },
    ];
    for (const other of others) {
      instead = other;
      const refused: string[] = [];
      const client = over([], refused);
      expect(await getBlockNumber(client, { cacheTime: 0 }).catch(() => "nothing")).to.equal("nothing");
      expect(refused).to.have.length(1);

      instead = {};
      const later: string[] = [];
      const running = over([], later);
      await getBlockNumber(running, { cacheTime: 0 });
      [fault, instead, asked] = [{ status: 502 }, other, 0];
      const waiting = getBlockNumber(running, { cacheTime: 0 }).catch(() => "nothing");
      while (asked < 3) await new Promise(setImmediate);
      fault = undefined;
      expect(await waiting).to.equal("nothing");
      expect(later).to.have.length(1);
    }
  });

  it("ends with a sentence on another chain, and is never ready", async () => {
    instead = {
      eth_getBlockByNumber: ([block]) => (block === "0x0" ? { hash: OTHER_GENESIS, number: "0x0" } : undefined),
    };
    const error = await LocalIndexer.start({ network: NETWORK, rpcUrl: node.url, port: "any", databaseUrl: "" }).catch(
      (reason: Error) => reason,
    );
    expect((error as Error).message)
      .to.include("ended with exit code 1")
      .and.include(
        `The node is on another chain (id 31337, genesis ${OTHER_GENESIS}) than the deployment to ${NETWORK}`,
      );
  });
});
